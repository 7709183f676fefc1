"""What of a risk is late is reminded of each night, in the name of its owner. Safe to run twice."""

import datetime as dt
import logging
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.oversight.governance.reminding import remind_each
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskEscalation
from hearth.oversight.governance.risks.rules import who_answers
from hearth.oversight.governance.risks.telling import tell

log = logging.getLogger("hearth.risks")


def remind_of_late() -> int:
    """How many risks somebody was reminded of. One risk's fault stops no other's."""
    with connection.cursor() as cursor:
        cursor.execute("select risk, owner from hearth_risks_late(%s) order by risk", [clock.today()])
        found = cursor.fetchall()
    return remind_each(found, Risk, lambda by, row: remind_of_risk(by=by, risk=row), log)


def _step(due_on: dt.date) -> int:
    """How many times somebody is to have been reminded by today: first on the day after, then every few working days."""
    return clock.working_days_between(due_on, clock.today()) // pack().governance.chase_days


@action
def remind_of_risk(*, by: Any, risk: Risk) -> int:
    """Remind whoever has an action point that is late, and whoever owes an answer; its owner too. Of each thing once in some days."""
    refuse(None if risk.owner_id == by.id else Refusal("risks.not_owner", "Only its owner reminds of what is late."))
    today, told = clock.today(), 0
    for point in RiskAction.objects.filter(risk=risk, done_on=None, due_on__lt=today).select_related("owner"):
        key = f"{point.pk} {_step(point.due_on)}"
        told += tell(by, point.owner, "risk_action_late", risk, key, also_oneself=True)
    for asked in RiskEscalation.objects.filter(risk=risk, answered_at=None, due_on__lt=today):
        key = f"{asked.pk} {_step(asked.due_on)}"
        people = {each.pk: each for each in (*who_answers(risk, asked.level), risk.owner)}
        told += sum(tell(by, person, "risk_answer_late", risk, key, also_oneself=True) for person in people.values())
    refuse(None if told else Refusal("risks.nothing_late", "Nothing of it is late."))
    record("risks.reminded", subject=risk, told=told)
    return told
