"""Families beside the others of a demonstration: some were handed to social care and back, and some are kept no longer.

Each has dice of its own, so that nothing that is told of the others hangs on them. Copies are made of none of them.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from hearth.casework.cases.models import Case
from hearth.casework.cases.steps import actions as steps
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.cases.steps.rules import StepBasis
from hearth.desk.stepping import packing
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.households import Household, invent_household
from hearth.invented.story import Place, Story, tell
from hearth.invented.words import THEMES
from hearth.oversight.governance.finding import find_due, years_after

OWNER = "owner"
TRAVELS = ("people", "request", "assessment", "plan", "chronology")
LONG_AGO = 3  # families whose records have passed their time
ENOUGH = 500  # households looked through for one that is grown up; a pack that keeps them very much longer has none
BEGAN = (11 * 365, 14 * 365)  # days ago that their requests were made


def tell_apart(cast: dict[str, Any], place: Place, seed: int, outward: str) -> None:
    """Tell all of them, in one district, and list what has passed its time as the night would."""
    for name, (days, happens) in STEPS.items():
        dice = random.Random(f"{seed} apart {name}")
        begun = _worked(clock.today() - dt.timedelta(days=days))
        with clock.frozen(begun) as hands:
            household = invent_household(dice, begun, outward)
            story = Story(household, dice.choice(THEMES), place, dice, hands, "draft_plan")
            case = tell(story)
            if case is not None:
                happens(_Stepping(story, case, cast["safeguarding_hub_social_worker"]))
    _served_before(place)
    for number in range(LONG_AGO):
        _closed_long_ago(place, f"{seed} long ago {number}", outward)
    find_due(using=OWNER)


def _worked(day: dt.date) -> dt.date:
    """That day, or the last one before it on which the council worked."""
    while not clock.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


class _Stepping:
    """One family's steps: who asks, who answers, in which words."""

    def __init__(self, story: Story, case: Case, hub: Any) -> None:
        self.story, self.case, self.hub, self.lead = story, case, hub, story.place.worker

    def agreed(self) -> StepBasis:
        """Whoever may agree does, that day."""
        return StepBasis("consent", f"{self.story.say('{parent}')} said yes, at home.", agreed_on=clock.today())

    def _travels(self, by: Any) -> list[Any]:
        keys = [each.key for each in packing.choices(by, self.case) if each.key.partition(":")[0] in TRAVELS]
        return packing.build(by, self.case, keys)

    def up(self, reason: str, words: str) -> CareStep:
        """The lead practitioner asks social care to take the case."""
        with acting_as(self.lead):
            self.case.refresh_from_db()
            return steps.request_step_up(by=self.lead, case=self.case, reason=reason, words=self.story.say(words),
                                         basis=self.agreed(), items=self._travels(self.lead))  # fmt: skip

    def taken(self) -> None:
        """Social care takes it a day later."""
        step = self.up(
            "needs_not_met", "It has become harder since the plan was written: {child} is alone most evenings."
        )
        self.story.pass_days(1, 1)
        with acting_as(self.hub):
            steps.accept_step_up(
                by=self.hub, step=step, basis=self.agreed(), answer="A social worker visits this week."
            )
        with acting_as(self.lead):
            steps.read_step_answer(by=self.lead, step=step)

    def down(self) -> CareStep:
        """Social care hands it back, with what was done."""
        with acting_as(self.hub):
            self.case.refresh_from_db()
            told = packing.summary("What social care hands over", [
                ("What was done", self.story.say("An assessment, and a plan of ten weeks. {child} is not left alone any more.")),
                ("What is left", "Help with evenings and with money."),
            ])  # fmt: skip
            return steps.request_step_down(
                by=self.hub, case=self.case, reason="plan_ended", words="Please go on with the plan you had.",
                basis=self.agreed(), items=[told, *self._travels(self.hub)],
            )  # fmt: skip

    def today(self) -> None:
        """What follows was asked on the last day that was worked, so that it waits now."""
        day = _worked(dt.datetime.now(clock.LONDON).date() - dt.timedelta(days=1))  # noqa: TID251 - the real end of every story
        self.story.hands.set(dt.datetime.combine(day, dt.time(self.story.dice.randint(10, 15))))


