"""Record that a touchpoint of a child happened, and take that back."""

import datetime as dt
import uuid
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint
from hearth.intelligence.insight.touchpoints.recording import rules
from hearth.records.pathways.placing import placed_of
from hearth.records.people.births import born_to_the_day

LONGEST, LONGEST_WORDS = 200, 500


@action
def record_touchpoint(
    *,
    by: Any,
    family: Any,
    person: Any,
    touchpoint: str,
    met_on: dt.date,
    met_by: str,
    words: str = "",
    key: uuid.UUID | None = None,
) -> RecordedTouchpoint:
    """A touchpoint of somebody in the family happened. A page sent twice with the same words makes one row."""
    refuse(rules.why_not_record_touchpoint(by))
    person.hold()
    refuse(rules.why_not_of_family(family, person))
    met_by = " ".join(clean(met_by).split())[:LONGEST]
    words = clean(words).strip()[:LONGEST_WORDS]
    key = key_of_sending(key, person, touchpoint, met_on, met_by, words)
    sent_before = RecordedTouchpoint.objects.filter(recorded_by=by, key=key).first()
    if sent_before is not None:
        record("touchpoints.sent_again", family=family, subject=sent_before)
        return sent_before
    placed = placed_of(touchpoint, born_to_the_day(person), clock.today())
    refuse(rules.why_not_this_touchpoint(person, placed, met_on, met_by))
    found = RecordedTouchpoint(
        reference=drawn_reference("TP"),
        family=family,
        person=person,
        touchpoint=touchpoint,
        met_on=met_on,
        met_by=met_by,
        words=words,
        recorded_by=by,
        key=key,
    )
    found.save(force_insert=True)
    record("touchpoints.recorded", family=family, subject=found, touchpoint=touchpoint, child=person.reference)
    return found


@action
def withdraw_touchpoint(*, by: Any, recorded: RecordedTouchpoint, why: str) -> RecordedTouchpoint:
    """Take back what was recorded by mistake: it is kept with the reason, and the touchpoint stands as if it had not been."""
    recorded.hold()
    refuse(rules.why_not_withdraw_touchpoint(by, recorded))
    why = " ".join(clean(why).split())[:LONGEST]
    if not why:
        refuse(Refusal("touchpoints.no_reason", "Say why it is taken back."))
    recorded.withdrawn_at, recorded.withdrawn_by, recorded.withdrawn_why = clock.now(), by, why
    recorded.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("touchpoints.withdrawn", family=recorded.family_id, subject=recorded, touchpoint=recorded.touchpoint)
    return recorded
