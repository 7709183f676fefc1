"""Needs recorded in the Ashworths' case, and a theme made of them."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.front_door.tests.conftest import ask, monday  # noqa: F401 - fixtures
from hearth.casework.panels.unmet.actions import record_unmet_need
from hearth.casework.panels.unmet.models import Theme, UnmetNeed
from hearth.casework.panels.unmet.themes.actions import start_theme

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
    """`met(need="housing")` records a need in the Ashworths' case, as the family worker."""

    def make(by: Any = None, **told: Any) -> UnmetNeed:
        by = by or cast.family_worker
        with as_(by):
            return record_unmet_need(by=by, **({"source": "case", "case": case} | TOLD | told))

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
