"""How long an item took; and what a family's chronology tells of panels."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hearth.casework.panels.models import PanelItem, Status
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
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
