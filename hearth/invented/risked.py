"""The risk log of an invented authority over twelve weeks: met on each week, one risk escalated and answered, one closed, a point late."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.risks import actions
from hearth.oversight.governance.risks.meetings import actions as meetings
from hearth.oversight.governance.risks.meetings.queries import to_go_through
from hearth.oversight.governance.risks.models import RiskAction

WEEKS = 12
# In a line, about what, what may happen, the controls, whose, (likelihood, impact) from which week on, and what was said then.
RISKS: tuple[tuple[str, str, str, str, str, dict[int, tuple[int, int, str]]], ...] = (
    (
        "Family workers leave faster than posts are filled", "delivery",
        "Two posts are paid from money that ends in March. Families would wait twelve weeks for a lead practitioner.",
        "Cover is agreed with the next district until the new year.\nExit interviews since the summer.", "development_officer",
        {0: (3, 3, ""), 3: (4, 4, "A second worker gave notice."), 5: (5, 4, "Nobody applied."), 8: (4, 4, "Two years’ contracts were agreed to."),
         10: (2, 4, "Both posts are filled from January.")},
    ),
    (
        "The agreement with community health lapses before the new one is signed", "legal",
        "Without it their people see nothing of the families they work with, and each has to be rung.",
        "The draft is with their legal team.", "strategic_lead",
        {0: (2, 4, ""), 4: (3, 4, "Their lead has changed."), 9: (2, 4, "A day for signing is set.")},
    ),
    (
        "A grant is paid to a group that cannot show what it did with it", "financial",
        "Small grants ask for little evidence, and one group has not answered.", "Each grant over £1,000 is asked for a page after six months.",
        "commissioner", {0: (2, 2, ""), 6: (3, 2, "One group is late with its page.")},
    ),
    (
        "Parents who do not read English cannot ask for help on the web page", "equality",
        "They would be asked for less often than their share of the district.", "", "strategic_lead",
        {0: (3, 3, ""), 2: (2, 3, "The page is read by two community groups."), 4: (1, 2, "It is in five languages now.")},
    ),
)  # fmt: skip
ESCALATED, ANSWERED, CLOSED = 5, 7, 6  # weeks


def tell_risks(cast: dict[str, Any], area: Any) -> None:
    """Logged in the first week, the first in the district; then a meeting each week, up to last week's."""
    begun = clock.today() - dt.timedelta(days=7 * WEEKS - 3)
    made: list[Any] = []
    for week in range(WEEKS):
        with clock.frozen(begun + dt.timedelta(days=7 * week)):
            if week == 0:
                made = [_log(cast, area if place == 0 else None, told) for place, told in enumerate(RISKS)]
            _meet(cast, made, week)
            _between(cast, made, week)


def _log(cast: dict[str, Any], area: Any, told: Any) -> Any:
    title, subject, what, controls, owner, scores = told
    by = cast["strategic_lead"]
    likelihood, impact, _ = scores[0]
    with acting_as(by):
        return actions.log_risk(
            by=by, area=area, title=title, subject=subject, what=what, controls=controls, owner=cast[owner], likelihood=likelihood, impact=impact
        )  # fmt: skip


def _meet(cast: dict[str, Any], made: list[Any], week: int) -> None:
    by = cast["strategic_lead"]
    with acting_as(by):
        meeting = meetings.start_risk_meeting(by=by)
        there = "\n".join(cast[each].full_name for each in ("strategic_lead", "commissioner", "development_officer"))
        meetings.record_risk_attendance(
            by=by, meeting=meeting, present=there, apologies=cast["quality_lead"].full_name if week % 3 == 1 else ""
        )
        told = {each.pk: scores for each, (*_, scores) in zip(made, RISKS, strict=True)}
        for risk in to_go_through(by, meeting):
            begins = max(each for each in told[risk.pk] if each <= week)
            likelihood, impact, words = told[risk.pk][begins]
            point: dict[str, Any] = {}
            if week == begins and risk.pk == made[0].pk and week in (3, 8):
                what = "Ask two agencies for cover" if week == 3 else "Write the advertisement again with the new term"
                point = {"what": what, "owner": risk.owner, "due_on": clock.today() + dt.timedelta(days=7)}
            if week == WEEKS - 3 and risk.pk == made[1].pk:
                point = {
                    "what": "Put the day for signing in both diaries",
                    "owner": by,
                    "due_on": clock.today() + dt.timedelta(days=5),
                }
            said = words if week == begins else ""
            meetings.review_risk(
                by=by, meeting=meeting, risk=risk, likelihood=likelihood, impact=impact, words=said, **point
            )
        meetings.end_risk_meeting(by=by, meeting=meeting)


def _between(cast: dict[str, Any], made: list[Any], week: int) -> None:
    """What is done from one meeting to the next."""
    officer, lead = cast["development_officer"], cast["strategic_lead"]
    if week == ESCALATED:
        with acting_as(officer):
            actions.escalate_risk(
                by=officer, risk=made[0], level=pack().governance.levels[0].code,
                asked="Both posts were advertised twice for four months’ work, and nobody applied. May we offer contracts of two years?",
            )  # fmt: skip
    if week == ANSWERED:
        with acting_as(lead):
            waiting = made[0].escalations.select_related("risk__area", "risk__owner", "asked_by").get(answered_at=None)
            actions.answer_escalation(
                by=lead, escalation=waiting, answer="Yes. Advertise both for two years; the money is carried over."
            )
    if week == CLOSED:
        with acting_as(lead):
            actions.close_risk(
                by=lead, risk=made[3], why="The page is in five languages, and requests of the last month bear it out."
            )
    if week in (4, 9):
        with acting_as(officer):
            for point in RiskAction.objects.filter(risk=made[0], done_on=None).select_related(
                "risk__area", "risk__owner", "owner"
            ):
                actions.finish_action_point(
                    by=officer, point=point, words="Both answered" if week == 4 else "It is out since Monday"
                )
