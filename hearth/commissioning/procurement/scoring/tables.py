"""Results of a tender, and the points they come from, as tables that can be taken away."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hearth.commissioning.procurement.models import Score
from hearth.commissioning.procurement.scoring import queries
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount


def _cell(value: Decimal | None) -> Cell:
    return "" if value is None else value


def results(reader: Any, tender: Any) -> Sheet:
    """Each bid with its points by criterion, its total and its place in its lot."""
    criteria = queries.criteria_of(tender)
    rows: list[list[Cell]] = [
        [
            lot.lot.number, lot.lot.name, each.bid.organisation.name, amount(each.bid.price_pence or 0),
            *(_cell(each.said(one.number)) for one in criteria),
            _cell(each.total), each.place or "",
        ]
        for lot in queries.results(reader, tender, criteria)
        for each in lot.results
    ]  # fmt: skip
    heads = [f"{one.name} ({one.weight // 100}.{one.weight % 100:02d}%)" for one in criteria]
    return Sheet(
        "Results",
        f"Tender {tender.reference}. Price in pounds. Points of 10, as the panel agreed on them; the price's follow from it: the lowest of a "
        "lot has 10, the others in proportion. Total: of 100, each criterion by its weight, worked out exactly and rounded once, a half up. "
        f"Place: in its lot, by the exact total. As at {clock.today():%d/%m/%Y}.",
        ("Lot", "Its name", "Bidder", "Price", *heads, "Total", "Place"),
        rows,
    )  # fmt: skip


def points(reader: Any, tender: Any) -> Sheet:
    """Each scorer's points, as far as the reader may see them."""
    found = Score.objects.visible_to(reader).filter(bid__tender=tender)
    found = found.select_related("bid__organisation", "bid__lot", "criterion", "scorer")
    rows: list[list[Cell]] = [
        [each.bid.lot.number, each.bid.organisation.name, each.criterion.name, each.scorer.full_name, each.points, each.words]
        for each in found.order_by("bid__lot__number", "bid__organisation__name", "criterion__number", "scorer__full_name", "pk")
    ]  # fmt: skip
    return Sheet(
        "Points",
        f"Tender {tender.reference}. The points of 10 that each scorer gave by themselves, before the panel compared them. "
        f"As at {clock.today():%d/%m/%Y}.",
        ("Lot", "Bidder", "Criterion", "Scorer", "Points", "Why"),
        rows,
    )


TABLES: dict[str, Callable[[Any, Any], Sheet]] = {"results": results, "points": points}
