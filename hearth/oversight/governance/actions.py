"""Delete a record that has passed its time, hold it longer, or end a hold. Information governance alone."""

import datetime as dt
import json
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import clean
from hearth.oversight.governance import rules
from hearth.oversight.governance.models import Disposal, Hold
from hearth.oversight.governance.queries import goes_with


@action
def delete_record(*, by: Any, disposal: Disposal, seen: str) -> Disposal:
    """Delete a record with everything that hangs from it, wholly or not at all. What stays is that it was deleted, by which rule."""
    refuse(rules.why_not_govern_retention(by))
    disposal.hold()
    refuse(rules.why_not_delete(by, disposal))
    before = goes_with(by, disposal)
    refuse(rules.NO_LONGER_DUE if before is None else rules.OTHERWISE if before.seen != seen else None)
    rule, reference = disposal.rule, disposal.reference
    with connection.cursor() as cursor:
        cursor.execute("select hearth_erase(%s)", [disposal.id])
        (gone,) = cursor.fetchone()
    refuse(rules.NO_LONGER_DUE if gone is None else None)
    gone = json.loads(gone) if isinstance(gone, str) else gone
    refuse(rules.OTHERWISE if seen_of(gone) != seen else None)  # and with that nothing was deleted
    record("governance.record_deleted", subject=reference, rule=rule, due=disposal.due_on)
    disposal.refresh_from_db()
    return disposal


@action
def hold_record(*, by: Any, disposal: Disposal, reason: str, until_on: dt.date) -> Hold:
    """Keep a record that has passed its time until a day, such as for an inquiry or a complaint. It ends by itself."""
    refuse(rules.why_not_govern_retention(by))
    disposal.hold()
    refuse(rules.why_not_hold(by, disposal, reason, until_on))
    row = Hold(disposal=disposal, reason=clean(reason), until_on=until_on, placed_by=by)
    row.save(force_insert=True)
    record("governance.record_held", family=disposal.trail_family_id(), subject=disposal, until=until_on)
    return row


@action
def end_hold(*, by: Any, disposal: Disposal) -> Hold | None:
    """What a record was held for is over before its day: it is due again."""
    refuse(rules.why_not_govern_retention(by))
    disposal.hold()
    held = disposal.held
    refuse(rules.NOT_HELD if held is None else None)
    assert held is not None  # noqa: S101 - refused above
    held.lifted_at, held.lifted_by = clock.now(), by
    held.save(update_fields=["lifted_at", "lifted_by"])
    record("governance.hold_ended", family=disposal.trail_family_id(), subject=disposal)
    return held
