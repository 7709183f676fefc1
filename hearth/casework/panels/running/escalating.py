"""Reads of themes of unmet need that a panel decided to escalate: where they are, and which wait for somebody to do it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from hearth.casework.panels.models import PanelDecision, PanelItem
from hearth.casework.panels.running import rules
from hearth.casework.panels.unmet.models import Theme, ThemeMove, ThemeState
from hearth.casework.panels.unmet.reach import WORKS, theme_areas
from hearth.casework.panels.unmet.themes.queries import next_asked
from hearth.casework.panels.unmet.themes.rules import NOT_READY, level_name, why_not_escalate
from hearth.foundation.core.text import upper_first
from hearth.foundation.ui.filters import day

BEGINS_ANEW = (ThemeMove.Kind.STARTED, ThemeMove.Kind.ESCALATED, ThemeMove.Kind.RESUMED)


@dataclass(frozen=True)
class Escalation:
    """Where a theme is that a panel decided to escalate: in words, and where the reader escalates it."""

    said: str
    url: str = ""
    link: str = "Escalate it"


def escalation_of(reader: Any, item: PanelItem) -> Escalation | None:
    """Of an item that is a theme of unmet need, whose actions were read before."""
    if item.theme_id is None:
        return None
    theme = item.theme
    if theme is None:  # whoever may not read it knows whom to ask
        return Escalation(f"Whoever works the themes of {item.panel.area.name} escalates it. Ask the coordinator.")
    if not theme.is_worked:
        return Escalation(_where(theme))
    refusal = why_not_escalate(reader, theme)
    if refusal is None:
        return Escalation("It is not escalated yet.", url=reverse("escalate_theme", args=[theme.reference]))
    if refusal.code == NOT_READY:
        said = f"It is not escalated yet. {refusal.sentence}"
        return Escalation(said, url=reverse("unmet_theme", args=[theme.reference]), link="The theme")
    return Escalation(f"It is not escalated yet. Ask whoever works the themes of {theme.area.name}.")


def _where(theme: Theme) -> str:
    if theme.state == ThemeState.ESCALATED:
        return f"{upper_first(level_name(theme))} is asked, and answers by {day(theme.due_on)}."
    return f"It was answered on {day(theme.answered_at)}." if theme.answered_at else ""


def said_of_escalating(reader: Any, item: PanelItem) -> str:
    """What deciding so does to the item's theme of unmet need, before it is decided."""
    if item.theme_id is None:
        return ""
    theme = item.theme
    if theme is not None and rules.why_not_escalate_too(reader, theme) is None:
        asked = next_asked(theme)
        if asked is not None:
            return f"The theme is escalated at once: {asked[0]} is asked, and answers by {day(asked[1])}. They read these words, so name nobody."
    if theme is not None and not theme.is_worked:
        return _where(theme)
    refusal = why_not_escalate(reader, theme) if theme is not None else None
    if refusal is not None and refusal.code == NOT_READY:
        return f"{refusal.sentence} Until then the decision waits, on the first page of those who work the theme."
    where = theme.area.name if theme is not None else item.panel.area.name
    return f"Whoever works the themes of {where} escalates it then. The coordinator finds it on their first page."


def said_of_decision(reader: Any, decision: PanelDecision) -> str:
    """What was done, once it is written down."""
    if decision.need_was_recorded:
        return "It is decided. This need was recorded already and is open, so the decision points at that one: it is not counted twice."
    key = decision.item.theme_id if decision.kind == rules.ESCALATE else None
    theme = Theme.objects.visible_to(reader).filter(pk=key).first() if key is not None else None
    if theme is not None and theme.state == ThemeState.ESCALATED:
        return f"It is decided, and the theme is escalated. {_where(theme)}"
    return "It is decided."


def to_escalate(reader: Any, theme: Theme | None = None) -> list[PanelDecision]:
    """Themes that a panel decided to escalate and that still wait for somebody who works them: one query.

    What was decided before the theme was last escalated or worked on again has been heard.
    """
    if not reader.may(WORKS):
        return []
    rows = PanelDecision.objects.visible_to(reader).filter(kind=rules.ESCALATE, withdrawn_at=None)
    rows = rows.filter(item__theme__state=ThemeState.WORKING, item__theme__area__one_of=theme_areas(reader, WORKS))
    rows = rows.filter(Q(item__theme=theme) if theme is not None else Q())
    last = Max("item__theme__moves__at", filter=Q(item__theme__moves__kind__in=BEGINS_ANEW))
    rows = rows.annotate(last=Coalesce(last, "item__theme__created_at")).filter(decided_at__gte=F("last"))
    return list(rows.select_related("item__theme__area", "item__panel", "meeting").order_by("-decided_at")[:10])
