"""What something was worth as tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import queries, shipped
from hearth.commissioning.value.working import CUTS, Case, discount_factor, uprated
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.foundation.ui.filters import day
from hearth.records.money.models.ledger import year_words
from hearth.records.money.tables import amount

CASES = (Case.LOW, Case.CENTRAL, Case.HIGH)
PLACES = Decimal("0.000001")


def _by(came: Any) -> str:
    if came.refusal is not None:
        return came.refusal.sentence
    return (
        f"Brought to one year's prices by: {came.index.source}."
        if came.uprated
        else "All values are in prices of one year: no index was needed."
    )


def returns(reader: Any, reference: str) -> Sheet:
    """Each valuation with what came of each pound."""
    index, rows = queries.index_held(reader), []
    for row in queries.valuations(reader):
        came = queries.came_to(row, index)
        figures: list[Cell] = ["", "", "", "", came.refusal.sentence if came.refusal else ""]
        if came.result is not None:
            figures = [amount(came.result.cost), *(came.result.for_each_pound(case) for case in CASES), ""]
        rows.append(
            [row.name, row.get_bought_display(), row.of, row.where, row.begins_on.isoformat(), row.ends_on.isoformat(), row.in_prices,
             *figures, row.reference]
        )  # fmt: skip
    return Sheet(
        "Social return",
        "Pounds. Cost: in prices of the year that the line names, with what is added for optimism. Cautious, central and hopeful: what came "
        "of each pound of cost, after deadweight, displacement, what is owed to others, optimism bias, drop-off and discounting by the Green "
        f"Book's falling rate. Index: {index.source}. As at {clock.today():%d/%m/%Y}.",
        ("What was bought", "Kind", "Reference elsewhere", "District", "First day", "Last day", "Prices of", "Cost", "Cautious", "Central",
         "Hopeful", "Not added because", "Reference"),
        rows,
    )  # fmt: skip


def outcomes(reader: Any, reference: str) -> Sheet:
    """Each outcome of one valuation, with every assumption and what it came to."""
    valuation = queries.valuation_of(reader, reference)
    came = queries.came_to(valuation, queries.index_held(reader))
    rows: list[list[Cell]] = []
    for outcome in came.outcomes:
        told, line = queries.told_of(outcome), came.by_outcome.get(outcome.pk)
        worth: list[Cell] = ["", "", "", ""]
        if line is not None:
            brought = uprated(told.pence, told.year, valuation.prices, came.index).quantize(Decimal("0.01"))
            worth = [(brought / 100).quantize(Decimal("0.0001")), *(amount(line.pence[case]) for case in CASES)]
        said: list[Cell] = [told.of(what, case) for what in (*CUTS, "drop_off", "lasts") for case in CASES]
        rows.append(
            [outcome.what, outcome.code, outcome.unit, outcome.number, amount(outcome.pence), outcome.in_year, *worth, *said, outcome.agency,
             outcome.value_source, outcome.number_source]
        )  # fmt: skip
    heads = [
        f"{what}, {case}"
        for what in ("Deadweight", "Displacement", "Owed to others", "Optimism bias", "Drop-off", "Years")
        for case in CASES
    ]
    return Sheet(
        "Outcomes",
        f"{valuation.name}. Pounds, and percentages. Each: what one is worth in prices of its own year. In prices of {valuation.in_prices}: the same "
        "uprated. Cautious, central and hopeful: what the outcome came to over the years it lasts, discounted to the first. "
        f"{_by(came)} As at {clock.today():%d/%m/%Y}.",
        ("Outcome", "Unit cost", "Unit", "Number", "Each", "Price year", f"Each in prices of {valuation.in_prices}", "Cautious", "Central",
         "Hopeful", *heads, "Whose money", "Source of the value", "Source of the number"),
        rows,
    )  # fmt: skip


def changes(reader: Any, reference: str) -> Sheet:
    """What one valuation came to after each change."""
    valuation = queries.valuation_of(reader, reference)
    rows: list[list[Cell]] = [
        [
            row.number, day(row.created_at), row.made_by.full_name, row.what, row.why,
            *(Decimal(row.came_to[case]) if case in row.came_to else "" for case in CASES), row.index,
        ]
        for row in queries.versions(reader, valuation=valuation)
    ]  # fmt: skip
    return Sheet(
        "Changes",
        f"{valuation.name}. One line for each change, the latest first: what was changed, why, and what came of each pound after it. Empty where "
        "values of different price years could not be added.",
        ("Version", "When", "By whom", "What", "Why", "Cautious", "Central", "Hopeful", "Index"),
        rows,
    )


def unit_costs(reader: Any, reference: str) -> Sheet:
    """The unit costs that are shipped."""
    queries.who_sees(reader)
    rows: list[list[Cell]] = [
        [cost.code, cost.words, cost.unit, amount(int(cost.pence)), cost.in_year, cost.agency, cost.not_offered]
        for cost in shipped.unit_costs().values()
    ]
    return Sheet(
        "Unit costs",
        f"Pounds, each in prices of its own year: never added before they are brought to one. {shipped.unit_costs_source()}.",
        ("Code", "What", "Unit", "Worth", "Price year", "Whose money", "Not offered because"),
        rows,
    )


def index(reader: Any, reference: str) -> Sheet:
    """The index that is used."""
    queries.who_sees(reader)
    found = queries.index_held(reader)
    rows: list[list[Cell]] = [[year_words(year), figure] for year, figure in sorted(found.figures.items())]
    return Sheet(
        "GDP deflator", f"{found.base}. {found.source}. {found.source.licence}", ("Financial year", "Index"), rows
    )


def factors(reader: Any, reference: str) -> Sheet:
    """Discount factors, worked out from the Green Book's rates."""
    queries.who_sees(reader)
    rows: list[list[Cell]] = [[year, discount_factor(year).quantize(PLACES)] for year in range(126)]
    return Sheet(
        "Discount factors",
        f"What a pound in that year is worth in year 0. {shipped.discount_source()}: each stretch of years has its own rate, and they multiply.",
        ("Year", "Factor"),
        rows,
    )


TABLES: dict[str, Callable[[Any, str], Sheet]] = {
    "returns": returns, "outcomes": outcomes, "changes": changes, "unit_costs": unit_costs, "index": index, "factors": factors,
}  # fmt: skip
