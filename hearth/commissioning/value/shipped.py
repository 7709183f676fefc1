"""Figures that the product ships, each with where it is from: unit costs, the deflator, discount rates, additionality, and what was published."""

import csv
import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hearth.records.money.models.ledger import year_words

DATA = Path(__file__).parent / "data"
ONCE_ONLY = ("over a 25 year period", "lifetime")  # units of values that count several years already
EARLIEST_YEAR = 1955


@dataclass(frozen=True)
class Source:
    """Where a table is from, as a page says it."""

    name: str
    publication: str
    publisher: str
    published_on: str
    note: str = ""
    url: str = ""
    licence: str = ""

    def __str__(self) -> str:
        return f"{self.publication}, {self.publisher}, {self.published_on}"


@dataclass(frozen=True)
class UnitCost:
    """What one outcome is worth, in prices of its own year."""

    code: str
    words: str
    unit: str
    pence: Decimal
    year: int
    agency: str
    not_offered: str = ""

    @property
    def is_once(self) -> bool:
        """Whether it counts several years already, so that it cannot last for more than one."""
        return any(words in self.unit.lower() for words in ONCE_ONLY)

    @property
    def in_year(self) -> str:
        """Its price year in words."""
        return year_words(self.year)


@dataclass(frozen=True)
class Index:
    """A table of the deflator: its figure for each financial year, by the year in which that begins."""

    source: Source
    base: str
    figures: dict[int, Decimal]

    @property
    def first(self) -> int:
        """The first financial year it has."""
        return min(self.figures)

    @property
    def last(self) -> int:
        """The last."""
        return max(self.figures)

    @property
    def span(self) -> str:
        """From which year to which."""
        return f"{year_words(self.first)} to {year_words(self.last)}"


@dataclass(frozen=True)
class Step:
    """A rate of discount, from one year to another; the last has no end."""

    years_from: int
    years_to: int | None
    rate: Decimal


@dataclass(frozen=True)
class Grade:
    """How good the evidence is, and by how much a result from it is cut."""

    grade: str
    words: str
    percent: Decimal


def read_year(text: str) -> int | None:
    """The year in which a financial year begins: 2013 of 2013/14 and of 2013-14; nothing where it is none."""
    first, _, second = text.strip().replace("-", "/").partition("/")
    if not (first.isascii() and first.isdigit() and len(first) == 4 and second.isascii() and second.isdigit()):
        return None
    begins = int(first)
    return begins if int(second) % 100 == (begins + 1) % 100 and len(second) in (2, 4) else None


def _year(text: str) -> int:
    found = read_year(text)
    if found is None:
        raise ValueError(f"{text!r} is no financial year.")
    return found


@cache
def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(), parse_float=Decimal)


def _source(told: dict[str, Any]) -> Source:
    return Source(
        told["name"], told["publication"], told.get("publisher", ""), str(told.get("published_on", "")), told.get("note", ""),
        told.get("url", ""), told.get("licence", ""),
    )  # fmt: skip


@cache
def unit_costs() -> dict[str, UnitCost]:
    """Every unit cost, by its code, in the table's order."""
    doubtful = _json("unit_costs.json")["not_offered"]
    with (DATA / "unit_costs.csv").open(newline="") as file:
        return {
            row["code"]: UnitCost(
                row["code"], row["description"], row["unit"], Decimal(row["cost_gbp"]) * 100, _year(row["price_year"]),
                row["agency"].replace("Local authority", "Local Authority"), doubtful.get(row["code"], ""),
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


def unit_costs_source() -> Source:
    """Where they are from."""
    return _source(_json("unit_costs.json"))


@cache
def deflator() -> Index:
    """The deflator that is shipped."""
    told = _json("gdp_deflator.json")
    with (DATA / "gdp_deflator.csv").open(newline="") as file:
        figures = {_year(row["year"]): Decimal(row["index"]) for row in csv.DictReader(file)}
    return Index(_source(told), told["base"], figures)


def deflator_published_on() -> dt.date:
    """The day on which the shipped deflator was published."""
    return dt.date.fromisoformat(deflator().source.published_on)


@cache
def discount_steps() -> tuple[Step, ...]:
    """The Green Book's falling rate."""
    return tuple(
        Step(each["years_from"], each["years_to"], each["rate"]) for each in _json("discount_rates.json")["schedule"]
    )


def _of_file(name: str) -> Source:
    told = _json(name)
    source = told["source"]
    return Source(told["label"], source["publication"], source["publisher"], str(source["date"]), url=source["url"])


def discount_source() -> Source:
    """Where the rates are from."""
    return _of_file("discount_rates.json")


def additionality_source() -> Source:
    """Where deadweight and displacement are from."""
    return _of_file("additionality.json")


def cost_bias_source() -> Source:
    """Where the upper bounds of what building and computing cost are from."""
    return _of_file("optimism_bias.json")


def cost_bias() -> list[tuple[str, Decimal]]:
    """By how much, in per cent, projects of each kind may cost more than was said at their first outline."""
    return [(each["label"], each["capex"]["soc"] * 100) for each in _json("optimism_bias.json")["matrix"].values()]


@cache
def grades() -> tuple[Grade, ...]:
    """How good evidence can be, the best first."""
    return tuple(
        Grade(each["grade"], each["words"], Decimal(each["percent"]))
        for each in _json("evidence_grades.json")["grades"]
    )


def grades_source() -> Source:
    """Where the cut for each grade is from."""
    return _source(_json("evidence_grades.json"))


# As they stand beside each assumption; the whole of them is on the page that says what the figures rest on.
GUIDE = "Additionality Guide, 4th edition, 2014"
GRADED = "New Economy's cost benefit tool: evidence of grade"
SECTORS = {
    "standard": "Several kinds, or none of these",
    "employment_and_skills": "Work and skills",
    "crime_and_justice": "Crime and justice",
    "health_and_wellbeing": "Health and wellbeing",
    "education": "Education",
    "housing_and_homelessness": "Housing and homelessness",
}


def additionality(sector: str, what: str) -> tuple[Decimal, Decimal, Decimal]:
    """Deadweight or displacement in per cent for a kind of service: cautious, central, hopeful."""
    told = _json("additionality.json")
    scenarios = told["scenarios"]
    central = scenarios["standard"][what] if sector == "standard" else told["sector_defaults"][sector][what]
    cautious, hopeful = scenarios["conservative"][what], scenarios["optimistic"][what]
    return max(cautious, central) * 100, central * 100, min(hopeful, central) * 100


@dataclass(frozen=True)
class Published:
    """The return that was published elsewhere, for each pound."""

    low: Decimal
    high: Decimal
    source: str
    note: str


def published() -> Published:
    """The return of early intervention as published."""
    told = _json("published.json")
    return Published(Decimal(told["low"]), Decimal(told["high"]), told["publication"], told["note"])


def essex() -> dict[str, Any]:
    """The figures of Essex as published, and where they are from."""
    return dict(_json("essex.json"))
