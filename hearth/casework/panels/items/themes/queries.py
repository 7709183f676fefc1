"""Reads of themes that are brought to panels: the reader first, always through visible_to."""

from typing import Any

from django.db.models import Exists, OuterRef

from hearth.casework.panels.items.themes import rules
from hearth.casework.panels.models import Panel, PanelItem, PanelMeeting, PanelMember, Status
from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.reach import WORKS
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack

MEETINGS_OFFERED = 6


def themes_to_bring(reader: Any, panel: Panel) -> list[Theme]:
    """Themes of unmet need of the panel's area that are worked, which the reader may see: one query."""
    rows = Theme.objects.visible_to(reader).filter(state__in=rules.WORKED).select_related("area")
    return list(rows.filter(area__in=_areas(panel)).order_by("title", "reference"))


def _areas(panel: Panel) -> list[Any]:
    below = Area.objects.filter(parent=panel.area_id).values_list("pk", flat=True)
    return [panel.area_id, *below]


def meetings_to_bring_to(reader: Any, panel: Panel) -> list[PanelMeeting]:
    """The next meetings of a panel that somebody chairs and somebody coordinates: one query."""
    seats = PanelMember.objects.now().filter(panel=OuterRef("panel"))
    rows = PanelMeeting.objects.to_come().visible_to(reader).filter(
        Exists(seats.filter(is_chair=True)), Exists(seats.filter(place="coordinator")), panel=panel
    )  # fmt: skip
    return list(rows.select_related("panel").order_by("meets_on", "id")[:MEETINGS_OFFERED])


def asks_about_themes() -> list[tuple[str, str]]:
    """What a panel can be asked for about a theme."""
    return [(each.code, each.label) for each in pack().panels.asks_about("theme") if not each.retired]


def panels_of_theme(reader: Any, theme: Theme) -> list[PanelItem]:
    """Where a theme of unmet need was brought, the latest first, for the page of the theme: one query."""
    rows = PanelItem.objects.visible_to(reader).filter(theme=theme).exclude(status=Status.WITHDRAWN)
    return list(rows.select_related("panel", "meeting").order_by("-proposed_at"))


def panels_for_theme(reader: Any, theme: Theme) -> list[Panel]:
    """Panels of a theme's area, for whoever works it: those that discuss themes first. One query."""
    if not reader.may(WORKS, theme.area):
        return []
    rows = Panel.objects.visible_to(reader).filter(ended_at=None, area__in=[theme.area_id, theme.area.parent_id])
    found = list(rows.order_by("name"))
    of_themes = {each.code for each in pack().panels.kinds if each.discusses == "themes"}
    return sorted(found, key=lambda panel: panel.kind not in of_themes)


def may_bring_theme(reader: Any, panel: Panel) -> bool:
    """Whether the reader is offered to bring a theme."""
    return rules.why_not_bring_theme(reader, panel) is None
