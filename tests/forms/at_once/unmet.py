"""Unmet needs and their themes: taken back, gathered, described, escalated, answered and closed by two at once."""

from typing import Any

from hearth.casework.panels.unmet import actions as needs
from hearth.casework.panels.unmet.models import ThemeAction, UnmetNeed
from hearth.casework.panels.unmet.themes import actions
from hearth.foundation.core.seen import seen_in
from tests.forms.at_once import Two, fresh, row

WORKER, DISTRICT, COORDINATOR, LEAD, BOARD = (
    "family_worker", "development_officer", "panel_coordinator", "strategic_lead", "board_member",
)  # fmt: skip
WORKERS, SUB_GROUP = (WORKER, WORKER), (DISTRICT, COORDINATOR)
DESCRIBED, PLANNED = ("title", "priority", "analysis"), ("what", "who", "due_on", "progress", "done_on")
IN_THEME = row("working.unmet_in", "theme__area")


def _describe(title: str) -> Any:
    return lambda by, theme: actions.describe_theme(
        by=by, theme=theme, title=title, priority="low", analysis="More", seen=seen_in(theme, DESCRIBED)
    )


def _planned(town: Any) -> ThemeAction:
    return ThemeAction.objects.select_related("theme__area").get(theme=town.find("theme"), number=1)


def _change(progress: str) -> Any:
    def change(by: Any, planned: ThemeAction) -> Any:
        seen = seen_in(planned, PLANNED)
        typed = {name: getattr(planned, name) for name in PLANNED} | {"progress": progress}
        return actions.change_theme_action(by=by, theme_action=planned, **typed, seen=seen)

    return change


TABLE = [
    Two("unmet.withdraw_unmet_need", row("working.unmet", "area"), lambda by, n: needs.withdraw_unmet_need(by=by, need=n, why="Twice"),
        comes="unmet.withdrawn", who=WORKERS),
    Two("unmet.read_unmet_answer", row("working.unmet_answered", "theme"), lambda by, n: needs.read_unmet_answer(by=by, need=n),
        comes="done", who=WORKERS, kept=lambda town, _: not fresh(town.find("working.unmet_answered"), "theme").answer_is_news),
    Two("unmet.describe_theme", row("theme", "area"), _describe("One title"), _describe("Another title"), "conflict", who=SUB_GROUP),
    Two("unmet.change_theme_action", _planned, _change("It goes"), _change("It does not"), "conflict", who=SUB_GROUP),
    Two("unmet.take_out_need", IN_THEME, lambda by, n: actions.take_out_need(by=by, need=n), comes="unmet.in_no_theme", who=SUB_GROUP),
    Two("unmet.gather_needs", row("theme", "area"), lambda by, t: actions.gather_needs(by=by, theme=t, needs=["transport"]), comes="done",
        who=SUB_GROUP, kept=lambda town, _: UnmetNeed.objects.filter(theme=town.find("theme")).count() == 1),
    Two("unmet.escalate_theme", row("theme", "area"), lambda by, t: actions.escalate_theme(by=by, theme=t, words="We cannot"),
        comes="unmet.another_level", who=SUB_GROUP),
    Two("unmet.answer_theme", row("theme_asked", "area"), lambda by, t: actions.answer_theme(by=by, theme=t, answer="Yes"),
        comes="unmet.answered_already", who=(LEAD, BOARD)),
    Two("unmet.resume_theme", row("theme_answered", "area"), lambda by, t: actions.resume_theme(by=by, theme=t, words="Not enough"),
        comes="unmet.not_answered", who=SUB_GROUP),
    Two("unmet.close_theme", row("theme_done", "area"), lambda by, t: actions.close_theme(by=by, theme=t), comes="unmet.theme_closed",
        who=SUB_GROUP),
]  # fmt: skip
