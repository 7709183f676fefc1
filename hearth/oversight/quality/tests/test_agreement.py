"""Cohen's kappa, against figures worked by hand."""

import pytest

from hearth.oversight.quality.agreement import kappa


def test_it_is_as_worked_by_hand() -> None:
    # Fifty answers: 20 yes and yes, 5 yes and no, 10 no and yes, 15 no and no. 0.7 the same, 0.5 by chance.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = kappa(pairs)
    assert (found.pairs, found.same, found.percent) == (50, 35, 70)
    assert found.kappa == pytest.approx(0.4)


def test_three_answers_full_agreement_and_worse_than_chance() -> None:
    assert kappa([("a", "a"), ("b", "b"), ("c", "c")]).kappa == pytest.approx(1)
    assert kappa([("a", "b"), ("b", "a")]).kappa == pytest.approx(-1)


def test_where_it_cannot_be_worked_out_it_says_why() -> None:
    nothing, same = kappa([]), kappa([("a", "a")] * 9)
    assert (nothing.kappa, nothing.percent, same.kappa, same.percent) == (None, None, None, 100)
    assert nothing.why_none == "Nothing was graded twice yet."
    assert same.why_none.startswith("Cannot be worked out: both auditors gave one and the same answer")
    assert kappa([("a", "a"), ("b", "a")]).why_none == "" and kappa([("a", "a"), ("b", "a")]).kappa == pytest.approx(0)
