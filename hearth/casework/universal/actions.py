"""Record universal activity, correct it, and take back what was recorded by mistake."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from hearth.casework.universal import rules
from hearth.casework.universal.models import BANDS, UniversalActivity
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean


@action
def record_universal_activity(
    *,
    by: Any,
    area: Any,
    kind: str,
    setting: str,
    what: str,
    happened_on: dt.date,
    achievements: Sequence[str],
    how_we_know: str = "",
    team: Any = None,
    key: uuid.UUID | None = None,
    **people: int,
) -> UniversalActivity:
    """Record something done for everybody, with how many and what it achieved. A page sent twice with the same words makes one row."""
    unknown = set(people) - {name for name, _ in BANDS}
    if unknown:
        raise TypeError(f"record_universal_activity does not know {sorted(unknown)}.")
    refuse(rules.why_not_record_universal_activity(by))
    what, how_we_know, achieved = clean(what).strip()[:200], clean(how_we_know).strip(), sorted(set(achievements))
    key = key_of_sending(key, area, kind, setting, what, happened_on, achieved, how_we_know, team, people)
    sent_before = UniversalActivity.objects.filter(recorded_by=by, key=key).first()
    if sent_before is not None:
        record("universal.activity_sent_again", subject=sent_before)
        return sent_before
    refuse(
        rules.why_not_this_activity(
            area=area,
            kind=kind,
            setting=setting,
            what=what,
            happened_on=happened_on,
            people=list(people.values()),
            achievements=achievements,
        )
    )
    activity = UniversalActivity(
        reference=drawn_reference("UA"),
        organisation=by.organisation,
        team=team,
        area=area,
        key=key,
        kind=kind,
        setting=setting,
        what=what,
        happened_on=happened_on,
        achievements=achieved,
        how_we_know=how_we_know,
        recorded_by=by,
        **people,
    )
    activity.save(force_insert=True)
    record("universal.activity_recorded", subject=activity, what=kind, area=area.code, people=activity.people)
    return activity


@action
def withdraw_universal_activity(*, by: Any, activity: UniversalActivity, why: str) -> UniversalActivity:
    """Take back what was recorded by mistake: it is kept, and counted nowhere."""
    # Asked before the row is held as well: the database holds it for its own organisation alone.
    refuse(rules.why_not_withdraw(by, activity))
    held = UniversalActivity.objects.select_for_update().get(pk=activity.pk)
    refuse(rules.why_not_withdraw(by, held))
    why = clean(why).strip()[:200]
    if not why:
        refuse(Refusal("universal.no_reason", "Say why it is taken back."))
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = clock.now(), by, why
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("universal.activity_withdrawn", subject=held)
    return held


@action
def correct_universal_activity(*, by: Any, activity: UniversalActivity, **told: Any) -> UniversalActivity:
    """Record it as it should have been, and take back what stood: both are kept, and one is counted."""
    refuse(rules.why_not_correct(by, activity))
    held = UniversalActivity.objects.select_for_update().get(pk=activity.pk)
    following = record_universal_activity(by=by, team=held.team, **told)
    why = f"Corrected: see {following.reference}"
    if held.withdrawn_why != why:  # sent twice, it is taken back already
        withdraw_universal_activity(by=by, activity=held, why=why)
    record("universal.activity_corrected", subject=following, instead_of=held.reference)
    return following
