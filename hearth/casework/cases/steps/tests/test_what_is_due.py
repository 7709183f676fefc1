"""What is due says whether a step up waits for social care, who then has nothing to do for it, or was answered."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from hearth.casework.cases.actions import name_lead
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import DueItem
from hearth.casework.cases.steps import functions, queries
from hearth.casework.cases.steps.actions import accept_step_up, decline_step_up, read_step_answer
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.desk.queries import due_of
from hearth.foundation.core import clock

ADVICE = {"decline_reason": "threshold_not_met", "answer": "Try the parenting course. If he comes back, ring us."}
WAITING, READ = "Waiting for children's social care to answer a step up", "Read what children's social care answered"


def _due(case: Any) -> list[tuple[str, Any, Any]]:
    rows = DueItem.objects.filter(case=case, done_at=None).select_related("owner")
    return [(row.what, row.owner, row.due_on) for row in rows.order_by("due_on", "what")]


def _next(case: Any) -> tuple[str, Any]:
    case.refresh_from_db()
    return case.next_due_what, case.next_due_on


def test_what_waits_for_social_care_is_nobodys_and_stays_so_when_the_lead_changes(
    up: Any, case: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.manager):
        case.refresh_from_db()
        name_lead(by=cast.manager, case=case, lead=cast.other_family_worker)
        [item] = [item for item in due_of(cast.manager, case.family) if item.kind == "step_up_waits"]
        assert (item.what, item.owner, item.due_on) == (WAITING, None, up.answer_by_on)
        assert item.done_by == "Children's social care" and _next(case) == (WAITING, up.answer_by_on)


@pytest.mark.parametrize("declines", [True, False])
def test_once_it_is_answered_the_lead_has_it_to_read_from_that_day_and_the_case_says_so(
    declines: bool, up: Any, case: Any, cast: Any, as_: Any
) -> None:
    hub, lead = cast.safeguarding_hub_social_worker, cast.family_worker
    with as_(hub):
        if declines:
            decline_step_up(by=hub, step=up, **ADVICE)
            assert not DueItem.objects.exists(), "whoever declined still sees nothing of the case"
        else:
            accept_step_up(by=hub, step=up, basis=AGREED)
    with as_(lead):
        assert _due(case) == [(READ, lead, clock.today())] and _next(case) == (READ, clock.today())
        changed = [row.what for row in DueItem.objects.get(case=case, done_at=None).events.order_by("pgh_id")]
        assert changed == [WAITING, READ], "its history tells"
        assert [row["reference"] for row in queries.unread_step_ups(lead)] == [up.reference]
        read_step_answer(by=lead, step=up)
        assert _due(case) == [] and _next(case) == ("", None)


def test_what_is_due_sooner_stays_the_cases_next(up: Any, case: Any, cast: Any, as_: Any) -> None:
    hub, lead = cast.safeguarding_hub_social_worker, cast.family_worker
    sooner = clock.today() - dt.timedelta(days=4)
    with as_(lead):
        set_due(case=case, kind="review", what="Review the plan", due_on=sooner, owner=lead)
    with as_(hub):
        decline_step_up(by=hub, step=up, **ADVICE)
    with as_(lead):
        assert _next(case) == ("Review the plan", sooner)
        assert _due(case)[1:] == [(READ, lead, clock.today())]


@pytest.mark.parametrize("who", ["family_worker", "manager", "practitioner", "other_manager"])
def test_nobody_but_whoever_answered_changes_what_is_due_by_it(
    who: str, up: Any, case: Any, cast: Any, as_: Any
) -> None:
    hub, lead = cast.safeguarding_hub_social_worker, cast.family_worker
    call = "select hearth_step_up_answered(%s, 'Nothing to do', '2020-01-01')"
    for user in (getattr(cast, who), hub):
        with as_(user), connection.cursor() as cursor:
            cursor.execute(call, [up.id])
    with as_(lead):
        assert _due(case) == [(WAITING, None, up.answer_by_on)], "it waits still"
    with as_(hub):
        decline_step_up(by=hub, step=up, **ADVICE)
    with as_(getattr(cast, who)), connection.cursor() as cursor:
        cursor.execute(call, [up.id])
    with as_(lead):
        assert _due(case) == [(READ, lead, clock.today())]
        read_step_answer(by=lead, step=up)
    with as_(hub), connection.cursor() as cursor:
        cursor.execute(call, [up.id])
    with as_(lead):
        assert _due(case) == [], "what was read does not come back"


def test_a_step_up_that_is_late_waits_for_the_lead_to_ask_after_it(up: Any, case: Any, cast: Any, as_: Any) -> None:
    lead = cast.family_worker
    late = dt.datetime.combine(up.answer_by_on + dt.timedelta(days=1), dt.time(12), clock.LONDON)
    with as_(lead):
        assert queries.late_step_ups(lead) == []
        with clock.frozen(late):
            assert queries.late_step_ups(lead) == [{"reference": up.reference, "family__name": "Ashworth"}]
    for other in (cast.manager, cast.safeguarding_hub_social_worker, cast.practitioner):
        with as_(other), clock.frozen(late):
            assert queries.late_step_ups(other) == []


def test_rows_from_before_are_told_apart(up: Any, case: Any, cast: Any, as_: Any) -> None:
    hub, lead = cast.safeguarding_hub_social_worker, cast.family_worker

    def as_before() -> None:
        what = "Step up: children's social care answers"
        rows = DueItem.objects.filter(case=case, source_id=up.id)
        rows.update(kind="step_up", what=what, owner=lead, due_on=up.answer_by_on)
        with connection.cursor() as cursor:
            for statement in (functions.TELL_APART, functions.GIVE_BACK, functions.PUT_RIGHT):
                cursor.execute(statement)

    with as_(lead):
        as_before()
        assert _due(case) == [(WAITING, None, up.answer_by_on)] and _next(case) == (WAITING, up.answer_by_on)
    with as_(hub):
        decline_step_up(by=hub, step=up, **ADVICE)
    with as_(lead):
        as_before()
        assert _due(case) == [(READ, lead, clock.today())] and _next(case) == (READ, clock.today())


def test_the_database_and_the_product_name_the_same_kinds() -> None:
    assert str(DueItem.OF_STEPS) == functions.OF_STEPS
