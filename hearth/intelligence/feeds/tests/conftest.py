"""What tests of feeds ask for: the files beside them, an agreement, and a load sent and read as the worker would."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import actions, reading
from hearth.records.sharing.agreements.actions import write_agreement

HERE = Path(__file__).parent
AUTUMN = (dt.date(2024, 9, 1), dt.date(2024, 12, 20))
CENSUS = {"school_roll": "pupilonroll", "exclusions": "termlyexclusionsonroll", "free_school_meals": "fsmperiodsonroll"}


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
