"""Families of concern: flags confirmed, dismissed, undone; help offered; a run cancelled. A recorded touchpoint taken back."""

import uuid
from typing import Any

from hearth.casework.front_door.typed import TypedPerson
from hearth.desk.concerns.actions import offer_help
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight import actions as insight
from hearth.intelligence.insight.models import Flag, FlagDecision
from hearth.intelligence.insight.touchpoints.recording.actions import withdraw_touchpoint
from tests.forms.at_once import Two, fresh, row

BOTH = ("development_officer", "senior_development_officer")
RUNS = ("analyst", "strategic_lead")


def _flags(where: str) -> Any:
    def load(town: Any) -> tuple[Any, list[Flag]]:
        family = fresh(town.find(where))
        return family, list(Flag.objects.filter(family=family))

    return load


def _decision(town: Any) -> FlagDecision:
    return FlagDecision.objects.select_related("family", "flag").get(
        family=town.find("concern_decided"), undone_at=None
    )


def _undecided(town: Any) -> None:
    """What an earlier pair decided is taken back."""
    officer = town.cast.development_officer
    with acting_as(officer):
        for made in FlagDecision.objects.select_related("family", "flag").filter(
            family=town.find("concern"), undone_at=None
        ):
            insight.undo_flag_decision(by=officer, decision=made)


def _dismiss(by: Any, o: Any) -> Any:
    return insight.dismiss_flags(by=by, family=o[0], flags=o[1], reason="It is about somebody else")


def _offer(by: Any, o: Any) -> Any:
    reasons = pack().request_form.no_assessment_reasons
    return offer_help(
        by=by, family=o[0], flags=o[1], area=o[0].area, people=[TypedPerson("parent", "Una", "Twice")], words="Twice", key=uuid.uuid4(),
        consent="given", consent_by="Una", no_assessment_reason=reasons[0].code if reasons else "",
    )  # fmt: skip


# While whoever recorded it, and their manager, may open the family.
EARLY = [
    Two(
        "concerns.withdraw_touchpoint",
        row("working.recorded"),
        lambda by, o: withdraw_touchpoint(by=by, recorded=o, why="Twice"),
        comes="touchpoints.withdrawn",
        who=("family_worker", "manager"),
    ),
]

TABLE = [
    Two("concerns.confirm_flags", _flags("concern"), lambda by, o: insight.confirm_flags(by=by, family=o[0], flags=o[1]),
        second=_dismiss, comes="insight.decided", who=BOTH),
    Two("concerns.dismiss_flags", _flags("concern"), _dismiss, comes="insight.decided", who=BOTH, prepare=_undecided),
    Two("concerns.undo_flag_decision", _decision, lambda by, made: insight.undo_flag_decision(by=by, decision=made), comes="insight.undone",
        who=BOTH),
    Two("concerns.offer_help", _flags("concern_told"), _offer, comes="desk.offered_already", who=BOTH),
    Two("concerns.cancel_run", row("run_waiting"), lambda by, run: insight.cancel_run(by=by, run=run), comes="insight.over", who=RUNS),
]  # fmt: skip
