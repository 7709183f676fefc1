"""Set a district's own target, and change it while its first quarter is not over."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.oversight.performance.agreements import rules
from hearth.oversight.performance.models import LocalTarget


@action
def set_local_target(*, by: Any, area: Any, measure: str, from_on: dt.date, figure: int, why: str) -> LocalTarget:
    """Add a target to a district's agreement. Set a second time with the same, it is the one that is there."""
    refuse(rules.why_not_set_targets(by, area))
    found = pack().measures.measure(measure)
    refuse(rules.why_not_aim_for(found, from_on))
    assert found is not None  # noqa: S101 - refused above
    why = clean(why).strip()
    refuse(rules.why_not_this_figure(found, figure, why))
    there = list(LocalTarget.objects.filter(area=area, measure=measure, from_on=from_on))
    if any((each.figure, each.why, each.set_by_id) == (figure, why, by.id) for each in there):
        record("performance.target_sent_again", subject=measure, area=area.code)
        return there[0]
    refuse(rules.why_not_twice(there))
    made = LocalTarget(area=area, measure=measure, from_on=from_on, figure=figure, why=why, set_by=by)
    made.save(force_insert=True)
    record("performance.target_set", subject=measure, area=area.code, from_on=from_on, figure=figure)
    return made


@action
def change_local_target(*, by: Any, target: LocalTarget, figure: int, why: str, seen: str | None = None) -> LocalTarget:
    """Change what is aimed for, saying why. What it was stays in the history."""
    target.hold()
    refuse(rules.why_not_change(by, target))
    found = pack().measures.measure(target.measure)
    refuse(rules.why_not_aim_for(found, target.from_on))
    assert found is not None  # noqa: S101 - refused above
    why = clean(why).strip()
    refuse(rules.why_not_this_figure(found, figure, why))
    changed = write_seen(target, seen, {"figure": figure, "why": why}, {"figure": lambda value: f"{value:,}"})
    if changed:
        target.set_by, target.set_at = by, clock.now()
        target.save(update_fields=[*changed, "set_by", "set_at"])
    record("performance.target_changed", subject=target.measure, area=target.area.code, changed=changed)
    return target
