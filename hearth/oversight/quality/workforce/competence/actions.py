"""Writes: what somebody was trained in elsewhere, and taking it back."""

import datetime as dt
from typing import Any

from django.urls import reverse

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.oversight.quality.workforce.competence import rules
from hearth.oversight.quality.workforce.competence.lasting import last_day
from hearth.oversight.quality.workforce.courses.queries import looks_after
from hearth.oversight.quality.workforce.models import TrainingRecord


@action
def record_training(*, by: Any, person: User, competence: str, trained_on: dt.date, title: str) -> TrainingRecord:
    """Write down what somebody was trained in elsewhere, whose certificate was seen."""
    refuse(rules.why_not_record(by, person, looks_after(by, person), competence, trained_on))
    taught = pack().workforce.competence(competence)
    made = TrainingRecord(
        person=person, organisation_id=person.organisation_id, competence=competence, title=clean(title).strip(), trained_on=trained_on,
        until_on=last_day(trained_on, taught.valid_months if taught else None), recorded_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    record("workforce.training_recorded", subject=person, competence=competence, trained_on=trained_on)
    return made


@action
def withdraw_training(*, by: Any, training: TrainingRecord, why: str) -> TrainingRecord:
    """Take back what was written by mistake. It stays on the page, with why."""
    training.hold()
    refuse(rules.why_not_withdraw(by, training, looks_after(by, User(pk=training.person_id)), why))
    training.withdrawn_at, training.withdrawn_why = clock.now(), clean(why).strip()
    training.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("workforce.training_withdrawn", subject=training.competence)
    return training


@action
def chase_training(*, by: Any, training: TrainingRecord) -> bool:
    """Remind whoever holds it that a certificate runs out, once for each of the pack's days; whether there was one for today."""
    come = [
        days for days in pack().workforce.chase_days if training.days_left is not None and training.days_left <= days
    ]
    if come:
        send(
            by=by,
            to=by,
            template="training_running_out",
            link=reverse("my_training"),
            key=f"training {training.pk} {min(come)}",
        )
    record("workforce.training_chased", subject=training.competence, days=min(come, default=0))
    return bool(come)
