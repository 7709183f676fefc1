"""The pages: a file is sent, looked at, decided and committed by hand, and taken back."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import jobs
from hearth.intelligence.feeds.models import FeedDecision, FeedLoad

FAULTY = b"personId,policeArea,contactName,contactPhone\np1,North,Ann <b>,1\n,South,Bob,2\n"


@pytest.fixture
def analyst(cast: Any, as_client: Callable[[Any], Client]) -> Client:
    """The analyst, signed in."""
    return as_client(cast.analyst)


def form(organisation: Any, content: bytes) -> dict[str, Any]:
    """What is typed to send a file of last autumn."""
    days = {"covers_from": (1, 9, 2024), "covers_until": (20, 12, 2024), "as_at": (20, 12, 2024)}
    typed = {
        f"{name}-{part}": str(value)
        for name, values in days.items()
        for part, value in zip(("day", "month", "year"), values, strict=True)
    }
    return typed | {
        "feed": "police", "organisation": str(organisation.id), "area": "all",
        "file": SimpleUploadedFile("police.csv", content),
    }  # fmt: skip


def test_a_file_is_sent_decided_committed_and_taken_back_by_hand(analyst: Client, cast: Any, council: Any) -> None:
    answer = analyst.post(reverse("send_file"), form(council, FAULTY))
    assert answer.status_code == 302, answer.content.decode()[:4000]
    with acting_as(cast.analyst):
        load = FeedLoad.objects.get()
    page = reverse("feed_load", args=[load.reference])
    assert answer.url == page
    assert "being read" in analyst.get(page).content.decode()
    jobs.read(load=str(load.pk), by=str(cast.analyst.id))
    shown = analyst.get(page).content.decode()
    assert "Ann &lt;b&gt;" in shown and "nobody can tell whose row it is" in shown
    assert "Commit this load" not in shown
    fixing = reverse("fix_row", args=[load.reference, 3])
    assert 'value="South"' in analyst.get(fixing).content.decode()
    assert analyst.post(fixing, {"person": "p2", "police_area": "South"}).status_code == 302
    jobs.read(load=str(load.pk), by=str(cast.analyst.id))
    assert "Commit this load" in analyst.get(page).content.decode()
    assert analyst.post(reverse("commit_load", args=[load.reference])).status_code == 302
    assert "20 Dec 2024" in analyst.get(reverse("feeds")).content.decode()
    assert analyst.post(reverse("reverse_load", args=[load.reference]), {"why": "The wrong month"}).status_code == 302
    shown = analyst.get(page).content.decode()
    assert "The wrong month" in shown and "Nothing of this load counts." in shown and "Taken back" in shown
    asked = analyst.get(reverse("send_file")).content.decode()
    assert "<strong>Police: known people</strong>: personId, policeArea, contactName, contactPhone" in asked


def test_what_was_permitted_and_denied_is_a_page(analyst: Client, cast: Any) -> None:
    FeedDecision(
        decision="REVIEW", what="show", feed="police", source="Northshire Police", reader_id=cast.analyst.id,
        reader_organisation="The council", reason="Agreement AG-1 ended on 3 May 2026.",
    ).save(force_insert=True)  # fmt: skip
    shown = analyst.get(reverse("feed_decisions")).content.decode()
    assert "To be decided by a person" in shown and "AG-1 ended" in shown and "Show it to The council" in shown


def test_a_row_is_left_out_and_a_load_cancelled_by_hand(analyst: Client, cast: Any, council: Any) -> None:
    analyst.post(reverse("send_file"), form(council, FAULTY))
    with acting_as(cast.analyst):
        load = FeedLoad.objects.get()
    jobs.read(load=str(load.pk), by=str(cast.analyst.id))
    leaving = reverse("waive_row", args=[load.reference, 3])
    assert analyst.post(leaving, {"why": ""}).status_code == 422
    assert analyst.post(leaving, {"why": "It is nobody"}).status_code == 302
    assert "It is nobody" in analyst.get(reverse("feed_load", args=[load.reference])).content.decode()
    assert analyst.post(reverse("cancel_load", args=[load.reference])).status_code == 302
    assert "Cancelled" in analyst.get(reverse("feed_loads")).content.decode()


def test_what_a_partner_sent_is_not_shown_once_its_agreement_has_ended(
    analyst: Client, cast: Any, police: Any, agreed: Callable[..., Any], send: Callable[..., Any]
) -> None:
    from hearth.records.sharing.agreements.actions import end_agreement

    agreement = agreed(police, "police_and_justice")
    load = send("police", FAULTY, organisation=police)
    page = reverse("feed_load", args=[load.reference])
    assert "Ann &lt;b" in analyst.get(page).content.decode()
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    shown = analyst.get(page).content.decode()
    assert "signed again" in shown
    assert "Ann &lt;b" not in shown


def test_whoever_may_not_load_feeds_is_turned_away(
    cast: Any, as_client: Callable[[Any], Client], send: Callable[..., Any]
) -> None:
    load = send("police", FAULTY)
    client = as_client(cast.manager)
    for name, args in (("feeds", []), ("feed_loads", []), ("send_file", []), ("feed_load", [load.reference])):
        assert client.get(reverse(name, args=args)).status_code in (403, 404), name
    assert io.BytesIO(client.post(reverse("commit_load", args=[load.reference])).content).read()
    with acting_as(cast.analyst):
        load.refresh_from_db()
    assert load.state == "ready"
