"""Needs that nobody could meet, and themes in every state; a restricted family has one too, that no theme may show."""

from typing import Any

from hearth.casework.panels.unmet.actions import record_unmet_need
from hearth.casework.panels.unmet.themes.actions import (
    add_theme_action,
    answer_theme,
    change_theme_action,
    escalate_theme,
    start_theme,
)
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.security.hostile.words import OPEN, RESTRICTED


def record(world: Any, planted: Any, need: str, stem: str = OPEN) -> Any:
    """One more need of that kind, in the family's case."""
    worker = world.cast.family_worker
    with acting_as(worker):
        return record_unmet_need(
            by=worker, source="case", case=planted.case, need=need, age_band="5_to_10", reason="no_service", wait="not_known",
            looked_for=f"{stem}planned help", instead=f"{stem}planned something else", again="another",
        )  # fmt: skip


def start(world: Any, title: str, *needs: str) -> Any:
    """A theme of the district, with the needs of these kinds that wait."""
    by = world.cast.development_officer
    with acting_as(by):
        return start_theme(by=by, area=world.area, title=title, priority="high", needs=needs, analysis="They show it.")


def answered(world: Any, theme: Any) -> Any:
    """The sub-group found a way itself."""
    by = world.cast.development_officer
    with acting_as(by):
        return answer_theme(by=by, theme=theme, answer="It starts in April.")


def plant(world: Any) -> None:
    """Needs that wait, are worked and are answered; themes at each stage."""
    working, more, by = world.families["working"], world.more, world.cast.development_officer
    working.unmet_in, working.unmet_answered = record(world, working, "transport"), record(world, working, "money")
    more.theme = start(world, "Nobody gets there", "transport")
    more.theme_asked, more.theme_done = (
        start(world, "No mentors", "mentoring"),
        start(world, "No childcare", "childcare"),
    )
    more.theme_answered = answered(world, start(world, "Debts", "money"))
    answered(world, more.theme_done)
    with acting_as(by):
        for theme in (more.theme, more.theme_asked):
            told: dict[str, Any] = {"what": "Ask the bus company", "who": "The district", "due_on": clock.today()}
            planned = add_theme_action(by=by, theme=theme, **told)
            change_theme_action(by=by, theme_action=planned, **told, progress="They have none.")
        escalate_theme(by=by, theme=more.theme_asked, words="We found none.")
    working.unmet = record(world, working, "housing")
    world.families["restricted"].unmet = record(world, world.families["restricted"], "school", RESTRICTED)
