"""Scores: exact, the same in whatever order, never beyond a hundred, and rounded once."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.commissioning.procurement.arithmetic import (
    Weighed,
    points_of,
    price_points,
    ranked,
    rounded,
    total_of,
)

PRICE, OUTCOMES, PEOPLE = Weighed(1, 4_000, by_price=True), Weighed(2, 3_500), Weighed(3, 2_500)
THREE = (PRICE, OUTCOMES, PEOPLE)


def test_a_worked_example() -> None:
    """40% price, 35% outcomes, 25% people: the dearer bid, better on outcomes, wins by less than a point."""
    cheap = points_of(THREE, {2: 6, 3: 8}, 90_000_00, 90_000_00)
    dear = points_of(THREE, {2: 9, 3: 8}, 120_000_00, 90_000_00)
    assert [rounded(cheap[1]), rounded(dear[1])] == [Decimal("10.00"), Decimal("7.50")]
    assert rounded(total_of(THREE, cheap)) == Decimal("81.00")  # 40 + 21 + 20
    assert rounded(total_of(THREE, dear)) == Decimal("81.50")  # 30 + 31.5 + 20


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 200), "0.01"), (Fraction(1, 201), "0.00"), (Fraction(2, 3), "0.67"), (Fraction(-1, 200), "-0.01"),
        (Fraction(100), "100.00"), (Fraction(20, 3), "6.67"), (Fraction(8_1005, 1_000), "81.01"),
    ],
)  # fmt: skip
def test_a_half_is_rounded_away_from_nothing(value: Fraction, said: str) -> None:
    assert str(rounded(value)) == said


def weights(*cuts: int) -> list[int]:
    """Weights that add up to a whole, from where it is cut."""
    edges = [0, *sorted(set(cuts)), 10_000]
    return [high - low for low, high in itertools.pairwise(edges) if high > low]


criteria = st.lists(st.integers(1, 9_999), max_size=6).map(
    lambda cuts: [Weighed(number, weight, number == 1) for number, weight in enumerate(weights(*cuts), 1)]
)
points, pence = st.integers(0, 10), st.integers(1, 10**12)


@given(criteria, st.lists(points, min_size=7, max_size=7), pence, pence)
def test_a_total_lies_between_nothing_and_a_hundred(
    found: list[Weighed], agreed: list[int], one: int, other: int
) -> None:
    given_points = points_of(found, dict(enumerate(agreed, 1)), one, min(one, other))
    assert 0 <= total_of(found, given_points) <= 100
    assert sum(each.weight for each in found) == 10_000


@given(criteria, pence)
def test_all_the_points_and_the_lowest_price_are_a_hundred_exactly(found: list[Weighed], price: int) -> None:
    assert total_of(found, points_of(found, dict.fromkeys(range(1, 8), 10), price, price)) == 100


@given(criteria, st.lists(points, min_size=7, max_size=7), pence, st.randoms())
def test_the_order_of_criteria_makes_no_difference(
    found: list[Weighed], agreed: list[int], price: int, dice: object
) -> None:
    told = points_of(found, dict(enumerate(agreed, 1)), price, price)
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert total_of(found, told) == total_of(shuffled, told)


@given(criteria, st.lists(st.integers(0, 9), min_size=7, max_size=7), pence, st.integers(1, 7))
def test_a_point_more_never_makes_a_total_less(found: list[Weighed], agreed: list[int], price: int, which: int) -> None:
    before = dict(enumerate(agreed, 1))
    after = before | {which: before[which] + 1}
    assert total_of(found, points_of(found, after, price, price)) >= total_of(
        found, points_of(found, before, price, price)
    )


@given(pence, pence)
def test_the_lower_price_has_the_more_points(one: int, other: int) -> None:
    lowest = min(one, other)
    assert (price_points(one, lowest) >= price_points(other, lowest)) == (one <= other)
    assert price_points(lowest, lowest) == 10


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.fractions(0, 100), min_size=1, max_size=8))
def test_a_place_says_how_many_are_better(totals: dict[str, Fraction]) -> None:
    places = ranked(totals)
    assert min(places.values()) == 1
    for (one, more), (other, less) in itertools.product(totals.items(), repeat=2):
        assert (places[one] < places[other]) == (more > less)


def test_what_nobody_agreed_on_is_no_nought() -> None:
    with pytest.raises(KeyError):
        points_of(THREE, {2: 6}, 1, 1)
