"""What is due for a case: one row a thing, and the nearest day kept on the case for its lists.

Called inside actions of this room and the rooms above, which record their own events.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from hearth.casework.cases.models import Case, DueItem
from hearth.foundation.core import clock

DAYS_TO_NAME_LEAD = 2


def set_due(
    *,
    case: Case,
    kind: str,
    what: str = "",
    due_on: dt.date | None = None,
    owner: Any = None,
    source_id: uuid.UUID | None = None,
    done: bool = False,
) -> None:
    """Write, move or finish what is due. `kind` and `source_id` say which; `done` finishes it."""
    rows = DueItem.objects.filter(case=case, kind=kind, source_id=source_id, done_at=None)
    if done or due_on is None:
        rows.update(done_at=clock.now())
    elif not rows.update(what=what, due_on=due_on, owner=owner):
        DueItem(
            case=case, family_id=case.family_id, kind=kind, source_id=source_id, what=what, due_on=due_on, owner=owner
        ).save(force_insert=True)
    keep_nearest(case)


def finish_due(*, case: Case, source_ids: Iterable[uuid.UUID], kind: str = "") -> None:
    """Finish everything that is due because of any of these rows (of one kind, where it is named)."""
    rows = DueItem.objects.filter(case=case, source_id__in=list(source_ids), done_at=None)
    (rows.filter(kind=kind) if kind else rows).update(done_at=clock.now())
    keep_nearest(case)


def finish_stepped_down(case: Case) -> None:
    """What comes next after a step down was agreed with the family: a plan was agreed, or the plan was reviewed with them."""
    rows = DueItem.objects.filter(case=case, kind="stepped_down", done_at=None)
    if rows.update(done_at=clock.now()):
        keep_nearest(case)


def keep_nearest(case: Case) -> None:
    """Copy the nearest item that there is to do to the case."""
    # Of several on one day the one that was written first, and never by the chance of a key.
    nearest = DueItem.objects.filter(case=case).to_do().order_by("due_on", "created_at", "what", "id").first()
    case.next_due_on = nearest.due_on if nearest else None
    case.next_due_what = nearest.what if nearest else ""
    Case.objects.filter(pk=case.pk).update(next_due_on=case.next_due_on, next_due_what=case.next_due_what)


def due_again(case: Case, keys: list[str]) -> None:
    """What was due is due again on the day it was; the lead's, where whoever had it does not work here any more."""
    rows = DueItem.objects.filter(pk__in=keys)
    rows.filter(owner__is_active=False).update(owner=case.lead)
    rows.update(done_at=None)
    if case.lead is None:
        rows = rows.filter(kind="lead_practitioner")
        due_on = clock.add_working_days(clock.today(), DAYS_TO_NAME_LEAD)
        if not rows.exists():
            set_due(case=case, kind="lead_practitioner", what="Name a lead practitioner", due_on=due_on)
    keep_nearest(case)
