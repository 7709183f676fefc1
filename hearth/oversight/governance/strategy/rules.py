"""Who keeps a strategy, says how its actions go and reports on it; and the sentence when not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.governance.reach import may_in
from hearth.oversight.governance.strategy.models import Strategy, StrategyAction
from hearth.oversight.governance.strategy.reach import KEEPS, SEES

LONGEST = dt.timedelta(days=3653)
NO_WORDS = Refusal("strategy.no_words", "Say it in words.")


def why_not_see(user: Any) -> Refusal | None:
    """Strategies: whoever sees them."""
    if user.may(SEES):
        return None
    return Refusal("strategy.may_not_see", "Your role does not include strategies. Ask the strategic lead.")


def why_not_keep_in(user: Any, area: Any) -> Refusal | None:
    """Starting one: whoever keeps strategies in that district; for the whole authority, whoever keeps them there."""
    if may_in(user, KEEPS, area):
        return None
    where = area.name if area is not None else "the whole authority"
    return Refusal("strategy.may_not_keep", f"You do not keep the strategy of {where}. Ask the strategic lead.")


def why_not_keep(user: Any, strategy: Strategy) -> Refusal | None:
    """Changing it, its priorities and actions, and reporting on it."""
    return why_not_keep_in(user, strategy.area)


def why_not_note(user: Any, action: StrategyAction) -> Refusal | None:
    """Progress and evidence: the action's owner, and whoever keeps the strategy."""
    if action.owner_id == user.id or may_in(user, KEEPS, action.priority.strategy.area):
        return None
    return Refusal(
        "strategy.not_yours",
        "Only the owner of this action and whoever keeps the strategy say how it goes. Ask one of them.",
    )


def why_not_this_strategy(title: str, what: str, from_on: dt.date, until_on: dt.date) -> Refusal | None:
    """It says what it is for, from when until when."""
    if not title.strip() or not what.strip():
        return Refusal("strategy.says_nothing", "Say what it is called, and what it is for.")
    if not dt.timedelta(0) < until_on - from_on <= LONGEST:
        return Refusal("strategy.days", "Enter a last day after the first, and within ten years of it.")
    return None


def why_not_this_action(strategy: Strategy, what: str, shows: str, owner: Any, due_on: dt.date) -> Refusal | None:
    """An action says what, who, by when, and what would show that it is done."""
    if not what.strip() or not shows.strip():
        return Refusal("strategy.action", "Say what will be done, and what would show that it is.")
    if owner is None or not owner.is_active or not owner.may(SEES):
        return Refusal("strategy.owner", "Choose somebody who sees strategies as its owner.")
    if not strategy.from_on <= due_on <= strategy.until_on:
        return Refusal(
            "strategy.action_day",
            f"Enter a day of the strategy: {strategy.from_on:%d/%m/%Y} to {strategy.until_on:%d/%m/%Y}.",
        )
    return None


def why_not_this_progress(stands: str, words: str) -> Refusal | None:
    """A word of the pack, and why."""
    found = find(pack().governance.standings, stands)
    if found is None or found.retired:
        return Refusal("strategy.stands", "Choose how it stands.")
    return None if words.strip() else NO_WORDS


def why_not_report(user: Any, strategy: Strategy, actions: int) -> Refusal | None:
    """A report is of something."""
    refusal = why_not_keep(user, strategy)
    if refusal is None and not actions:
        return Refusal(
            "strategy.nothing_to_report", "There is nothing to report on yet. Add priorities, and actions to them."
        )
    return refusal


def is_late(due_on: dt.date, done: bool) -> bool:
    """Whether an action's day has passed and it is not done."""
    return not done and due_on < clock.today()
