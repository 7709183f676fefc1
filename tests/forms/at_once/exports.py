"""An export that is made again from two tabs: one is made, and both are led to it."""

from typing import Any

from hearth.oversight.performance.exports import actions
from hearth.oversight.performance.exports.models import Export
from tests.forms.at_once import Two, row

GOVERNS = ("information_governance", "information_governance")


def _once(town: Any, _: Any) -> bool:
    return Export.objects.filter(again_of=town.find("export")).count() == 1


TABLE = [
    Two("exports.make_export_again", row("export"), lambda by, e: actions.make_export_again(by=by, export=e), comes="done", who=GOVERNS, kept=_once),
]  # fmt: skip
