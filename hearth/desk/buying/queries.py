"""What is bought where a panel decided it."""

from dataclasses import dataclass
from typing import Any

from hearth.casework.panels.models import PanelDecision, PanelItem
from hearth.desk.buying import rules
from hearth.records.money.models import Purchase, PurchaseWords
from hearth.records.money.purchases.queries import purchases_from


@dataclass(frozen=True)
class Buying:
    """What was asked for because of a panel's decision, and whether the reader is offered to ask."""

    rows: list[Purchase]
    may_ask: bool


def buying_of_item(reader: Any, item: PanelItem) -> Buying:
    """For the page of an item: two queries for a family's, none for a theme's."""
    if item.family_id is None:
        return Buying([], False)
    rows = purchases_from(reader, item.family_id, PurchaseWords.Source.PANEL, item.reference)
    return Buying(rows, rules.why_not_ask_from_panel(reader, item) is None)


def decided_of(reader: Any, item: PanelItem) -> PanelDecision | None:
    """The panel's latest decision to buy something."""
    rows = PanelDecision.objects.visible_to(reader).filter(item=item, kind=rules.DECIDED, withdrawn_at=None)
    return rows.order_by("-decided_at").first()