def _asked(family: _Stepping) -> None:
    family.today()
    family.up(
        "edge_of_care",
        "{parent} says that they cannot go on, and asks whether {child} could live elsewhere for a while.",
    )


def _declined(family: _Stepping) -> None:
    step = family.up(
        "child_in_need", "{child} has fallen behind, and health appointments are missed. We cannot do it alone."
    )
    family.story.pass_days(1, 1)
    with acting_as(family.hub):
        steps.decline_step_up(
            by=family.hub, step=step, decline_reason="threshold_not_met",
            answer="Go on with your plan, with the school nurse in it. Ask again if two more appointments are missed.",
        )  # fmt: skip
    family.story.pass_days(1, 2)
    with acting_as(family.lead):
        steps.read_step_answer(by=family.lead, step=step)


def _accepted(family: _Stepping) -> None:
    family.taken()


def _handed_back(family: _Stepping) -> None:
    family.taken()
    family.today()
    family.down()


def _taken_back(family: _Stepping) -> None:
    family.taken()
    family.story.pass_days(60, 75)
    step, officer = family.down(), family.story.place.front_door
    family.story.pass_days(1, 2)
    with acting_as(officer):
        steps.accept_step_down(
            by=officer, step=step, basis=family.agreed(), answer="The same lead practitioner goes on."
        )


def _not_taken_back(family: _Stepping) -> None:
    family.taken()
    family.story.pass_days(60, 75)
    step, officer = family.down(), family.story.place.front_door
    family.story.pass_days(1, 2)
    with acting_as(officer):
        steps.decline_step_down(
            by=officer, step=step, decline_reason="not_ready",
            answer="Your plan has a visit left. Hand it back when that is done, and come to our meeting with the family.",
        )  # fmt: skip


# Each with how many days ago its request was made.
STEPS: dict[str, tuple[int, Callable[[_Stepping], None]]] = {
    "asked": (75, _asked), "declined": (70, _declined), "accepted": (90, _accepted), "handed_back": (160, _handed_back),
    "taken_back": (190, _taken_back), "not_taken_back": (175, _not_taken_back),
}  # fmt: skip


def _served_before(place: Place) -> None:
    """Those who worked with these families had the same role before the one they hold now."""
    for user in (place.front_door, place.manager, place.worker, *place.askers):
        now = user.appointments_now()[0]
        Appointment(
            user=user, role=now.role, area=now.area, team=now.team, until_on=now.from_on - dt.timedelta(days=1),
            from_on=clock.today() - dt.timedelta(days=BEGAN[1] + 365),
        ).save(using=OWNER, force_insert=True)  # fmt: skip


def _closed_long_ago(place: Place, seed: str, outward: str) -> None:
    """A family whose youngest child is grown up so long that the practice pack keeps it no more."""
    dice = random.Random(seed)
    begun = _worked(clock.today() - dt.timedelta(days=dice.randint(*BEGAN)))
    if place.area.goes_live_on is not None and begun < place.area.goes_live_on:
        return  # nobody could ask there so long ago
    invented = (invent_household(dice, begun, outward) for _ in range(ENOUGH))
    household = next(filter(_is_kept_no_more, invented), None)
    if household is not None:
        with clock.frozen(begun) as hands:
            tell(Story(household, dice.choice(THEMES), place, dice, hands, "closed"))


def _is_kept_no_more(household: Household) -> bool:
    rule = pack().retention.rule("person")
    born = [child.born_on for child in household.children]
    return rule is not None and all(day is not None and years_after(day, rule.years) < clock.today() for day in born)
