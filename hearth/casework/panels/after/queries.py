"""How long an item took; and what a family's chronology tells of panels."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse

from hearth.casework.panels.models import Panel, PanelItem, Status
from hearth.casework.panels.unmet import words as unmet
from hearth.casework.panels.unmet.models import ThemeState
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import day
from hearth.records.people.timeline import Entry


@dataclass(frozen=True)
class Times:
    """How many days a family waited to be heard, and from then on for the first help; nothing where it waits still."""

    to_decision: int | None
    to_help: int | None


def times_of(item: PanelItem) -> Times:
    """From the day an item was brought to the decision, and from there to the first help."""
    heard_on = clock.in_london(item.heard_at).date() if item.heard_at is not None else None
    to_decision = (heard_on - clock.in_london(item.proposed_at).date()).days if heard_on else None
    to_help = (item.first_help_on - heard_on).days if heard_on and item.first_help_on else None
    return Times(to_decision, to_help)


@dataclass(frozen=True)
class Missing:
    """Something that a panel could not offer, without whose it is: what, why, and what became of it."""

    need: str
    reason: str
    recorded_on: dt.date
    became: str
    answer: str = ""


def could_not_offer(panel: Panel) -> list[Missing]:
    """What a panel could not offer, the latest first, for those who sit there; to anybody else nothing. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select need, reason, recorded_on, theme, state, level, due_on, answer, answered_at from hearth_panel_unmet(%s)",
            [panel.pk],
        )
        rows = cursor.fetchall()
    return [
        Missing(unmet.label("need", need), unmet.label("reason", reason), recorded_on, _became(*theme), theme[-2] or "")
        for need, reason, recorded_on, *theme in rows
    ]


def _became(theme: str | None, state: str | None, level: str, due_on: Any, answer: str, answered_at: Any) -> str:
    if theme is None:
        return "It waits for a theme."
    if state == ThemeState.ESCALATED:
        return f"{theme}: {unmet.level_words(level)} is asked, and answers by {day(due_on)}."
    if state in (ThemeState.ANSWERED, ThemeState.CLOSED):
        return f"{theme}: answered on {day(answered_at)}."
    return f"{theme}: {pack().unmet.sub_group} works on it."


def unread_themes(reader: Any) -> list[dict[str, Any]]:
    """Themes that the reader brought and a panel has answered, which they have still to read: the latest ten. One query.

    The answer about a family is due in its case.
    """
    rows = PanelItem.objects.filter(proposed_by=reader, family=None, status=Status.HEARD, answer_read_at=None)
    rows = rows.filter(meeting__minutes_approved_at__isnull=False)
    return list[Any](rows.order_by("-heard_at", "id").values("reference", "title")[:10])


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """What panels had to do with a family, for its chronology: one query."""
    rows = (
        PanelItem.objects.visible_to(reader).filter(family=family).select_related("panel", "proposed_by__organisation")
    )
    found: list[Entry] = []
    for item in rows:
        where = reverse("panel_item", args=[item.reference])
        asked = label_of(pack().panels.asks, item.ask)
        found.append(
            Entry(
                item.proposed_at, "Panel", f"Brought to {item.panel.name}: {asked}", item.proposed_by.full_name, where
            )
        )
        if item.status == Status.HEARD and item.heard_at is not None:
            found.append(Entry(item.heard_at, "Panel", f"Heard by {item.panel.name}", "", where))
    return found
