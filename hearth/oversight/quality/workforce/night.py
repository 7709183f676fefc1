"""What the night looks after: certificates that run out, seats nobody answered for, and records of people who left long ago.

It finds keys as the tidying identity, and does each thing in the name of whoever it is for. Safe to run twice.
"""

import logging
from typing import Any

from django.db import connections

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as
from hearth.oversight.quality.workforce.competence.actions import chase_training
from hearth.oversight.quality.workforce.courses.actions import offer_seats
from hearth.oversight.quality.workforce.models import CourseRun, Supervision, TrainingRecord
from hearth.oversight.quality.workforce.supervision.actions import chase_supervision

TIDYING = System("system:tidying", "hearth_tidying")
RECORD, SUPERVISION = "training", "supervision"  # as the retention rules of the practice pack call them
log = logging.getLogger("hearth.workforce")


def found(sql: str, *asked: Any, using: str = "default") -> list[tuple[Any, ...]]:
    """What one of the night's functions finds."""
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def user_with(key: Any) -> User | None:
    """Somebody who signs in."""
    return User.objects.select_related("organisation").filter(pk=key).first()


def chase_all_training() -> int:
    """Remind everybody whose certificate runs out; how many there were. One person's fault stops no other's."""
    days, chased = max(pack().workforce.chase_days), 0
    for record, person in found("select record, person from hearth_training_to_chase(%s, %s)", clock.today(), days):
        by = user_with(person)
        try:
            if by is not None:
                with acting_as(by):
                    training = TrainingRecord.objects.visible_to(by).standing().filter(pk=record).first()
                    chased += training is not None and chase_training(by=by, training=training)
        except Exception:
            log.exception("The training record %s could not be chased", record)
    return chased


def offer_freed_seats() -> int:
    """Offer every seat that is free to whoever waits for it; how many were offered."""
    given = 0
    for run, organiser in found("select run, organiser from hearth_runs_to_look_after(%s)", clock.today()):
        try:
            given += offer_in_name_of(run, organiser)
        except Exception:
            log.exception("The seats of course run %s could not be offered", run)
    return given


def offer_in_name_of(run: Any, organiser: Any) -> int:
    """Offer the free seats of one run, in the name of whoever organises it or put the course on."""
    by = user_with(organiser)
    if by is None:
        return 0
    with acting_as(by):
        held = CourseRun.objects.select_related("course").filter(pk=run).first()
        return offer_seats(by=by, run=held) if held is not None else 0


def chase_all_supervision() -> int:
    """Remind every supervisor who meets somebody within a week, or is late; how many supervisions there were."""
    chased = 0
    for key, supervisor in found("select supervision, supervisor from hearth_supervisions_to_chase(%s)", clock.today()):
        by = user_with(supervisor)
        try:
            if by is not None:
                with acting_as(by):
                    held = Supervision.objects.visible_to(by).running().filter(pk=key, supervisor=by).first()
                    chased += held is not None and chase_supervision(by=by, supervision=held)
        except Exception:
            log.exception("The supervision %s could not be chased", key)
    return chased


def let_go_of_training(using: str = "default") -> int:
    """Let go of what is kept of people who left as long ago as the pack says; how many training records there were."""
    return _let_go("select hearth_let_go_of_training(%s)", RECORD, using)


def let_go_of_supervision(using: str = "default") -> int:
    """The same of what was written in their supervision; how many notes there were."""
    return _let_go("select hearth_let_go_of_supervision(%s)", SUPERVISION, using)


def _let_go(sql: str, kind: str, using: str) -> int:
    rule = pack().retention.rule(kind)
    return int(found(sql, rule.years, using=using)[0][0]) if rule is not None else 0
