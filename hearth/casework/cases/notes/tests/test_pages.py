"""The pages of notes: for whom they open, what a hostile or hurried person may send, and what they cost."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import close_case
from hearth.casework.cases.notes.models import Note, NoteVersion
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.ui.kept import save_draft


def _typed(**told: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "happened_on-day": today.day,
        "happened_on-month": today.month,
        "happened_on-year": today.year,
        "place": "home",
        "words": "All well.",
        "key": str(uuid.uuid4()),
    } | told


@pytest.fixture
def client(as_client: Any, cast: Any) -> Any:
    """The lead practitioner at their browser."""
    return as_client(cast.family_worker)


def test_every_page_opens_for_the_lead_and_looks_are_on_record(
    visit: Note, case: Any, client: Any, cast: Any, as_: Any
) -> None:
    for name, key in (
        ("notes", case.reference),
        ("print_notes", case.reference),
        ("add_note", case.reference),
        ("note", visit.reference),
        ("correct_note", visit.reference),
    ):
        page = client.get(reverse(name, args=[key]))
        assert page.status_code == 200, name
    with as_(cast.family_worker, using="audit"):
        verbs = set(AuditEvent.objects.using("audit").filter(family_id=case.family_id).values_list("verb", flat=True))
    assert {"notes.notes_opened", "notes.note_opened", "notes.notes_printed"} <= verbs


@pytest.mark.parametrize(
    "who",
    [
        "practitioner",
        "other_manager",
        "other_front_door_officer",
        "charity_manager",
        "analyst",
        "elected_member",
        "administrator",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_learns_nothing_whatever_they_send(
    who: str, method: str, visit: Note, case: Any, as_client: Any, cast: Any
) -> None:
    stranger = as_client(getattr(cast, who))
    for address in (
        reverse("notes", args=[case.reference]),
        reverse("print_notes", args=[case.reference]),
        reverse("add_note", args=[case.reference]),
        reverse("add_note", args=[case.reference, "visit"]),
        reverse("note", args=[visit.reference]),
        reverse("correct_note", args=[visit.reference]),
    ):
        page = getattr(stranger, method)(address, _typed())
        assert page.status_code == 404, address
        assert "Ashworth" not in page.content.decode() and "kitchen" not in page.content.decode()


@pytest.mark.parametrize(
    "kind",
    [
        "visit",
        "seen_elsewhere",
        "call",
        "message",
        "meeting",
        "conversation",
        "direct_work",
        "supervision",
        "contact_failed",
        "other",
    ],
)
def test_each_kind_of_note_has_its_page(kind: str, case: Any, client: Any) -> None:
    assert client.get(reverse("add_note", args=[case.reference, kind])).status_code == 200


def test_an_unknown_kind_has_none(case: Any, client: Any) -> None:
    assert client.get(reverse("add_note", args=[case.reference, "gossip"])).status_code == 404


def test_a_visit_is_written_in_one_screen(case: Any, people: Any, client: Any, cast: Any, as_: Any) -> None:
    jake = people["Jake"].reference
    address = reverse("add_note", args=[case.reference, "visit"])
    sent = client.post(
        address,
        _typed(
            seen=[jake], **{f"alone_{jake}": "yes", f"words_{jake}": "He showed me his room."}, time_of_day="midnight"
        ),
    )
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "He showed me his room." in page and "(alone)" in page and "The note is saved" in page
    with as_(cast.family_worker):
        case.refresh_from_db()
    assert case.last_contact_on == clock.today()
    assert '<option value="home" selected' in client.get(address).content.decode()  # where it was last time


def test_a_contact_that_failed_needs_only_the_reason(case: Any, client: Any) -> None:
    address = reverse("add_note", args=[case.reference, "contact_failed"])
    assert client.post(address, _typed(words="")).status_code == 422
    sent = client.post(address, _typed(words="", failed_reason="nobody_in"))
    assert sent.status_code == 302
    assert "Nobody was in" in client.get(sent["Location"]).content.decode()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"words": ""}, "Write what happened"),
        ({"words": "x" * 20_001}, "must be 20,000 characters or fewer"),
        ({"happened_on-year": "2199"}, "must be today or in the past"),
        ({"happened_on-day": "31", "happened_on-month": "2"}, "must be a real date"),
        ({"time_of_day": "tea time"}, "Enter a time, such as 2:30pm"),
        ({"place": "moon"}, "Choose"),
        ({"key": "not a key"}, "out of date"),
        ({"made_by": str(uuid.uuid4())}, "Choose who made the contact"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, str], sentence: str, case: Any, client: Any, cast: Any, as_: Any
) -> None:
    from hearth.casework.cases.actions import join_team

    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="support")
    page = client.post(
        reverse("add_note", args=[case.reference, "other"]),
        _typed(made_by=str(cast.family_worker.pk)) | {"words": "Typed with care."} | told,
    )
    body = page.content.decode()
    assert page.status_code == 422 and sentence in body
    assert "words" in told or "Typed with care." in body
    with as_(cast.family_worker):
        assert not Note.objects.exists()


def test_html_is_shown_as_typed_and_direction_overrides_are_taken_out(
    case: Any, client: Any, cast: Any, as_: Any
) -> None:
    sent = client.post(
        reverse("add_note", args=[case.reference, "other"]), _typed(words="<script>alert(1)</script> \u202eevil")
    )
    body = client.get(sent["Location"]).content.decode()
    assert "<script>alert(1)" not in body and "&lt;script&gt;alert(1)" in body
    with as_(cast.family_worker):
        assert NoteVersion.objects.get().words == "<script>alert(1)</script> evil"


def test_a_person_of_another_family_cannot_be_slipped_into_the_form(case: Any, client: Any) -> None:
    page = client.post(reverse("add_note", args=[case.reference, "visit"]), _typed(seen=["PE-4F7K3QX"]))
    assert page.status_code == 422


def test_a_correction_over_the_web_keeps_who_was_seen(
    visit: Note, people: Any, client: Any, cast: Any, as_: Any
) -> None:
    address = reverse("correct_note", args=[visit.reference])
    body = client.get(address).content.decode()
    assert "Kelly showed me the kitchen." in body and "He likes football." in body
    jake, kelly, then = people["Jake"].reference, people["Kelly"].reference, visit.happened_on
    told = _typed(
        kind="visit",
        seen=[kelly, jake],
        words="Kelly showed me the bathroom.",
        why="I wrote kitchen.",
        seen_version="1",
        **{
            f"alone_{jake}": "yes",
            f"words_{jake}": "He likes football.",
            "happened_on-day": then.day,
            "happened_on-month": then.month,
            "happened_on-year": then.year,
        },
    )
    assert client.post(address, told).status_code == 302
    page = client.get(reverse("note", args=[visit.reference])).content.decode()
    assert all(words in page for words in ("kitchen", "bathroom", "I wrote kitchen."))
    stale = client.post(address, told | {"words": "Kelly showed me the garden."})
    assert stale.status_code == 409 and "bathroom" in stale.content.decode() and "garden" in stale.content.decode()


def test_a_closed_case_shows_its_notes_and_takes_no_more(
    visit: Note, case: Any, client: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
    page = client.get(reverse("notes", args=[case.reference]))
    assert page.status_code == 200 and "Add a note" not in page.content.decode()
    refused = client.post(reverse("add_note", args=[case.reference, "other"]), _typed(words="Too late."))
    assert (
        refused.status_code == 403 and "Too late." in refused.content.decode() and "closed" in refused.content.decode()
    )


def test_the_list_is_narrowed_by_kind_and_by_who_was_seen(
    visit: Note, write: Any, people: Any, case: Any, client: Any
) -> None:
    write(words="Something else.")
    address = reverse("notes", args=[case.reference])

    def found(**asked: str) -> tuple[bool, bool]:
        body = client.get(address, asked).content.decode()
        return "kitchen" in body, "Something else." in body

    assert found() == (True, True)
    assert found(kind="visit") == (True, False)
    assert found(kind="other") == (False, True)
    assert found(child=people["Jake"].reference) == (True, False)
    assert found(child=people["Mia"].reference) == (False, False)
    assert found(kind="nonsense", page="999999999999") == (False, False)
    assert found(kind="' or 1=1 --") == (True, True)


@pytest.mark.parametrize("name", ["notes", "print_notes"])
def test_the_list_costs_the_same_for_one_note_and_for_twenty(
    name: str, visit: Note, write: Any, people: Any, case: Any, client: Any
) -> None:
    from hearth.casework.cases.notes.rules import Seen

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[case.reference])).status_code == 200
        return len(queries)

    cost()
    one = cost()
    for number in range(20):
        write(kind="visit", happened_on=clock.today() - dt.timedelta(days=number), seen=[Seen(people["Mia"], False)])
    assert cost() == one


def test_the_list_says_where_a_note_was_made_and_leads_back_to_one_that_is_not_saved(
    case: Any, visit: Note, client: Any, cast: Any, as_: Any
) -> None:
    where = reverse("add_note", args=[case.reference, "visit"])
    assert client.post(reverse("add_note", args=[case.reference, "other"]), _typed()).status_code == 302
    listed = client.get(reverse("notes", args=[case.reference])).content.decode()
    assert "At home" in listed and "not saved" not in listed
    with as_(cast.family_worker):
        save_draft(cast.family_worker, where, "", "s", {"words": ["Half a note."]})
    listed = client.get(reverse("notes", args=[case.reference])).content.decode()
    assert "You have a note that is not saved" in listed and f'href="{where}"' in listed


def test_nobody_visits_a_home_by_telephone_and_a_time_that_is_not_clear_is_asked_for_kindly(
    case: Any, client: Any
) -> None:
    visit = reverse("add_note", args=[case.reference, "visit"])
    assert "By telephone" not in client.get(visit).content.decode()
    call = client.get(reverse("add_note", args=[case.reference, "call"])).content.decode()
    assert "By telephone" in call
    answer = client.post(visit, _typed(time_of_day="3.30"))
    assert answer.status_code == 422 and "write 15:30 or 3.30pm, or 3.30am" in answer.content.decode()
