"""The pages of a plan over the web: whoever may sees them, strangers see nothing, and nothing typed is lost."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from hearth.casework.plans.models import Attendance, Meeting, Outcome, Plan, PlanAction, Review
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

PLAN_PAGES = (
    "plan_by_reference",
    "describe_plan",
    "change_plan_type",
    "agree_plan",
    "end_plan",
    "print_plan",
    "distance_travelled",
    "reviews",
    "record_review",
    "add_outcome",
    "add_action",
)
NUMBERED = ("change_outcome", "end_outcome", "change_action", "review")
LATEST = ("review", "correct_review")
CASE_PAGES = ("plan", "start_plan", "close_case", "meetings", "plan_meeting")
MEETING_PAGES = ("meeting", "change_meeting", "record_meeting", "cancel_meeting")


def addresses(plan):
    for name in PLAN_PAGES:
        yield reverse(name, args=[plan.reference])
    for name in NUMBERED:
        yield reverse(name, args=[plan.reference, 1])
    for name in LATEST:
        yield reverse(name, args=[plan.reference, 2])
    for name in CASE_PAGES:
        yield reverse(name, args=[plan.case.reference])
    for name in MEETING_PAGES:
        yield reverse(name, args=[plan.case.reference, 1])


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_page_opens_for_the_lead_practitioner(cast, full, as_client):
    client = as_client(cast.family_worker)
    for address in addresses(full):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["other_manager", "practitioner", "administrator", "analyst"])
def test_no_page_opens_for_a_stranger_or_says_that_it_exists(cast, full, as_client, who):
    client = as_client(getattr(cast, who))
    for address in addresses(full):
        response = client.get(address)
        assert response.status_code == 404, address
        assert "Ashworth" not in response.content.decode()
        assert client.post(address, {}).status_code == 404, address


def test_a_stranger_ticks_nothing(cast, full, as_, as_client):
    for name in ("finish_action", "undo_action"):
        assert as_client(cast.other_manager).post(reverse(name, args=[full.reference, 1])).status_code == 404
    with as_(cast.family_worker):
        assert PlanAction.objects.get(plan=full).done_on is None


def test_opening_a_plan_is_on_record(cast, full, as_client):
    as_client(cast.development_officer).get(reverse("plan", args=[full.case.reference]))
    as_client(cast.development_officer).get(reverse("print_plan", args=[full.reference]))
    with acting_as(cast.development_officer, using="audit"):
        rows = AuditEvent.objects.using("audit").filter(actor_id=cast.development_officer.id, subject=full.reference)
        assert {(row.kind, row.verb) for row in rows} == {
            ("looked", "plans.plan_opened"),
            ("exported", "plans.plan_printed"),
        }


def test_an_action_is_ticked_in_two_taps_and_the_tick_is_taken_away_again(cast, full, as_client):
    client = as_client(cast.family_worker)
    page = client.get(reverse("plan", args=[full.case.reference])).content.decode()  # one
    done = reverse("finish_action", args=[full.reference, 1])
    assert f'action="{done}"' in page
    response = client.post(done)  # two
    assert response.url == reverse("plan", args=[full.case.reference]) + "#action-1"
    page = client.get(response.url).content.decode()
    undo = reverse("undo_action", args=[full.reference, 1])
    assert f'action="{undo}"' in page
    client.post(undo)
    assert f'action="{done}"' in client.get(response.url).content.decode()
    assert client.get(done).status_code == 405


def test_an_outcome_is_written_on_the_page(cast, draft, as_, as_client):
    typed = {
        "want": WHOLE["want"],
        "person": "family",
        "area": "be_healthy",
        "measure": "Four days.",
        "starting_score": "3",
        "target_score": "8",
    }
    response = as_client(cast.family_worker).post(reverse("add_outcome", args=[draft.reference]), typed)
    assert (response.status_code, response.url) == (302, reverse("plan", args=[draft.case.reference]) + "#outcome-1")
    with as_(cast.family_worker):
        assert Outcome.objects.get(plan=draft).starting_score == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"want": ""}, "Write what they want to be different"),
        ({"want": "x" * 2001}, "2,000 characters or fewer"),
        ({"area": "nonsense"}, "Choose what the outcome is about"),
        ({"starting_score": "11"}, "Choose a number from 0 to 10"),
        ({"starting_score": "-1"}, "Choose a number from 0 to 10"),
        ({"person": "person-00000000-0000-0000-0000-000000000000"}, "Choose whose outcome it is"),
    ],
)
def test_what_is_wrong_with_an_outcome_is_said_and_nothing_typed_is_lost(cast, draft, as_client, typed, sentence):
    good = {"want": "Calm mornings.", "person": "family", "measure": "Keep these words."}
    response = as_client(cast.family_worker).post(reverse("add_outcome", args=[draft.reference]), {**good, **typed})
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert "Keep these words." in response.content.decode()
    assert "How will we know? (needed before the plan is agreed)" in words_of(response)


def test_html_and_direction_overrides_are_shown_as_text(cast, draft, as_client):
    client = as_client(cast.family_worker)
    client.post(
        reverse("add_outcome", args=[draft.reference]),
        {"want": "<script>alert(1)</script>\u202egnimoc", "person": "family"},
    )
    page = client.get(reverse("plan", args=[draft.case.reference])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page


def test_two_people_who_save_the_plan_see_both_texts(cast, draft, as_, as_client):
    lead, manager = as_client(cast.family_worker), as_client(cast.manager)
    address = reverse("describe_plan", args=[draft.reference])
    lead.post(address, {"aim": "Calm mornings.", "strengths": "", "if_harder": "", "seen_version": 1})
    response = manager.post(
        address, {"aim": "Everybody at school.", "strengths": "", "if_harder": "", "seen_version": 1}
    )
    assert response.status_code == 409
    assert "Calm mornings." in words_of(response)
    assert "Everybody at school." in words_of(response)
    with as_(cast.manager):
        assert Plan.objects.get(pk=draft.pk).aim == "Calm mornings."


def test_a_plan_that_is_not_ready_says_what_it_lacks_when_it_is_to_be_agreed(cast, draft, kelly, as_client):
    client, address = as_client(cast.family_worker), reverse("agree_plan", args=[draft.reference])
    assert "Add at least one outcome" in words_of(client.get(address))
    today = clock.today()
    typed = {
        "agreed_on-day": today.day,
        "agreed_on-month": today.month,
        "agreed_on-year": today.year,
        "agreed_by": f"person-{kelly.pk}",
        "how": "signed",
    }
    response = client.post(address, typed)
    assert response.status_code == 403
    assert "Add at least one outcome" in words_of(response)


def test_the_plan_and_its_paper_say_who_agreed_how_and_who_sees_it_differently(cast, draft, outcome, kelly, as_client):
    client, today = as_client(cast.family_worker), clock.today()
    typed = {
        "agreed_on": today.isoformat(),
        "agreed_by": f"person-{kelly.pk}",
        "how": "signed",
        "disagreement": "Jake: football matters more.",
    }
    page = words_of(client.post(reverse("agree_plan", args=[draft.reference]), typed, follow=True))
    assert "Kelly Ashworth" in page and "by signing a copy" in page and "Jake: football matters more." in page
    paper = words_of(client.get(reverse("print_plan", args=[draft.reference])))
    assert "One of us sees it differently" in paper and "Jake: football matters more." in paper


def test_somebody_else_who_agrees_later_is_added_and_the_first_stays(cast, draft, outcome, agree, as_, as_client):
    with as_(cast.family_worker):
        agree(draft)
    client = as_client(cast.family_worker)
    assert "Record that somebody else agrees" in words_of(
        client.get(reverse("plan_by_reference", args=[draft.reference]))
    )
    typed = {"agreed_on": clock.today().isoformat(), "others": "His grandmother", "how": "by_phone"}
    page = words_of(client.post(reverse("agree_plan", args=[draft.reference]), typed, follow=True))
    assert "His grandmother" in page and "by telephone or video" in page and "Kelly Ashworth" in page


def test_a_review_that_is_overdue_is_marked_on_the_plan(cast, agreed, as_client, as_):
    with as_(cast.family_worker):
        Plan.objects.filter(pk=agreed.pk).update(next_review_on=clock.today() - dt.timedelta(days=1))
    page = words_of(as_client(cast.manager).get(reverse("plan_by_reference", args=[agreed.reference])))
    assert "Late" in page[page.index("Next review") : page.index("Next meeting")]


def test_nobody_from_the_family_no_agreement(cast, draft, outcome, as_client):
    today = clock.today()
    typed = {"agreed_on-day": today.day, "agreed_on-month": today.month, "agreed_on-year": today.year}
    response = as_client(cast.family_worker).post(reverse("agree_plan", args=[draft.reference]), typed)
    assert response.status_code == 422
    assert "Choose who agreed" in words_of(response)


def test_a_review_is_recorded_beside_the_last_one(cast, full, kelly, as_, as_client):
    client, address = as_client(cast.family_worker), reverse("record_review", args=[full.reference])
    page = words_of(client.get(address))
    assert "Last time: 6 out of 10: Why." in page
    today, later = clock.today(), clock.today() + dt.timedelta(days=20)
    typed = {
        "reviewed_on-day": today.day,
        "reviewed_on-month": today.month,
        "reviewed_on-year": today.year,
        "next_review_on-day": later.day,
        "next_review_on-month": later.month,
        "next_review_on-year": later.year,
        "took_part": f"person-{kelly.pk}",
        "changed": "Good.",
        "decision": "carry_on",
        "score_1": "8",
        "seen_version": "2",
    }
    missing = client.post(address, {**typed, "score_1": ""})
    assert missing.status_code == 422
    assert "Score outcome 1, or say why" in words_of(missing)
    response = client.post(address, typed)
    assert response.url == reverse("review", args=[full.reference, 3])
    assert "2 better" in words_of(client.get(response.url))
    with as_(cast.family_worker):
        assert Review.objects.filter(plan=full).count() == 3


def test_a_review_that_decides_to_close_goes_on_to_closing(cast, full, kelly, as_client):
    today = clock.today()
    typed = {
        "reviewed_on-day": today.day,
        "reviewed_on-month": today.month,
        "reviewed_on-year": today.year,
        "took_part": f"person-{kelly.pk}",
        "changed": "Good.",
        "decision": "close",
        "score_1": "8",
        "seen_version": "2",
    }
    response = as_client(cast.family_worker).post(reverse("record_review", args=[full.reference]), typed)
    assert response.url == reverse("close_case", args=[full.case.reference])


def test_the_distance_travelled_is_drawn_and_in_a_table(cast, full, as_client):
    response = as_client(cast.family_worker).get(reverse("distance_travelled", args=[full.reference]))
    page = response.content.decode()
    assert "<polyline" in page
    assert "Start: 3, Review 1: 4, Review 2: 6" in words_of(response)
    assert 'role="img" aria-label="Outcome 1. Score out of 10: 3 on' in page
    assert "style=" not in page.split("<main")[1].split("</main>")[0]


def test_closing_asks_for_the_familys_view_at_its_field_and_keeps_what_was_typed(cast, full, as_client):
    client, address = as_client(cast.family_worker), reverse("close_case", args=[full.case.reference])
    typed = {"reason": "outcomes_met", "outcome": "most_met", "closing_words": "Six visits."}
    response = client.post(address, typed)
    assert response.status_code == 422
    assert "Write what the family says of the help" in words_of(response)
    assert "Six visits." in response.content.decode()
    response = client.post(address, {**typed, "family_view": "It helped."})
    assert response.url == reverse("case", args=[full.case.reference])
    page = words_of(client.get(response.url))
    assert "It helped." in page
    assert "Most of it has changed" in page


def test_pages_of_a_closed_case_can_be_read_and_offer_nothing_to_write(cast, full, as_client):
    client = as_client(cast.family_worker)
    client.post(
        reverse("close_case", args=[full.case.reference]),
        {"reason": "outcomes_met", "outcome": "most_met", "closing_words": "x", "family_view": "y"},
    )
    page = client.get(reverse("plan", args=[full.case.reference])).content.decode()
    assert "This plan has ended" in page
    for name in ("finish_action", "add_outcome", "record_review"):
        assert reverse(name, args=[full.reference, *([1] if name == "finish_action" else [])]) not in page
    response = client.post(reverse("finish_action", args=[full.reference, 1]))
    assert response.status_code == 403
    assert "This case is closed" in words_of(response)


def test_minutes_are_written_with_who_came(cast, full, as_, as_client):
    client, today = as_client(cast.family_worker), clock.today()
    with as_(cast.family_worker):
        rows = list(Attendance.objects.filter(meeting__case=full.case))
    typed = {f"came_{row.id.hex}": "came" for row in rows} | {
        "held_on-day": today.day,
        "held_on-month": today.month,
        "held_on-year": today.year,
        "minutes": "We met.",
        "also_came": "Gran\nUncle Jo",
        "seen_version": "1",
    }
    response = client.post(reverse("record_meeting", args=[full.case.reference, 1]), typed)
    assert response.status_code == 302
    page = words_of(client.get(response.url))
    assert "We met." in page
    assert "Uncle Jo" in page


def test_a_meeting_is_planned_at_a_moment(cast, case, kelly, as_, as_client):
    typed = {
        "kind": "first",
        "family_led": "yes",
        "day-day": "3",
        "day-month": "12",
        "day-year": "2030",
        "time": "2:30pm",
        "invited": [f"user-{cast.family_worker.pk}", f"person-{kelly.pk}"],
        "others": "Gran",
    }
    response = as_client(cast.family_worker).post(reverse("plan_meeting", args=[case.reference]), typed)
    assert response.url == reverse("meeting", args=[case.reference, 1])
    with as_(cast.family_worker):
        found = Meeting.objects.get(case=case)
        assert str(clock.in_london(found.planned_for)) == "2030-12-03 14:30:00+00:00"
        assert found.attendances.count() == 3
        assert found.family_led


def test_access_that_leaves_the_plan_out_is_told_so_and_not_that_there_is_none(cast, full, as_, as_client):
    from hearth.records.people.access.actions import give_access

    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker,
            family=full.family,
            user=cast.health_visitor,
            why="team_around_family",
            categories=["basic"],
        )
    response = as_client(cast.health_visitor).get(reverse("plan", args=[full.case.reference]))
    assert response.status_code == 403
    assert "leaves out the plan" in words_of(response)


def test_a_number_that_is_none_is_not_found(cast, full, as_client):
    client = as_client(cast.family_worker)
    for name in ("change_outcome", "change_action", "review"):
        for number in (0, 99, 99999999999999999999):
            assert client.get(reverse(name, args=[full.reference, number])).status_code == 404, (name, number)
    assert client.get(reverse("meeting", args=[full.case.reference, 99999999999])).status_code == 404


def test_a_review_is_put_right_on_its_page(cast, full, as_client):
    client, address = as_client(cast.family_worker), reverse("correct_review", args=[full.reference, 2])
    later = clock.today() + dt.timedelta(days=20)
    today = clock.today()
    typed = {
        "reviewed_on-day": today.day,
        "reviewed_on-month": today.month,
        "reviewed_on-year": today.year,
        "next_review_on-day": later.day,
        "next_review_on-month": later.month,
        "next_review_on-year": later.year,
        "changed": "Calmer.",
        "decision": "carry_on",
        "score_1": "2",
        "seen_version": "1",
    }
    assert "Calmer." in client.get(address).content.decode()
    response = client.post(address, typed)
    assert response.url == reverse("review", args=[full.reference, 2])
    assert "2 worse" in words_of(client.get(response.url))
