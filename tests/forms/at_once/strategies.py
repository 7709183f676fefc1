"""A strategy and its actions: what two change at once."""

from typing import Any

from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.strategy import actions
from tests.forms.at_once import Two, row

LEADS = ("strategic_lead", "strategic_lead")


def _change(words: str) -> Any:
    def change(by: Any, strategy: Any) -> Any:
        typed = {name: getattr(strategy, name) for name in actions.SAID} | {"what": words}
        return actions.change_strategy(by=by, strategy=strategy, seen=seen_in(strategy, actions.SAID), **typed)

    return change


def _change_action(words: str) -> Any:
    def change(by: Any, planned: Any) -> Any:
        typed = {name: getattr(planned, name) for name in actions.PLANNED} | {"what": words}
        return actions.change_strategy_action(by=by, planned=planned, seen=seen_in(planned, actions.PLANNED), **typed)

    return change


TABLE = [
    Two("strategy.change_strategy", row("strategy", "area"), _change("One"), _change("Another"), "conflict", who=LEADS),
    Two("strategy.change_strategy_action", row("strategy_action", "priority__strategy__area", "owner"), _change_action("One"),
        _change_action("Another"), "conflict", who=LEADS),
]  # fmt: skip
