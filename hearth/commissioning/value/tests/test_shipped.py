"""What is shipped is what was published: unit costs add up, each has its price year, and the deflator has its source and its day."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest

from hearth.commissioning.value import shipped

COSTS = shipped.unit_costs()


@pytest.mark.parametrize("code", ["CR2.0", "E&S1.0", "E&S2.0", "E&E1.0", "SS4.0", "SS4.1"])
def test_the_parts_of_a_unit_cost_add_up_to_it_to_the_pound(code: str) -> None:
    parts = [cost for other, cost in COSTS.items() if other.startswith(f"{code}.")]
    assert len(parts) >= 2
    assert {part.year for part in parts} == {COSTS[code].year}
    assert (sum(part.pence for part in parts) / 100).quantize(Decimal(1)) == COSTS[code].pence / 100


def test_every_unit_cost_has_a_price_year_that_the_deflator_has() -> None:
    assert len(COSTS) == 162
    assert {cost.year for cost in COSTS.values()} <= set(shipped.deflator().figures)
    assert len({cost.year for cost in COSTS.values()}) > 8


def test_those_that_the_papers_name_are_as_they_name_them() -> None:
    said = {
        "SS1.0": (51_080, 2013), "SS2.0": (700, 2013), "SS3.0": (2_995, 2013), "SS6.0": (1_515, 2010), "SS5.0": (1_416, 2008),
        "CR1.0": (500, 2002), "E&E10.0": (4_257, 2010), "HO1.0": (6_680, 2010), "SS17.0": (119, 2013),
    }  # fmt: skip
    assert {code: (int(COSTS[code].pence) // 100, COSTS[code].year) for code in said} == said


def test_rows_that_cannot_be_what_they_say_are_not_offered() -> None:
    assert {code for code, cost in COSTS.items() if cost.not_offered} == {
        code for code, cost in COSTS.items() if cost.pence > 100_000_000
    }
    assert COSTS["SS15.3"].is_once and COSTS["E&E10.4"].is_once and not COSTS["SS1.0"].is_once


def test_the_deflator_is_a_published_release_with_its_source_and_its_day() -> None:
    index = shipped.deflator()
    assert index.source.publisher.startswith("HM Treasury") and "March 2026" in index.source.publication
    assert shipped.deflator_published_on() == dt.date(2026, 3, 31)
    assert (index.first, index.last) == (1955, 2024) and index.figures[2024] == Decimal(100)
    assert set(index.figures) == set(range(1955, 2025))
    # 2020/21 to 2024/25 is 1.1751 by this release; 2013/14 is 1.369, and 2018/19 is 1.269, by the next as well.
    for year, times in ((2020, "1.1751"), (2013, "1.369"), (2018, "1.269")):
        assert str((100 / index.figures[year]).quantize(Decimal(times))) == times


@pytest.mark.parametrize(
    ("text", "year"),
    [("2013/14", 2013), ("1999-00", 1999), ("2013/2014", 2013), ("2013/15", None), ("2013", None), ("x/y", None), ("²013/14", None)],
)  # fmt: skip
def test_a_financial_year_is_read_only_where_it_is_one(text: str, year: int | None) -> None:
    assert shipped.read_year(text) == year


@pytest.mark.parametrize("sector", shipped.SECTORS)
@pytest.mark.parametrize("what", ["deadweight", "displacement"])
def test_the_guide_is_cautious_above_central_above_hopeful(sector: str, what: str) -> None:
    cautious, central, hopeful = shipped.additionality(sector, what)
    assert 100 >= cautious >= central >= hopeful >= 0


def test_grades_fall_from_the_best_evidence_and_say_that_they_were_not_checked() -> None:
    assert [int(grade.percent) for grade in shipped.grades()] == [0, 5, 10, 15, 25, 40]
    assert "not compared" in shipped.grades_source().note


# The digest of each file as it was given to us: a figure that somebody changes here is no figure of its source any more.
@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("unit_costs.csv", "c4d3781aedee1ae764774c45d1d1495f588f36e8e9de1c410437643d9fcc873d"),
        ("discount_rates.json", "d6b7a230a95fe80a21bf1348b2518c245b8ffb85957748856b106f7ac579861c"),
        ("optimism_bias.json", "e3d3bf2665c8f44504f5fe562e8160c0cc6448bcaf49abaf6882ef542f474544"),
        ("additionality.json", "0b03fe17a81c8634225e9092d145999d27d221776b445eaf8a875d281b21323d"),
    ],
)  # fmt: skip
def test_files_that_were_given_are_shipped_to_the_letter(name: str, digest: str) -> None:
    assert hashlib.sha256((shipped.DATA / name).read_bytes()).hexdigest() == digest
