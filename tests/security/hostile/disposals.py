"""Families whose children are long grown: found at night as having passed their time, one of them held."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.actions import delete_record, hold_record
from hearth.oversight.governance.finding import find_due
from hearth.oversight.governance.models import Disposal
from hearth.oversight.governance.queries import goes_with
from hearth.records.people.actions import add_person, open_family
from tests.security.hostile.concerns import worker
from tests.security.hostile.words import OPEN

KEYS = ("due", "due_to_hold", "due_to_delete", "held", "due_deleted")


def plant(world: Any) -> None:
    """In the order in which it could have happened."""
    more, governs = world.more, world.cast.information_governance
    families = [_grown(world) for _ in KEYS]
    with worker():
        find_due()
    with acting_as(governs):
        for key, family in zip(KEYS, families, strict=True):
            setattr(more, key, Disposal.objects.get(reference=family.reference))
        hold_record(
            by=governs,
            disposal=more.held,
            reason=f"{OPEN}noted inquiry",
            until_on=clock.today() + dt.timedelta(days=90),
        )
        goes = goes_with(governs, more.due_deleted)
        assert goes is not None
        more.due_deleted = delete_record(by=governs, disposal=more.due_deleted, seen=goes.seen)


def _grown(world: Any) -> Any:
    by = world.cast.family_worker
    with acting_as(by):
        family = open_family(by=by, name=f"{OPEN}name", area=world.area)
        add_person(
            by=by, family=family, role="child", given_name=f"{OPEN}una", family_name=f"{OPEN}name", sex="F",
            born_on=dt.date(1990, 1, 2), birth_precision="full",
        )  # fmt: skip
    return family
