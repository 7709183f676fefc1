"""Give a theme of unmet need its answer, and cite what is bought for it."""

from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.themes.actions import answer_theme
from hearth.commissioning.needs.actions import cite_in_answer
from hearth.commissioning.needs.models import Intention
from hearth.foundation.audit.actions import action, record


@action
def answer_with_intention(*, by: Any, theme: Theme, answer: str, intention: Intention) -> Theme:
    """The answer goes to everybody who recorded a need in the theme; with it they see what becomes of the intention."""
    answered = answer_theme(by=by, theme=theme, answer=answer)
    cite_in_answer(by=by, theme=answered, intention=intention)
    record("desk.theme_answered_with_intention", subject=theme, intention=intention.reference)
    return answered
