"""Who may bring a theme to a panel, and which; and the sentence when not."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from hearth.casework.panels.items.rules import why_not_that_meeting, why_not_what
from hearth.casework.panels.models import Panel, PanelItem, PanelMeeting, PanelMember, Status
from hearth.casework.panels.rules import member_of
from hearth.casework.panels.unmet.models import Theme, ThemeState
from hearth.casework.panels.unmet.reach import WORKS, theme_areas
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.unnamed import why_not_unnamed

WORKED = (ThemeState.WORKING, ThemeState.ESCALATED)  # themes of unmet need that can be brought


def works_themes_for(user: Any, panel: Panel) -> bool:
    """Whether somebody works themes in the panel's area, or in a district of it."""
    if not user.may(WORKS):
        return False
    of_it = Q(pk=panel.area_id) | Q(parent=panel.area_id)
    return Area.objects.filter(of_it, pk__one_of=theme_areas(user, WORKS)).exists()


def why_not_bring_theme(user: Any, panel: Panel) -> Refusal | None:
    """Bringing a theme: whoever sits on the panel, or works the themes of its area."""
    if panel.ended_at is not None:
        return Refusal("panels.ended", f"{panel.name} has ended. Nothing of it can be changed.")
    if member_of(user, panel) is not None or works_themes_for(user, panel):
        return None
    return Refusal(
        "panels.no_theme_of_yours",
        f"A theme is brought by who sits on {panel.name} or works the themes of its area. Ask its coordinator to bring it.",
    )


def why_not_this_theme(
    user: Any, meeting: PanelMeeting, ask: str, themes: Iterable[str], title: str, words: str
) -> Refusal | None:
    """To a meeting to come of a panel that somebody runs; for something, about something, in words that name nobody."""
    refusal = why_not_that_meeting(meeting) or why_nobody_runs(meeting.panel)
    if refusal is None and not title.strip():
        return Refusal("panels.title", "Say in a line what the theme is.")
    return refusal or why_not_what(ask, themes, words, of_family=False) or why_not_unnamed(user, title, words)


def why_nobody_runs(panel: Panel) -> Refusal | None:
    """It has a chair and a coordinator: nothing is brought to a panel that nobody prepares."""
    seats = list(PanelMember.objects.now().filter(panel=panel))
    if any(seat.is_chair for seat in seats) and any(seat.place == "coordinator" for seat in seats):
        return None
    return Refusal("panels.nobody_runs_it", f"{panel.name} has no chair or no coordinator now. Ask for one first.")


def why_not_of_unmet_need(panel: Panel, theme: Theme | None) -> Refusal | None:
    """The theme of unmet need that it is: of the panel's area, still worked, and on one of its lists at a time."""
    if theme is None:
        return None
    if panel.area_id not in (theme.area_id, theme.area.parent_id):
        return Refusal(
            "panels.theme_elsewhere", f"{theme.title} is a theme of {theme.area.name}. Choose another panel."
        )
    if theme.state not in WORKED:
        return Refusal("panels.theme_answered", f"{theme.title} has its answer. Work on it again before you bring it.")
    if PanelItem.objects.filter(panel=panel, theme=theme, status=Status.PROPOSED).exists():
        return Refusal("panels.brought_already", f"This theme is on a list of {panel.name} already.")
    return None
