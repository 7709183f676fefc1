"""A strategy with a priority, an action that has progress and evidence, and a report to the board."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.strategy import actions


def plant(world: Any) -> None:
    """One of each, of the whole authority."""
    more, by, today = world.more, world.cast.strategic_lead, clock.today()
    with acting_as(by):
        more.strategy = actions.start_strategy(
            by=by, title="Planned", what="Planned", from_on=today, until_on=today + dt.timedelta(days=90)
        )
        more.strategy_priority = actions.add_priority(by=by, strategy=more.strategy, title="Planned")
        more.strategy_action = actions.add_strategy_action(
            by=by, priority=more.strategy_priority, what="Planned", shows="Planned", owner=by, due_on=today
        )
        actions.note_strategy_progress(by=by, planned=more.strategy_action, stands="as_planned", words="Planned")
        actions.add_strategy_evidence(by=by, planned=more.strategy_action, shown_by="words", words="Planned")
        more.strategy_report = actions.report_to_board(by=by, strategy=more.strategy, words="Planned")
