"""Whatever people do to a team, in whatever order, an open case has exactly one lead practitioner."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.casework.cases.actions import close_case, join_team, leave_team, name_lead, reopen_case
from hearth.casework.cases.models import Case, TeamMember
from hearth.foundation.core.refusals import Refused

WHO = st.sampled_from(
    ["family_worker", "other_family_worker", "manager", "front_door_officer", "analyst", "health_visitor"]
)
STEPS = st.lists(st.tuples(st.sampled_from(["join", "leave", "lead", "close", "reopen"]), WHO), max_size=10)


class Undone(Exception):
    """Takes an example's work back."""


def take(step: str, case: Case, user: Any, by: Any) -> Case:
    if step == "join":
        join_team(by=by, case=case, user=user, role="practitioner")
    elif step == "lead":
        name_lead(by=by, case=case, lead=user)
    elif step == "close":
        close_case(by=by, case=case, reason="opened_in_error", outcome="not_known")
    elif step == "reopen":
        return reopen_case(by=by, case=case, because="same_need")
    else:
        member = TeamMember.objects.filter(case=case, user=user, left_on=None).first()
        if member is not None:
            leave_team(by=by, case=case, member=member)
    return case


def check(case: Case) -> None:
    case = Case.objects.get(pk=case.pk)
    leads = list(TeamMember.objects.filter(case=case, is_lead=True, left_on=None))
    if case.is_open:
        assert len(leads) == 1, "an open case has exactly one lead practitioner"
        assert leads[0].user_id == case.lead_id, "the case and its team name the same one"
        roles = TeamMember.objects.filter(case=case, left_on=None, role="lead_practitioner")
        assert roles.count() == 1, "nobody else is called the lead practitioner"
    else:
        assert leads == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_open_case_always_has_exactly_one_lead_practitioner(steps, cast, case, as_):
    by = cast.manager
    with as_(by):
        current = Case.objects.get(pk=case.pk)
        with suppress(Undone), transaction.atomic():
            for step, who in steps:
                with suppress(Refused):
                    current = take(step, current, getattr(cast, who), by)
                check(current)
            raise Undone
