"""Steps up and down, and what was done for everybody."""

from typing import Any

from hearth.casework.cases.steps import actions as steps
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.universal import actions as universal
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from tests.forms.at_once import Two, fresh, row
from tests.security.hostile.states import ITEMS

WORKER, DOOR, HUB, ASKER = "family_worker", "front_door_officer", "safeguarding_hub_social_worker", "practitioner"
COLLEAGUES, OFFICERS, SOCIAL_WORKERS = (WORKER, "manager"), (DOOR, DOOR), (HUB, HUB)
AGREED = StepBasis("consent", "They agreed.", agreed_on=clock.today())
CASE = row("bare.case", "family", "area", "lead__organisation")


def _ask(do: Any, reason: str) -> Any:
    return lambda by, case: do(by=by, case=case, reason=reason, words="More is needed", basis=AGREED, items=ITEMS)


def _latest(town: Any) -> CareStep:
    return CareStep.objects.filter(case=town.find("bare.case")).latest("created_at")


def _decline(do: Any) -> Any:
    return lambda by, step: do(by=by, step=step, decline_reason="threshold_not_met", answer="Carry on, and ask again")


def _accept(do: Any) -> Any:
    return lambda by, step: do(by=by, step=step, basis=AGREED)


def _down_again(town: Any) -> None:
    hub = town.cast.safeguarding_hub_social_worker
    with acting_as(hub):
        _ask(steps.request_step_down, "plan_ended")(hub, CASE(town))


def _told(words: str) -> dict[str, Any]:
    offered = pack().universal
    return {
        "kind": offered.kinds[0].code, "setting": offered.settings[0].code, "what": words, "happened_on": clock.today(),
        "achievements": [offered.achievements[0].code], "children_5_to_11": 3,
    }  # fmt: skip


def _another_morning(town: Any) -> None:
    by = town.cast.practitioner
    with acting_as(by):
        town.more.morning = universal.record_universal_activity(by=by, area=town.area, **_told("A morning"))


def _corrected(words: str) -> Any:
    return lambda by, activity: universal.correct_universal_activity(
        by=by, activity=activity, area=activity.area, **_told(words)
    )


TABLE = [
    Two("steps.decline_step_up", row("asked_up.step"), lambda by, s: steps.accept_step_up(by=by, step=s, basis=AGREED),
        _decline(steps.decline_step_up), "steps.answered", who=SOCIAL_WORKERS, about="while it is accepted"),
    Two("steps.acknowledge_pack", row("asked_up.step"), lambda by, s: steps.acknowledge_pack(by=by, step=s), comes="done",
        who=SOCIAL_WORKERS, kept=lambda town, _: fresh(town.find("asked_up.step")).receipts.count() == 1),
    Two("steps.withdraw_step", row("handed_back.down"), _accept(steps.accept_step_down),
        lambda by, s: steps.withdraw_step(by=by, step=s, withdrawal_reason="no_longer_needed"), "steps.answered", who=(DOOR, HUB),
        about="while it is accepted"),
    Two("steps.request_step_up", CASE, _ask(steps.request_step_up, "needs_not_met"), comes="steps.waiting", who=COLLEAGUES),
    Two("steps.accept_step_up", _latest, _accept(steps.accept_step_up), comes="steps.answered", who=SOCIAL_WORKERS),
    Two("steps.read_step_answer", _latest, lambda by, s: steps.read_step_answer(by=by, step=s), comes="done", who=(WORKER, WORKER),
        kept=lambda town, _: _latest(town).receipts.filter(of="answer").count() == 1),
    Two("steps.request_step_down", CASE, _ask(steps.request_step_down, "plan_ended"), comes="steps.waiting", who=SOCIAL_WORKERS),
    Two("steps.decline_step_down", _latest, _decline(steps.decline_step_down), comes="steps.answered", who=OFFICERS),
    Two("steps.accept_step_down", _latest, _accept(steps.accept_step_down), comes="steps.answered", who=OFFICERS, prepare=_down_again),
    Two("universal.withdraw_universal_activity", row("universal"),
        lambda by, a: universal.withdraw_universal_activity(by=by, activity=a, why="Twice"), comes="universal.withdrawn",
        who=(ASKER, ASKER)),
    Two("universal.correct_universal_activity", row("morning", "area"), _corrected("A good morning"), _corrected("A bad morning"),
        "universal.withdrawn", who=(ASKER, ASKER), prepare=_another_morning),
]  # fmt: skip
