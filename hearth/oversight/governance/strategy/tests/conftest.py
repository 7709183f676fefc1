"""The strategy of the whole authority: a priority, and an action of the development officer's. The strategic lead keeps it."""

from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.oversight.governance.risks.tests.conftest import ahead
from hearth.oversight.governance.strategy import actions
from hearth.oversight.governance.strategy.models import Strategy, StrategyAction, StrategyPriority


@pytest.fixture
def strategy(cast: Any, as_: Any) -> Strategy:
    """For a year."""
    by = cast.strategic_lead
    with as_(by):
        return actions.start_strategy(
            by=by, title="Early help", what="Help sooner.", from_on=clock.today(), until_on=ahead(365)
        )


@pytest.fixture
def priority(strategy: Strategy, cast: Any, as_: Any) -> StrategyPriority:
    """Its first."""
    with as_(cast.strategic_lead):
        return actions.add_priority(by=cast.strategic_lead, strategy=strategy, title="An effective workforce")


@pytest.fixture
def planned(priority: StrategyPriority, cast: Any, as_: Any) -> StrategyAction:
    """What is done for it."""
    by = cast.strategic_lead
    with as_(by):
        return actions.add_strategy_action(
            by=by, priority=priority, what="Train everybody", shows="All in post", owner=cast.development_officer, due_on=ahead(30)
        )  # fmt: skip
