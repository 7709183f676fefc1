"""Money invested to save as tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hearth.commissioning.value.investing import projecting, queries
from hearth.commissioning.value.queries import index_held
from hearth.commissioning.value.working import discount_factor
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount

PLACES = Decimal("0.000001")


def investments(reader: Any, reference: str) -> Sheet:
    """Each investment, and what is expected of it."""
    index, rows = index_held(reader), []
    for row in queries.investments(reader):
        came = queries.projection(row, index, row.counted)
        figures: list[Cell] = ["", "", "", "", came.refusal.sentence if came.refusal else ""]
        if came.refusal is None:
            found = came.expected
            figures = [found.multiple, amount(found.paid), amount(found.cashable), amount(found.net), ""]
        rows.append(
            [row.name, row.of, row.where, row.begins_on.isoformat(), amount(row.invested_pence), amount(row.cap_pence), row.in_prices,
             *figures, "counted so far" if row.counted else "as planned", row.reference]
        )  # fmt: skip
    return Sheet(
        "Investments to save",
        "Pounds. For each pound: what investors are paid for each pound that they put in. Cashable: what leaves the council's budgets. Left: "
        "that less what is paid. Rests on: what was planned, or days in care that were counted since. "
        f"Index: {index.source}. As at {clock.today():%d/%m/%Y}.",
        ("Investment", "Reference elsewhere", "District", "First day", "Money in", "Cap", "Prices of", "For each pound", "Paid", "Cashable",
         "Left", "Not added because", "Rests on", "Reference"),
        rows,
    )  # fmt: skip


def years(reader: Any, reference: str) -> Sheet:
    """One investment, year by year."""
    found = queries.investment_of(reader, reference)
    came = queries.projection(found, index_held(reader), found.counted)
    rows: list[list[Cell]] = []
    if came.refusal is None:
        rows = [
            [
                year.number, year.whole_days, amount(year.paid), amount(year.paid_together), amount(year.cashable), amount(year.net),
                discount_factor(year.number - 1).quantize(PLACES), amount(year.net_today),
            ]
            for year in came.years
        ]  # fmt: skip
    return Sheet(
        "Years of an investment",
        f"{found.name}. Pounds in prices of {found.in_prices}. Days saved: days in care that did not happen, against the baseline. Cashable: what "
        "leaves the council's budgets. Left: cashable less paid; discounted to the first year by the Green Book's rate.",
        ("Year", "Days saved", "Paid", "Paid so far", "Cashable", "Left", "Discount factor", "Left, discounted"),
        rows,
    )


def draws(reader: Any, reference: str) -> Sheet:
    """What the dice gave: the hundred points of the range."""
    found = queries.investment_of(reader, reference)
    came = queries.projection(found, index_held(reader), found.counted)
    rows: list[list[Cell]] = []
    if came.refusal is None:
        drawn = came.range
        rows = [[percent, drawn.multiple_at(percent), amount(drawn.net_at(percent))] for percent in range(1, 100)]
    return Sheet(
        "Range of an investment",
        f"{found.name}. Of {projecting.DRAWS} draws, so many of each hundred lie below this figure. For each pound: what investors are paid for "
        f"each pound they put in. Left: what leaves the council's budgets, less what is paid, in pounds. Seed {found.seed}.",
        ("Of a hundred", "For each pound", "Left"),
        rows,
    )


TABLES: dict[str, Callable[[Any, str], Sheet]] = {"investments": investments, "years": years, "draws": draws}
