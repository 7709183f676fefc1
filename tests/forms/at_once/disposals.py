"""What has passed its time: deleted, held, and held no more."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hearth.foundation.core import clock
from hearth.oversight.governance import actions
from hearth.oversight.governance.models import Disposal
from hearth.oversight.governance.queries import goes_with
from tests.forms.at_once import Two, fresh

GOVERNS = ("information_governance", "information_governance")


def _due(key: str) -> Callable[[Any], Disposal]:
    return lambda town: fresh(town.find(key))


def _delete(by: Any, disposal: Disposal) -> Any:
    goes = goes_with(by, disposal)
    return actions.delete_record(by=by, disposal=disposal, seen=goes.seen if goes else "")


def _hold(by: Any, disposal: Disposal) -> Any:
    return actions.hold_record(
        by=by, disposal=disposal, reason="An inquiry", until_on=clock.today() + dt.timedelta(days=30)
    )


TABLE = [
    Two("governance.hold_record", _due("due_to_hold"), _hold, comes="governance.held_already", who=GOVERNS),
    Two("governance.end_hold", _due("held"), lambda by, d: actions.end_hold(by=by, disposal=d), comes="governance.hold_over", who=GOVERNS),
    Two("governance.delete_record", _due("due"), _delete, _hold, "governance.deleted", who=GOVERNS, about="while it is held"),
    Two("governance.delete_record", _due("due_to_delete"), _delete, comes="governance.deleted", who=GOVERNS),
]  # fmt: skip
