"""Needs recorded in the Ashworths' case, and a theme made of them."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.front_door.tests.conftest import ask, monday  # noqa: F401 - fixtures
from hearth.casework.panels.unmet.actions import record_unmet_need
from hearth.casework.panels.unmet.models import Theme, UnmetNeed
from hearth.casework.panels.unmet.themes.actions import add_theme_action, change_theme_action, start_theme
from hearth.foundation.core import clock

TOLD: dict[str, Any] = {
    "need": "speech_and_language",
    "age_band": "2_to_4",
    "reason": "waiting_list",
    "wait": "18_to_52_weeks",
    "instead": "Zzquilwords: the nursery does small groups",
    "looked_for": "Zzquilsought therapy",
}
DESCRIBED = {"title": "No speech therapy before school", "priority": "high", "analysis": "Waits have doubled."}


@pytest.fixture
def met(cast: Any, case: Any, as_: Any) -> Callable[..., UnmetNeed]:
    """`met(need="housing")` records a need in the Ashworths' case, as the family worker: each is another."""

    def make(by: Any = None, **told: Any) -> UnmetNeed:
        by = by or cast.family_worker
        with as_(by):
            return record_unmet_need(by=by, **({"source": "case", "case": case, "again": "another"} | TOLD | told))

    return make


@pytest.fixture
def need(met: Any) -> UnmetNeed:
    """A need that nobody could meet."""
    return met()


@pytest.fixture
def theme(cast: Any, need: UnmetNeed, area: Any, as_: Any) -> Theme:
    """The development officer's theme, with the need in it."""
    by = cast.development_officer
    with as_(by):
        return start_theme(by=by, area=area, needs=["speech_and_language"], **DESCRIBED)


@pytest.fixture
def asked(ask: Any) -> Any:  # noqa: F811
    """A request of the school's, which waits at the front door of the first district."""
    return ask()


def tried(by: Any, theme: Theme, as_: Any) -> Theme:
    """The action plan says what was tried, so that the theme can be escalated."""
    with as_(by):
        planned = add_theme_action(by=by, theme=theme, what="Ask the trust", who="Health", due_on=clock.today())
        change_theme_action(
            by=by,
            theme_action=planned,
            what=planned.what,
            who=planned.who,
            due_on=planned.due_on,
            progress="They have nobody.",
        )
    return theme


@pytest.fixture
def ready(theme: Theme, cast: Any, as_: Any) -> Theme:
    """The theme, with an action plan that says what was tried."""
    return tried(cast.development_officer, theme, as_)
