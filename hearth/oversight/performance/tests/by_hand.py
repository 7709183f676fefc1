"""The figures of measures counted one by one, in Python, from the records that the managers of two districts read."""

import datetime as dt
from typing import Any

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.models import Decision
from hearth.casework.plans.models import Outcome, PlanAgreement
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.quarters import after_months


def day_of(moment: Any) -> dt.date:
    return moment.astimezone(clock.LONDON).date()


def rows_of(cast: Any, model: Any) -> list[Any]:
    """Every row that the managers of both districts read, each once."""
    found: dict[Any, Any] = {}
    for manager in (cast.manager, cast.other_manager):
        with acting_as(manager):
            related = {"Case": ["family", "area"], "Request": ["area", "family"]}.get(model.__name__, ["family"])
            found |= {row.pk: row for row in model.objects.visible_to(manager).select_related(*related)}
    return list(found.values())


class ByHand:
    """The same figures, counted one by one from the records."""

    def __init__(self, cast: Any) -> None:
        self.cases = [each for each in rows_of(cast, Case) if not each.family.restricted]
        self.where = {each.pk: each.area.code for each in self.cases}
        self.assessments = [each for each in rows_of(cast, Assessment) if each.case_id in self.where]
        self.steps = [each for each in rows_of(cast, CareStep) if each.case_id in self.where and each.direction == "up"]
        self.requests, self.outcomes = rows_of(cast, Request), rows_of(cast, Outcome)
        self.agreements = rows_of(cast, PlanAgreement)
        with acting_as(cast.front_door_officer):
            self.due = dict(Decision.objects.filter(reopened_at=None).values_list("request_id", "was_due_on"))
        with acting_as(cast.manager):
            self.plan_case = {each.plan_id: each.plan.case_id for each in self.outcomes}

    def no_case(self, case: Case) -> bool:
        return case.stage == "closed" and case.closure_reason == "opened_in_error"

    def events(self) -> list[tuple[str, str, str, dt.date, str]]:
        """Source, what it is about, part, day and district of each."""
        return [*self._requests(), *self._assessments(), *self._referrals(), *self._cases(), *self._outcomes()]

    def _requests(self) -> Any:
        for each in self.requests:
            if each.state not in ("started", "withdrawn", "recorded"):
                part = (
                    "waiting"
                    if each.decided_at is None
                    else "in_time"
                    if day_of(each.decided_at) <= self.due[each.pk]
                    else "late"
                )
                yield "requests", "", part, day_of(each.received_at), each.area.code

    def _assessments(self) -> Any:
        for each in self.assessments:
            if each.number == 1:
                yield "assessments_begun", "", "begun", each.started_on, self.where[each.case_id]
                if each.status == "signed_off":
                    day = day_of(each.signed_off_at)
                    yield (
                        "assessments_signed_off",
                        "",
                        "in_time" if day <= each.due_on else "late",
                        day,
                        self.where[each.case_id],
                    )

    def _referrals(self) -> Any:
        for each in self.steps:
            if each.status != "withdrawn":
                yield "social_care_referrals", "", self._had(each), day_of(each.requested_at), self.where[each.case_id]

    def _had(self, step: CareStep) -> str:
        own = [each for each in self.assessments if each.family_id == step.family_id]
        signed = [each for each in own if each.signed_off_at is not None and each.signed_off_at <= step.requested_at]
        day = day_of(step.requested_at)
        if any(after_months(day_of(each.signed_off_at), 12) >= day for each in signed):
            return "assessed"
        if signed:
            return "assessed_earlier"
        begun_first = [each for each in own if each.created_at <= step.requested_at and each.status != "stopped"]
        return "begun" if begun_first else "none"

    def _cases(self) -> Any:
        for each in self.cases:
            if self.no_case(each):
                continue
            others = [one for one in self.cases if one.family_id == each.family_id and one.pk != each.pk]
            ended = [one.closed_on for one in others if one.stage == "closed" and not self.no_case(one)]
            again = any(day <= each.opened_on <= after_months(day, 12) for day in ended)
            yield "cases_opened", "", "again" if again else "first", each.opened_on, each.area.code
            if each.stage == "closed":
                achieved = each.closure_outcome in ("all_met", "most_met")
                yield "cases_ended", "", "achieved" if achieved else "other", each.closed_on, each.area.code
                yield "after_closing", "", self._after(each), each.closed_on, each.area.code

    def _after(self, case: Case) -> str:
        days = [
            day_of(each.requested_at)
            for each in self.steps
            if each.family_id == case.family_id and each.status != "withdrawn"
        ]
        for months, part in ((6, "within_6"), (12, "within_12")):
            if case.closed_on and any(case.closed_on < day <= after_months(case.closed_on, months) for day in days):
                return part
        return "none"

    def _outcomes(self) -> Any:
        for each in self.outcomes:
            if each.state in ("met", "set_aside"):
                yield "plan_outcomes", each.area, each.state, each.ended_on, self.where[self.plan_case[each.plan_id]]

    def waits(self) -> list[tuple[str, int, dt.date, str]]:
        """Source, days, the day on which the wait ended and the district of each."""
        found = [("request_days", day_of(each.received_at), day_of(each.decided_at), each.area.code)
            for each in self.requests if each.state in ("decided", "told")]  # fmt: skip
        found += [("step_up_days", day_of(each.requested_at), day_of(each.decided_at), self.where[each.case_id])
            for each in self.steps if each.status in ("accepted", "declined", "ended")]  # fmt: skip
        found += [("assessment_days", each.started_on, day_of(each.signed_off_at), self.where[each.case_id])
            for each in self.assessments if each.number == 1 and each.signed_off_at is not None]  # fmt: skip
        found += [("case_days", each.opened_on, each.closed_on, each.area.code)
            for each in self.cases if each.stage == "closed" and not self.no_case(each)]  # fmt: skip
        agreed: dict[Any, list[dt.date]] = {}
        for each in self.agreements:
            agreed.setdefault(self.plan_case.get(each.plan_id), []).append(each.agreed_on)
        found += [
            ("plan_days", each.opened_on, min(agreed[each.pk]), each.area.code)
            for each in self.cases
            if each.pk in agreed
        ]
        return [(source, (last - first).days, last, area) for source, first, last, area in found]
