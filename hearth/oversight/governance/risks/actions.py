"""Log a risk, change it, assess it, say what is done about it, escalate, answer and close."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.governance.risks import rules
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskAssessment, RiskEscalation, RiskMeeting
from hearth.oversight.governance.risks.telling import tell

SAID = ("title", "subject", "what", "controls", "owner", "only_roles")


def kept_to(roles: Sequence[str]) -> list[str]:
    """The roles that read it, with the board, which reads every risk; none where whoever sees the log does."""
    return sorted({*roles, rules.BOARD}) if roles else []


def _said(
    by: Any, *, title: str, subject: str, what: str, controls: str, owner: Any, only_roles: Sequence[str]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": one_line(title, 120),
        "subject": subject,
        "what": clean(what).strip(),
        "owner": owner,
    }
    refuse(rules.why_not_this_risk(by, only_roles=only_roles, **told))
    return told | {"controls": clean(controls).strip(), "only_roles": kept_to(only_roles)}


@action
def log_risk(
    *, by: Any, area: Any = None, title: str, subject: str, what: str, owner: Any, likelihood: int, impact: int, controls: str = "",
    only_roles: Sequence[str] = (),
) -> Risk:  # fmt: skip
    """Log a risk with its first assessment. Its owner is told."""
    refuse(rules.why_not_keep_in(by, area))
    said = _said(by, title=title, subject=subject, what=what, controls=controls, owner=owner, only_roles=only_roles)
    made = Risk(reference=drawn_reference("RK"), area=area, logged_by=by, **said)
    refuse(rules.why_not_this_assessment(made, likelihood, impact, clock.today(), None))
    made.save(force_insert=True)
    _assessed(by, made, likelihood, impact, clock.today(), "", None)
    tell(by, owner, "risk_owner", made, str(made.pk))
    record("risks.risk_logged", subject=made, area=area.code if area else "", score=likelihood * impact)
    return made


@action
def change_risk(*, by: Any, risk: Risk, seen: str | None = None, **typed: Any) -> Risk:
    """Change what it says, who answers for it, what is done already, or who reads it. Every version is kept."""
    risk.hold()
    refuse(rules.why_not_keep(by, risk))
    said, before = _said(by, **typed), risk.owner_id
    changed = write_seen(
        risk,
        seen,
        said,
        {"owner": lambda who: who.full_name, "only_roles": ", ".join, "subject": lambda code: code.replace("_", " ")},
    )
    if changed:
        risk.save(update_fields=changed)
    if risk.owner_id != before:
        tell(by, risk.owner, "risk_owner", risk, f"{risk.pk} {clock.now().isoformat()}")
    record("risks.risk_changed", subject=risk, changed=changed)
    return risk


@action
def assess_risk(
    *, by: Any, risk: Risk, likelihood: int, impact: int, assessed_on: dt.date | None = None, words: str = ""
) -> RiskAssessment:
    """Say how likely and how bad it is by now. What was said before stays."""
    risk.hold()
    refuse(rules.why_not_edit(by, risk))
    made = assessed(by, risk, likelihood, impact, assessed_on or clock.today(), words)
    record("risks.risk_assessed", subject=risk, score=made.score)
    return made


def assessed(
    by: Any, risk: Risk, likelihood: int, impact: int, assessed_on: dt.date, words: str, meeting: RiskMeeting | None = None
) -> RiskAssessment:  # fmt: skip
    """A dated assessment of a risk that is held, after the last."""
    last_on = RiskAssessment.objects.filter(risk=risk).aggregate(last=Max("assessed_on"))["last"]
    refuse(rules.why_not_this_assessment(risk, likelihood, impact, assessed_on, last_on))
    return _assessed(by, risk, likelihood, impact, assessed_on, words, meeting)


def _assessed(
    by: Any, risk: Risk, likelihood: int, impact: int, on: dt.date, words: str, meeting: RiskMeeting | None
) -> RiskAssessment:
    made = RiskAssessment(
        risk=risk,
        likelihood=likelihood,
        impact=impact,
        assessed_on=on,
        words=clean(words).strip(),
        meeting=meeting,
        assessed_by=by,
    )
    made.save(force_insert=True)
    return made


@action
def add_action_point(*, by: Any, risk: Risk, what: str, owner: Any, due_on: dt.date) -> RiskAction:
    """What somebody does about it by a day. They are told, and reminded when it is late."""
    risk.hold()
    refuse(rules.why_not_edit(by, risk))
    made = point_added(by, risk, what, owner, due_on)
    record("risks.action_point_added", subject=risk, point=made.reference)
    return made


def point_added(
    by: Any, risk: Risk, what: str, owner: Any, due_on: dt.date, meeting: RiskMeeting | None = None
) -> RiskAction:
    """An action point of a risk that is held."""
    what = one_line(what, 200)
    refuse(rules.why_not_this_action(risk, what, owner, due_on))
    made = RiskAction(
        reference=drawn_reference("AP"), risk=risk, meeting=meeting, what=what, owner=owner, due_on=due_on, added_by=by
    )
    made.save(force_insert=True)
    tell(by, owner, "risk_action_point", risk, str(made.pk))
    return made


@action
def finish_action_point(*, by: Any, point: RiskAction, words: str) -> RiskAction:
    """It is done, and how one knows."""
    point.hold()
    words = one_line(words, 300)
    refuse(rules.why_not_finish(by, point, words))
    point.done_on, point.done_by, point.words = clock.today(), by, words
    point.save(update_fields=["done_on", "done_by", "words"])
    record("risks.action_point_done", subject=point, risk=point.risk.reference)
    return point


@action
def escalate_risk(*, by: Any, risk: Risk, level: str, asked: str) -> RiskEscalation:
    """Ask a named level for an answer by a day. Whoever speaks for it is told."""
    risk.hold()
    refuse(rules.why_not_escalate(by, risk, _waiting(risk)))
    asked = clean(asked).strip()
    refuse(rules.why_not_this_level(risk, level, asked))
    found = rules.level_of(level)
    assert found is not None  # noqa: S101 - refused just now
    due_on = clock.add_working_days(clock.today(), found.answer_days)
    made = RiskEscalation(risk=risk, level=level, asked=asked, asked_by=by, due_on=due_on)
    made.save(force_insert=True)
    for person in rules.who_answers(risk, level):
        tell(by, person, "risk_escalated", risk, str(made.pk))
    record("risks.risk_escalated", subject=risk, level=level, due_on=due_on)
    return made


def _waiting(risk: Risk) -> RiskEscalation | None:
    return RiskEscalation.objects.filter(risk=risk, answered_at=None).first()


@action
def answer_escalation(*, by: Any, escalation: RiskEscalation, answer: str) -> RiskEscalation:
    """Give the answer. The risk's owner and whoever asked are told."""
    escalation.hold()
    answer = clean(answer).strip()
    refuse(rules.why_not_answer(by, escalation))
    refuse(None if answer else rules.WORDS)
    escalation.answer, escalation.answered_by, escalation.answered_at = answer, by, clock.now()
    escalation.save(update_fields=["answer", "answered_by", "answered_at"])
    for person in {escalation.risk.owner, escalation.asked_by}:
        tell(by, person, "risk_answered", escalation.risk, str(escalation.pk))
    record("risks.escalation_answered", subject=escalation.risk, level=escalation.level)
    return escalation


@action
def close_risk(*, by: Any, risk: Risk, why: str) -> Risk:
    """It cannot happen any more, or is borne: with an answer to what was escalated, and nothing left to do."""
    risk.hold()
    why = clean(why).strip()
    refuse(rules.why_not_close(by, risk, _waiting(risk), RiskAction.objects.filter(risk=risk, done_on=None).count()))
    refuse(None if why else rules.WORDS)
    risk.state, risk.closed_on, risk.closed_by, risk.closed_why = Risk.State.CLOSED, clock.today(), by, why
    risk.save(update_fields=["state", "closed_on", "closed_by", "closed_why"])
    record("risks.risk_closed", subject=risk)
    return risk
