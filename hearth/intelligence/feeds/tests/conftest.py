"""What tests of feeds ask for: the files beside them, an agreement, and a load sent and read as the worker would."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as
from hearth.intelligence.feeds import actions, reading
from hearth.intelligence.feeds.api import asking
from hearth.intelligence.feeds.tokens.actions import make_feed_token
from hearth.records.sharing.agreements.actions import write_agreement

HERE = Path(__file__).parent
AUTUMN = (dt.date(2024, 9, 1), dt.date(2024, 12, 20))
CENSUS = {"school_roll": "pupilonroll", "exclusions": "termlyexclusionsonroll", "free_school_meals": "fsmperiodsonroll"}
KNOWN = "personId,policeArea,contactName,contactPhone\np1,North,Ann Planted,1\np2,South,Bob,2\n"
BY_API = "/api/feeds/police/files/"
DAYS = "covers_from=2024-09-01&covers_until=2024-12-20"


def census(feed: str) -> bytes:
    """The Autumn 2024 census file of a feed, exactly as it is."""
    return gzip.decompress((HERE / "census" / f"2024_autumn_{CENSUS[feed]}.csv.gz").read_bytes())


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Columnar files of a test go where the test ends."""
    settings.FEEDS_FOLDER = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def analyst_reads(cast: Any) -> Iterator[None]:
    """What a test looks at it looks at as the analyst."""
    with acting_as(cast.analyst):
        yield


@pytest.fixture
def council(cast: Any) -> Organisation:
    """The authority itself."""
    return cast.analyst.organisation


@pytest.fixture
def police(cast: Any) -> Organisation:
    """A partner that sends files."""
    return cast.police_officer.organisation


@pytest.fixture
def agreed(cast: Any) -> Callable[..., Any]:
    """An agreement with an organisation over some kinds of information, from a month ago for half a year."""

    def make(organisation: Any, *categories: str, purposes: tuple[str, ...] = ("early_help",), days: int = 180) -> Any:
        by, today = cast.information_governance, dt.date.today()  # noqa: DTZ011
        with acting_as(by):
            return write_agreement(
                by=by, organisation=organisation, purposes=purposes, categories=categories,
                from_on=today - dt.timedelta(days=30), until_on=today + dt.timedelta(days=days), document="ISA 1",
            )  # fmt: skip

    return make


@pytest.fixture
def send(cast: Any, council: Organisation) -> Callable[..., Any]:
    """Send a file as the analyst and read it to its end."""

    def do(feed: str, content: bytes | str, *, read: bool = True, **more: Any) -> Any:
        data = content.encode() if isinstance(content, str) else content
        by = more.pop("by", cast.analyst)
        given = {"organisation": council, "covers_from": AUTUMN[0], "covers_until": AUTUMN[1], "file_name": "a.csv"}
        with acting_as(by):
            load = actions.send_file(by=by, feed=feed, file=io.BytesIO(data), **(given | more))
            return reading.read_load(by=by, load=load) if read else load

    return do


@pytest.fixture
def commit(cast: Any) -> Callable[[Any], Any]:
    """Commit a load as the analyst."""

    def do(load: Any) -> Any:
        with acting_as(cast.analyst):
            return actions.commit_load(by=cast.analyst, load=load)

    return do


@pytest.fixture
def make(cast: Any, council: Any) -> Callable[..., Any]:
    """A token, with its secret."""

    def do(**more: Any) -> Any:
        by = more.pop("by", cast.analyst)
        given = {
            "feed": "police",
            "organisation": council,
            "machine": "Niche",
            "until_on": clock.today() + dt.timedelta(days=30),
        }
        with acting_as(by):
            token, secret = make_feed_token(by=by, **(given | more))
        return SimpleNamespace(row=token, secret=secret)

    return do


@pytest.fixture
def machine(cast: Any) -> Callable[..., Any]:
    """Asks as a machine does: nobody is signed in, and afterwards the test reads on as the analyst."""

    def ask(
        method: str, address: str, secret: str | None, body: Any = b"", client: Client | None = None, **more: Any
    ) -> Any:
        read_as(None)
        headers = more.pop("headers", {}) | ({"Authorization": f"Bearer {secret}"} if secret is not None else {})
        content_type = more.pop("content_type", "text/csv")
        try:
            return (client or Client()).generic(
                method, address, body, content_type=content_type, headers=headers, **more
            )
        finally:
            read_as(cast.analyst)

    return ask


@pytest.fixture
def put(machine: Callable[..., Any]) -> Callable[..., Any]:
    """Sends a file of police, of last autumn."""

    def do(
        secret: str | None,
        body: bytes | str = KNOWN,
        address: str = f"{BY_API}?{DAYS}",
        method: str = "PUT",
        **more: Any,
    ) -> Any:
        return machine(method, address, secret, body.encode() if isinstance(body, str) else body, **more)

    return do


@pytest.fixture
def refusals(monkeypatch: Any) -> list[tuple[Any, str, dict[str, Any]]]:
    """Who was refused, by which rule, and what else was put on record of it: also where it is nobody whom one could ask."""
    found: list[tuple[Any, str, dict[str, Any]]] = []
    keep = asking.put_refusal_on_record

    def note(by: Any, code: str, **detail: Any) -> None:
        found.append((by, code, detail))
        keep(by, code, **detail)

    monkeypatch.setattr(asking, "put_refusal_on_record", note)
    return found
