"""Exports of information governance: one that is made, one that waits, one whose file is gone, and one that could not be made."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports import actions, making
from hearth.oversight.performance.exports.models import Export
from tests.security.hostile.words import OPEN

KEPT = 40  # days after which no pack keeps a file


def _asked(by: Any, **more: Any) -> Export:
    said = {"kind": "annex_a", "from_on": clock.today() - dt.timedelta(days=182), "to_on": clock.today()} | more
    return actions.ask_for_export(
        by=by, purpose=f"{OPEN}planned inspection", goes_to=f"{OPEN}planned office", queue=False, **said
    )


def plant(world: Any) -> None:
    """After everybody who is restricted was: a file that was made before is not to be had."""
    more, by = world.more, world.cast.information_governance
    with acting_as(by):
        with clock.frozen(clock.now() - dt.timedelta(days=KEPT)):
            more.export_gone = making.make(_asked(by), by)
        more.export = making.make(_asked(by), by)
        more.export_to_hand_over = making.make(_asked(by, kind="families"), by)
        actions.hand_over_export(
            by=by, export=more.export, to_whom=f"{OPEN}planned inspector", how="secure_email", handed_on=clock.today()
        )
        more.export_failed = actions.fail_export(by=by, export=_asked(by), fault="There was no room on the disk.")
        more.export_waiting = _asked(by, kind="ssd")
