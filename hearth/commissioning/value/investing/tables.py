"""Money invested to save as tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import rules, shipped
from hearth.commissioning.value.investing import counting, projecting, queries
from hearth.commissioning.value.queries import index_held
from hearth.commissioning.value.working import discount_factor
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
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


def care_days(reader: Any, reference: str) -> Sheet:
    """Days in care of an investment: what was recorded, and what Hearth counts."""
    found = queries.investment_of(reader, reference)
    ours = counting.counted_days(reader, found)
    rows: list[list[Cell]] = [
        ["Recorded", row.from_on.isoformat(), row.until_on.isoformat(), row.children, row.child_days, row.care_days,
         row.as_at.isoformat() if row.as_at else "", row.source]
        for row in found.counted
    ]  # fmt: skip
    as_at = ours.as_at.isoformat() if ours.as_at else ""
    for each in ours.quarters:
        days: list[Cell] = (
            [each.children or 0, each.child_days or 0, each.care_days or 0] if not each.why_not else ["", "", ""]
        )
        rows.append(
            ["Counted by Hearth", each.from_on.isoformat(), each.until_on.isoformat(), *days, as_at, each.why_not]
        )
    if ours.why_not:
        rows.append(["Counted by Hearth", "", "", "", "", "", "", ours.why_not])
    return Sheet(
        "Days in care",
        f"{found.name}. Recorded: what is due rests on this. Counted by Hearth: {counting.DEFINED}",
        ("What", "From", "Until", "Children", "Days", "Days in care", "As at", "Source, or why not known"),
        rows,
    )


def essex(reader: Any, reference: str) -> Sheet:
    """The published bond, case by case, as this model works it out."""
    refuse(rules.why_not_see_value(reader))
    row = queries.essex()
    came = queries.projection(row, shipped.deflator())
    rows: list[list[Cell]] = [
        [
            words, found.share, found.whole_days, amount(found.paid), found.multiple, amount(found.saved), amount(found.cashable),
            amount(found.net),
        ]
        for words, found in came.cases
    ]  # fmt: skip
    return Sheet(
        "Essex edge of care",
        f"Pounds in prices of {row.in_prices}. {shipped.essex()['publication']}. {row.words} Share: of days in care. Cashable: what leaves the "
        "council's budgets. Left: that less what is paid.",
        ("Case", "Share", "Days saved", "Paid to investors", "For each pound", "Would have cost", "Cashable", "Left"),
        rows,
    )


TABLES: dict[str, Callable[[Any, str], Sheet]] = {
    "investments": investments, "years": years, "draws": draws, "care_days": care_days, "essex": essex,
}  # fmt: skip
