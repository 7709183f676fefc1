"""Writes: raise a training need, and say how it was met."""

from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.oversight.quality import rules
from hearth.oversight.quality.models import Audit, TrainingNeed


@action
def raise_training_need(
    *, by: Any, title: str, why: str, area: Any = None, item: str = "", audit: Audit | None = None
) -> TrainingNeed:
    """Say what people need to learn, because an item is missed often or one audit showed it."""
    refuse(rules.why_not_raise_need(by, title, why))
    need = TrainingNeed(
        reference=drawn_reference("TN"), title=clean(title).strip(), why=clean(why).strip(), area=area, item=item, audit=audit, raised_by=by,
    )  # fmt: skip
    need.save(force_insert=True)
    record("quality.training_need_raised", subject=need, item=item)
    return need


@action
def meet_training_need(*, by: Any, need: TrainingNeed, met_words: str) -> TrainingNeed:
    """Say how it was met, today."""
    need.hold()
    refuse(rules.why_not_meet_need(by, need, met_words))
    need.met_on, need.met_words = clock.today(), clean(met_words).strip()
    need.save(update_fields=["met_on", "met_words"])
    record("quality.training_need_met", subject=need)
    return need
