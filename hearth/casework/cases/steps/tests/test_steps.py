"""Stepping up and down: each move, each refusal, and what becomes of the case."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.actions import close_case
from hearth.casework.cases.models import Case, DueItem, Stage
from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.actions import (
    accept_step_down,
    accept_step_up,
    acknowledge_pack,
    decline_step_down,
    decline_step_up,
    read_step_answer,
    request_step_down,
    withdraw_step,
)
from hearth.casework.cases.steps.models import BasisCheck, CareStep, FrozenItem, Receipt, Status
from hearth.casework.cases.steps.rules import PackItem, StepBasis
from hearth.casework.cases.steps.tests.conftest import AGREED, IN_DANGER, NOTE, PEOPLE
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access, Family
from hearth.records.people.restrictions.actions import place_restriction

ADVICE = {"decline_reason": "threshold_not_met", "answer": "Try the parenting course. If he comes back, ring us."}


def test_asking_leaves_the_case_with_early_help_and_says_that_it_waits_for_an_answer(
    up: CareStep, case: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        case.refresh_from_db()
        due = DueItem.objects.get(case=case, kind="step_up_waits", done_at=None)
    assert up.reference.startswith("SU-") and up.status == Status.REQUESTED
    assert case.stage == Stage.ASSESSING
    assert (due.owner, due.due_on) == (None, up.answer_by_on)
    assert due.what == case.next_due_what == "Waiting for children's social care to answer a step up"


def test_the_answer_is_due_by_the_packs_limit_counted_from_the_next_working_day(asked: Any, case: Any) -> None:
    friday_night = dt.datetime.combine(
        clock.today() + dt.timedelta(days=(4 - clock.today().weekday()) % 7 + 7), dt.time(22), clock.LONDON
    )
    with clock.frozen(friday_night):
        step = asked()
    expected = clock.add_working_days(clock.counts_from(friday_night), pack().limits.step_up_answer)
    assert step.answer_by_on == expected and expected.weekday() < 5


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": "because"}, "steps.reason"),
        ({"words": "  \u200b "}, "steps.words"),
        ({"basis": StepBasis("hunch", "I think so.")}, "steps.basis"),
        ({"basis": StepBasis("consent", " ")}, "steps.basis_words"),
        ({"basis": StepBasis("told", "She knows.", "")}, "steps.ground"),
        ({"basis": StepBasis("danger", "He would hurt her.", "no_such_law")}, "steps.ground"),
        ({"items": []}, "steps.empty_pack"),
        ({"items": [PEOPLE, PEOPLE]}, "steps.items"),
        ({"items": [PackItem("gossip", "What I heard", "", {})]}, "steps.items"),
        ({"items": [PackItem("note", "A note", "", {}, StepBasis("told", "x", ""))]}, "steps.ground"),
    ],
)
def test_a_step_up_without_reason_words_basis_or_pack_is_refused(
    told: dict[str, Any], code: str, asked: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused) as refused:
        asked(**told)
    assert refused.value.refusal.code == code
    with as_(cast.family_worker):
        assert not CareStep.objects.exists()


def test_only_one_step_waits_at_a_time(up: CareStep, asked: Any) -> None:
    with pytest.raises(Refused) as refused:
        asked()
    assert refused.value.refusal.code == "steps.waiting" and up.reference in str(refused.value)


def test_a_restricted_record_does_not_travel_in_a_pack(asked: Any, family: Any, cast: Any, as_: Any) -> None:
    from hearth.records.people.restrictions.actions import grant_restricted_access

    officer = cast.information_governance
    with as_(officer):
        row = place_restriction(by=officer, reference=family.reference, reason="Threats were made.")
        grant_restricted_access(
            by=officer,
            restriction=row,
            reference=family.reference,
            user=cast.family_worker,
            reason="Works with them.",
            until_on=clock.today() + dt.timedelta(days=30),
        )
    with as_(cast.family_worker):
        current = Case.objects.select_related("family", "area").get(family=family)
    assert current.family.restricted
    with pytest.raises(Refused) as refused:
        asked()
    assert refused.value.refusal.code == "steps.restricted"


def test_accepting_gives_the_social_worker_access_and_keeps_the_lead_practitioner(
    accepted: CareStep, case: Any, cast: Any, as_: Any
) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        assert Family.objects.visible_to(hub).filter(pk=case.family_id).exists()
        row = Access.objects.get(family_id=case.family_id, user=hub, ended_at=None)
        case.refresh_from_db()
    assert (row.why, row.basis, row.categories) == ("step_up", accepted.id, None)
    assert (case.stage, case.lead) == (Stage.STEPPED_UP, cast.family_worker)


def test_the_basis_is_checked_again_at_acceptance(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub), pytest.raises(Refused) as refused:
        accept_step_up(by=hub, step=up, basis=StepBasis("danger", "", "significant_harm"))
    assert refused.value.refusal.code == "steps.basis_words"
    with as_(hub):
        accept_step_up(by=hub, step=up, basis=IN_DANGER)
        checks = list(
            BasisCheck.objects.filter(step=up).order_by("checked_at").values_list("moment", "basis", "ground")
        )
    assert checks == [("requested", "consent", ""), ("accepted", "danger", "significant_harm")]


def test_whoever_asked_is_told_without_a_name(accepted: CareStep, cast: Any, as_: Any) -> None:
    with as_(cast.safeguarding_hub_social_worker):
        told = AuditEvent.objects.get(verb="messages.message_asked_for", detail__key=f"step_answered {accepted.id}")
    assert told.subject == "news" and told.family_id is None


def test_declining_leaves_the_case_where_it_was_and_the_advice_is_read(
    up: CareStep, case: Any, cast: Any, as_: Any
) -> None:
    hub, worker = cast.safeguarding_hub_social_worker, cast.family_worker
    with as_(hub):
        decline_step_up(by=hub, step=up, **ADVICE)
    with as_(worker):
        case.refresh_from_db()
        answered = queries.step_of(worker, up.reference)
        assert case.stage == Stage.ASSESSING and answered.answer == ADVICE["answer"]
        assert DueItem.objects.filter(case=case, kind="step_up_answer", done_at=None).exists()
        read_step_answer(by=worker, step=answered)
        assert not DueItem.objects.filter(case=case, kind__startswith="step_up", done_at=None).exists()
        assert [entry.title for entry in queries.timeline_entries(worker, case.family)][
            -1
        ] == "The step up was declined"


def test_after_a_decline_it_can_be_asked_again(up: CareStep, asked: Any, cast: Any, as_: Any) -> None:
    with as_(cast.safeguarding_hub_social_worker):
        decline_step_up(by=cast.safeguarding_hub_social_worker, step=up, **ADVICE)
    assert asked().status == Status.REQUESTED


@pytest.mark.parametrize(
    ("told", "code"),
    [({"decline_reason": "no_time"}, "steps.decline_reason"), ({"answer": " "}, "steps.advice")],
)
def test_declining_needs_a_reason_and_advice(
    told: dict[str, str], code: str, up: CareStep, cast: Any, as_: Any
) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub), pytest.raises(Refused) as refused:
        decline_step_up(by=hub, step=up, **(ADVICE | told))
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("who", ["family_worker", "manager", "front_door_officer", "county_manager"])
def test_early_help_cannot_accept_for_social_care(who: str, up: CareStep, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user), pytest.raises(Refused) as refused:
        accept_step_up(by=user, step=up, basis=AGREED)
    assert refused.value.refusal.code == "steps.hub_decides"


def test_what_is_answered_is_answered_once(accepted: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub), pytest.raises(Refused) as refused:
        decline_step_up(by=hub, step=accepted, **ADVICE)
    assert refused.value.refusal.code == "steps.answered"


def test_the_lead_withdraws_it_and_the_hub_sees_for_four_weeks_that_and_why_but_no_longer_the_pack(
    up: CareStep, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    worker, hub = cast.family_worker, cast.safeguarding_hub_social_worker
    with as_(worker):
        withdraw_step(by=worker, step=up, withdrawal_reason="changed", withdrawal_words="Dad has moved out.")
        assert not DueItem.objects.filter(case=case, kind__startswith="step_up", done_at=None).exists()
    with as_(hub):
        assert list(CareStep.objects.all()) == queries.withdrawn_step_ups(hub) == [up]
        assert not FrozenItem.objects.exists()
        assert not queries.waiting_step_ups(hub).rows
        with pytest.raises(Refused) as refused:
            accept_step_up(by=hub, step=up, basis=AGREED)
    assert refused.value.refusal.code == "steps.answered"
    assert "Dad has moved out." in as_client(hub).get(reverse("step", args=[up.reference])).content.decode()
    assert up.reference in as_client(hub).get(reverse("step_ups")).content.decode()
    with as_(worker):
        CareStep.objects.filter(pk=up.pk).update(withdrawn_at=clock.now() - dt.timedelta(days=29))
    with as_(hub):
        assert not CareStep.objects.exists()
        assert not CareStep.objects.visible_to(hub).exists()


def test_the_pack_is_receipted_once_for_each_reader(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        first = acknowledge_pack(by=hub, step=up)
        assert acknowledge_pack(by=hub, step=up) == first
    assert first.pack_sha256 == up.pack_sha256
    with as_(cast.family_worker):
        assert Receipt.objects.get(step=up).by == hub  # both sides see it
        with pytest.raises(Refused):
            acknowledge_pack(by=cast.family_worker, step=up)


def test_stepping_down_gives_the_case_back_where_it_stood_and_ends_social_cares_access(
    down: CareStep, case: Any, cast: Any, as_: Any
) -> None:
    hub, officer = cast.safeguarding_hub_social_worker, cast.front_door_officer
    assert down.reference.startswith("SD-")
    with as_(officer):
        assert queries.waiting_step_downs(officer).rows == [down]
        accept_step_down(by=officer, step=down, basis=AGREED, answer="Joanne carries on.")
        case.refresh_from_db()
        assert case.stage == Stage.ASSESSING
        assert DueItem.objects.filter(case=case, kind="stepped_down", owner=cast.family_worker, done_at=None).exists()
        assert not DueItem.objects.filter(case=case, kind="step_down", done_at=None).exists()
    with as_(hub):
        assert not Family.objects.filter(pk=case.family_id).exists()
        assert queries.step_of(hub, down.reference).answer == "Joanne carries on."
        assert queries.items_of(hub, down) == []


def test_a_case_closed_as_stepped_up_in_the_meantime_is_opened_again(
    down: CareStep, case: Any, cast: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(cast.manager):
        case.refresh_from_db()
        close_case(
            by=cast.manager, case=case, reason="stepped_up", outcome="not_known", family_view="We are glad of the help."
        )
    with as_(officer):
        accept_step_down(by=officer, step=down, basis=AGREED)
        following = Case.objects.filter(family_id=case.family_id).open().get()
    assert (following.reopened_from_id, following.opened_because) == (case.pk, "stepped_down")


def test_a_step_down_that_is_declined_stays_with_social_care(down: CareStep, case: Any, cast: Any, as_: Any) -> None:
    officer, hub = cast.front_door_officer, cast.safeguarding_hub_social_worker
    with as_(officer):
        decline_step_down(by=officer, step=down, decline_reason="not_ready", answer="Finish the assessment first.")
    with as_(hub):
        case.refresh_from_db()
        assert case.stage == Stage.STEPPED_UP and Family.objects.filter(pk=case.family_id).exists()
        assert queries.step_of(hub, down.reference).answer == "Finish the assessment first."


@pytest.mark.parametrize("who", ["other_front_door_officer", "family_worker"])
def test_only_the_areas_own_front_door_takes_a_case_back(who: str, down: CareStep, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user), pytest.raises(Refused) as refused:
        accept_step_down(by=user, step=down, basis=AGREED)
    assert refused.value.refusal.code in ("steps.front_door_decides", "steps.answered")


def test_only_social_care_hands_down_and_only_what_it_holds(case: Any, accepted: CareStep, cast: Any, as_: Any) -> None:
    told: dict[str, Any] = {"reason": "plan_ended", "words": "Carry on.", "basis": AGREED, "items": [NOTE]}
    with as_(cast.family_worker):
        case.refresh_from_db()
        with pytest.raises(Refused) as refused:
            request_step_down(by=cast.family_worker, case=case, **told)
    assert refused.value.refusal.code == "steps.may_not_hand_down"


def test_a_closed_case_is_not_stepped_up(asked: Any, case: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
    with pytest.raises(Refused) as refused:
        asked()
    assert refused.value.refusal.code == "cases.closed"
