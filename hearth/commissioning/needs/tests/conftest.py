"""An intention for the first district, a theme of unmet need there, and searches that found nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.front_door.tests.conftest import ask, monday  # noqa: F401 - fixtures
from hearth.casework.panels.unmet.tests.conftest import met, need, theme  # noqa: F401 - fixtures
from hearth.commissioning.needs import actions
from hearth.commissioning.needs.models import Intention
from hearth.foundation.core import clock
from hearth.records.directory.finding.counting import count_search

TOLD: dict[str, Any] = {
    "title": "Speech therapy before school", "needs": ["speech_and_language"], "what": "Two groups a week for 2 to 4 year olds.",
    "pence": 4_000_000,
}  # fmt: skip


def in_a_year() -> dt.date:
    """A day by which something may be meant to be bought."""
    return clock.today() + dt.timedelta(days=365)


def search(many: int, need: str = "speech_and_play", district: str = "burnley") -> None:  # noqa: F811
    """So many searches that found nothing."""
    for _ in range(many):
        count_search([need], district, "nothing", by_worker=False)


@pytest.fixture
def draft(cast: Any, area: Any, as_: Any) -> Callable[..., Intention]:
    """`draft(title="...")` drafts one for the first district, as the commissioner."""

    def make(by: Any = None, **told: Any) -> Intention:
        by = by or cast.commissioner
        with as_(by):
            said = {"area": area, "buy_by": in_a_year(), "owner": by} | TOLD | told
            return actions.draft_intention(by=by, **said)

    return make


@pytest.fixture
def intention(draft: Any) -> Intention:
    """One that is drafted."""
    return draft()


@pytest.fixture
def move(cast: Any, as_: Any) -> Callable[..., Intention]:
    """`move(intention, "agreed")`, as the commissioner."""

    def make(found: Intention, state: str, words: str = "The board agreed it") -> Intention:
        with as_(cast.commissioner):
            return actions.move_intention(by=cast.commissioner, intention=found, state=state, words=words)

    return make


@pytest.fixture
def agreed(intention: Intention, move: Any) -> Intention:
    """One that is agreed."""
    return move(intention, "agreed")
