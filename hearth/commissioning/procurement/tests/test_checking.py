"""What was under a seal is checked for viruses once it is open; until then, and where it held one, nobody is given it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.commissioning.procurement import jobs
from hearth.commissioning.procurement.models import OpenedFile, SealedPart, Tender
from hearth.commissioning.procurement.tests.conftest import SECRET
from hearth.foundation.audit.models import AuditEvent
from hearth.records.documents.tests.clamd import Clamd


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job gives up connections that are old; the test's own is its transaction."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


@pytest.fixture
def files(worker: None, opened: Tender, panel: Any, two_bids: Any, as_: Any) -> Callable[[], OpenedFile]:
    """The file of the first bid as its scorers have it now."""

    def now() -> OpenedFile:
        with as_(panel[0]):
            return OpenedFile.objects.get(bid=two_bids[0])

    return now


def _page(client: Any, bid: Any) -> str:
    return str(client.get(reverse("opened_bid", args=[bid.reference])).content.decode())


def test_a_file_waits_for_its_check_and_is_given_when_it_is_clean(
    scanner: Clamd,
    files: Any,
    opened: Tender,
    panel: Any,
    two_bids: Any,
    as_client: Any,
) -> None:
    client, there = as_client(panel[0]), reverse("opened_bid_file", args=[two_bids[0].reference, 1])
    waits = client.get(there)
    assert waits.status_code == 403 and "being checked for viruses" in waits.content.decode()
    assert "Being checked for viruses" in _page(client, two_bids[0])
    jobs.check_files(tender=str(opened.pk))
    assert files().scan == "clean" and "Checked for viruses" in _page(client, two_bids[0])
    assert SECRET.encode() in client.get(there).content


def test_a_file_that_held_a_virus_is_kept_from_everybody_and_stays_under_its_seal(
    scanner: Clamd,
    files: Any,
    opened: Tender,
    panel: Any,
    two_bids: Any,
    keepers: Any,
    as_: Any,
    as_client: Any,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr("hearth.commissioning.procurement.bids.checking.virus_in", lambda content, _: "Eicar")
    jobs.check_rest(0)
    found = files()
    assert (found.scan, bytes(found.content)) == ("found", b"") and found.scanned_at is not None
    client = as_client(panel[0])
    held = client.get(reverse("opened_bid_file", args=[two_bids[0].reference, 1]))
    assert held.status_code == 403 and "It is kept from everybody" in held.content.decode()
    assert "Held a virus: kept from everybody" in _page(client, two_bids[0])
    with as_(keepers["one"]):
        assert SealedPart.objects.filter(bid=two_bids[0], number=1).exists(), "as it was sent"
    with as_(panel[0]):
        assert not OpenedFile.objects.exclude(content=b"").exists()


def test_where_the_scanner_is_away_nothing_is_given_and_it_is_asked_again(
    settings: Any, files: Any, panel: Any, two_bids: Any, as_client: Any, as_: Any
) -> None:
    settings.HEARTH_CLAMD = "127.0.0.1:1"
    jobs.check_rest(0)
    assert files().scan == "unchecked"
    client, there = as_client(panel[0]), reverse("opened_bid_file", args=[two_bids[0].reference, 1])
    assert client.get(there).status_code == 403
    settings.HEARTH_CLAMD = ""
    jobs.check_rest(0)
    assert "no scanner is set up here" in _page(client, two_bids[0]) and client.get(there).status_code == 200
    with as_(panel[0]):
        assert not AuditEvent.objects.filter(verb="procurement.file_checked").exists()


def test_no_reader_says_that_a_file_was_checked(files: Any, panel: Any, keepers: Any, runner: Any, as_: Any) -> None:
    for who in (panel[0], keepers["one"], runner):
        with as_(who), pytest.raises(ProgrammingError), transaction.atomic():
            OpenedFile.objects.update(scan="clean")
