"""A sum is shared by weights to the penny, whatever the sum and the weights."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hearth.records.money.allotting import allot

WEIGHTS = some.lists(some.integers(0, 5_000), min_size=1, max_size=40).filter(any)


@given(some.integers(0, 10**12), WEIGHTS)
def test_the_parts_are_the_whole_and_each_is_within_a_penny_of_its_due(pence: int, weights: list[int]) -> None:
    parts = allot(pence, weights)
    assert sum(parts) == pence
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(pence * weight, sum(weights))) < 1


@given(some.integers(0, 10**9), WEIGHTS)
def test_who_has_more_never_gets_less(pence: int, weights: list[int]) -> None:
    parts = allot(pence, weights)
    pairs = sorted(zip(weights, parts, strict=True))
    assert [part for _, part in pairs] == sorted(part for _, part in pairs)


def test_the_pennies_left_go_to_the_largest_remainders() -> None:
    assert allot(100, [1, 1, 1]) == [34, 33, 33]
    assert allot(10_000, [57, 27, 16]) == [5700, 2700, 1600]
    assert allot(101, [50, 30, 21]) == [50, 30, 21]
    assert allot(1, [2, 5, 3]) == [0, 1, 0]
    assert allot(0, [3]) == [0]


@pytest.mark.parametrize(("pence", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [-1, 3])])
def test_what_cannot_be_shared_is_said(pence: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Give a sum"):
        allot(pence, weights)
