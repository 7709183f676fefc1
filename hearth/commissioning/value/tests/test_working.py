"""What outcomes were worth: exact, in one year's prices, discounted by the published rates, and never more for more deadweight."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.commissioning.value import shipped
from hearth.commissioning.value.shipped import Index, Source
from hearth.commissioning.value.working import CUTS, Case, Told, discount_factor, uprated, worked_out, years_missing

INDEX = Index(Source("An index", "", "", ""), "2011 = 100", {2010: Decimal(80), 2011: Decimal(100), 2012: Decimal(110)})


def same(**told: int | Decimal) -> Mapping[str, Mapping[str, Decimal]]:
    """Assumptions that are the same in every case."""
    return {what: dict.fromkeys(Case, Decimal(figure)) for what, figure in told.items()}


def told(number: int | Decimal = 1, pence: int = 100_00, year: int = 2011, **said: int | Decimal) -> Told:
    return Told(Decimal(number), Decimal(pence), year, same(**said))


def central(*outcomes: Told, cost: int = 100_00, bias: int = 0) -> int:
    return worked_out(cost, 2011, Decimal(bias), outcomes, 2011, INDEX).worth(Case.CENTRAL)


# The Green Book's own table of discount factors, to four places.
PUBLISHED = {
    0: "1.0000", 1: "0.9662", 2: "0.9335", 3: "0.9019", 4: "0.8714", 5: "0.8420", 10: "0.7089", 15: "0.5969", 20: "0.5026",
    25: "0.4231", 30: "0.3563",
}  # fmt: skip


@pytest.mark.parametrize(("year", "factor"), PUBLISHED.items())
def test_discount_factors_match_the_published_table(year: int, factor: str) -> None:
    assert f"{discount_factor(year):.4f}" == factor


def test_each_stretch_of_years_has_its_own_rate_and_they_multiply() -> None:
    assert discount_factor(31) * Decimal("1.03") == pytest.approx(discount_factor(30))
    assert discount_factor(75) * Decimal("1.03") ** 45 == pytest.approx(discount_factor(30))
    for year, rate in ((76, "1.025"), (126, "1.02"), (201, "1.015"), (301, "1.01"), (500, "1.01")):
        assert discount_factor(year) * Decimal(rate) == pytest.approx(discount_factor(year - 1))


@given(st.integers(0, 400))
def test_a_later_pound_is_worth_less(year: int) -> None:
    assert 0 < discount_factor(year + 1) < discount_factor(year) <= 1


def test_the_rates_are_those_of_the_file() -> None:
    schedule = json.loads((shipped.DATA / "discount_rates.json").read_text())["schedule"]
    assert [float(step.rate) for step in shipped.discount_steps()] == [0.035, 0.03, 0.025, 0.02, 0.015, 0.01]
    assert [step.years_from for step in shipped.discount_steps()] == [each["years_from"] for each in schedule]


def test_an_outcome_is_cut_spread_and_discounted() -> None:
    # 10 at £100: 20% would have happened anyway, half is owed to others; for two years, a tenth lost in the second.
    worth = central(told(10, deadweight=20, attribution=50, lasts=2, drop_off=10))
    assert worth == 400_00 + int((Decimal(360_00) / Decimal("1.035")).quantize(Decimal(1)))


def test_values_of_other_years_are_brought_to_one_before_they_are_added() -> None:
    assert uprated(Decimal(100_00), 2010, 2011, INDEX) == 125_00
    assert central(told(year=2010), told(year=2011)) == 225_00
    result = worked_out(80_00, 2010, Decimal(10), [told(year=2012)], 2011, INDEX)
    assert result.cost == 110_00 and result.worth(Case.CENTRAL) == 90_91


def test_a_year_that_the_index_has_not_is_missed_and_one_year_alone_needs_none() -> None:
    assert years_missing([2010, 2012], 2011, INDEX) == []
    assert years_missing([2009, 2013, 2013], 2011, INDEX) == [2009, 2013]
    assert years_missing([2013, 2013], 2013, INDEX) == []
    assert years_missing([2011, 2013], 2013, INDEX) == [2013]
    with pytest.raises(KeyError):
        uprated(Decimal(1), 2009, 2011, INDEX)


PERCENT = st.decimals(0, 100, places=2)
OUTCOMES = st.builds(
    told,
    number=st.decimals(0, 10_000, places=2),
    pence=st.integers(1, 10**8),
    year=st.sampled_from([2010, 2011, 2012]),
    lasts=st.integers(1, 60),
    **dict.fromkeys((*CUTS, "drop_off"), PERCENT),
)


@given(OUTCOMES, st.sampled_from((*CUTS, "drop_off")), PERCENT, PERCENT)
def test_more_taken_off_never_raises_the_result(one: Told, what: str, first: Decimal, second: Decimal) -> None:
    less, more = sorted((first, second))
    cautious = Told(one.number, one.pence, one.year, {**one.said, what: dict.fromkeys(Case, more)})
    hopeful = Told(one.number, one.pence, one.year, {**one.said, what: dict.fromkeys(Case, less)})
    assert central(cautious) <= central(hopeful)


@given(OUTCOMES, st.sampled_from(CUTS))
def test_nothing_is_left_where_all_of_it_is_taken_off(one: Told, what: str) -> None:
    assert central(Told(one.number, one.pence, one.year, {**one.said, what: dict.fromkeys(Case, Decimal(100))})) == 0


@given(st.lists(OUTCOMES, max_size=5))
def test_no_benefit_is_no_return(outcomes: list[Told]) -> None:
    nothing = [Told(Decimal(0), each.pence, each.year, each.said) for each in outcomes]
    result = worked_out(100_00, 2011, Decimal(0), nothing, 2011, INDEX)
    assert result.low == result.central == result.high == 0


@given(st.lists(OUTCOMES, min_size=1, max_size=5))
def test_the_whole_is_the_sum_of_its_lines_to_the_penny(outcomes: list[Told]) -> None:
    result = worked_out(100_00, 2011, Decimal(0), outcomes, 2011, INDEX)
    for case in Case:
        assert result.worth(case) == sum(central(each) for each in outcomes)


@given(OUTCOMES, st.integers(1, 10**9), st.integers(0, 300))
def test_a_higher_cost_never_raises_the_return(one: Told, cost: int, bias: int) -> None:
    dear = worked_out(cost + 1, 2011, Decimal(bias), [one], 2011, INDEX)
    cheap = worked_out(cost, 2011, Decimal(0), [one], 2011, INDEX)
    assert dear.central <= cheap.central


@given(OUTCOMES)
def test_uprating_there_and_back_is_the_same(one: Told) -> None:
    there = uprated(one.pence, 2010, 2012, INDEX)
    assert uprated(there, 2012, 2010, INDEX).quantize(Decimal("1e-9")) == one.pence


def test_the_cautious_case_is_never_above_the_hopeful_one() -> None:
    said = {"deadweight": {Case.LOW: Decimal(40), Case.CENTRAL: Decimal(20), Case.HIGH: Decimal(10)}}
    result = worked_out(100_00, 2011, Decimal(0), [Told(Decimal(2), Decimal(100_00), 2011, said)], 2011, INDEX)
    assert (str(result.low), str(result.central), str(result.high)) == ("1.20", "1.60", "1.80")
