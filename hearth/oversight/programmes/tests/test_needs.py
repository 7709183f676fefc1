"""Windows and scores: when something has lasted long enough, and what a score says."""

import datetime as dt
from typing import Any

import pytest

from hearth.foundation.core.packs.claims import ClaimRules
from hearth.oversight.programmes.needs import MET, NOT_KNOWN, NOT_MET, Basis, later_by, needs_found

DAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("since", "number", "unit", "due"),
    [
        ("2026-01-15", 6, "months", "2026-07-15"),
        ("2026-08-31", 6, "months", "2027-02-28"),  # the last day of a shorter month
        ("2026-09-01", 2, "terms", "2027-04-16"),  # from a term's first day: autumn and spring
        ("2026-09-02", 2, "terms", "2027-09-01"),  # the term had begun, so it is none of the two
        ("2026-04-16", 3, "terms", "2027-04-16"),
    ],
)
def test_a_need_has_lasted_after_whole_months_or_whole_terms(since: str, number: int, unit: str, due: str) -> None:
    assert later_by(dt.date.fromisoformat(since), number, unit) == dt.date.fromisoformat(due)


def _found(scores: list[tuple[str, int | None]], **outcome: Any) -> Any:
    written = {"source": "x", "needs_at_least": 1, "on_record": ("plan",), "sustained_months": 2}
    rules = ClaimRules.model_validate(written | {"need": ({"code": "home", "label": "Home"},)})
    one = {
        "id": "o",
        "number": 1,
        "area": "",
        "starting_score": 3,
        "target_score": 8,
        "state": "open",
        "ended_on": None,
    } | outcome
    reviews = [{"number": n, "on": on, "scores": {"1": score}} for n, (on, score) in enumerate(scores, 1)]
    plan = {"reference": "PL-1", "agreed_on": "2025-12-01", "outcomes": [one], "reviews": reviews}
    facts = {"opened_on": "2025-11-01", "plans": [plan]}
    (found,) = needs_found(Basis(rules, DAY, {}, DAY, facts, {"o": "home"}))
    return found.answer, found.since and str(found.since), found.sustained


@pytest.mark.parametrize(
    ("scores", "comes"),
    [
        ([], (NOT_KNOWN, None, NOT_KNOWN)),  # no review: no data
        ([("2026-01-01", 7)], (NOT_MET, None, NOT_MET)),
        ([("2026-01-01", 8), ("2026-02-01", 9)], (MET, "2026-01-01", NOT_KNOWN)),  # nobody looked after 1 March
        ([("2026-01-01", 8), ("2026-03-01", 9)], (MET, "2026-01-01", MET)),
        ([("2026-01-01", 8), ("2026-02-28", 9)], (MET, "2026-01-01", NOT_KNOWN)),
        (
            [("2026-01-01", 8), ("2026-02-01", 5), ("2026-05-01", 9)],
            (MET, "2026-05-01", NOT_MET),
        ),  # it came back between
        ([("2026-01-01", 8), ("2026-02-01", None), ("2026-05-01", 9)], (MET, "2026-05-01", NOT_MET)),
        ([("2026-01-01", 9), ("2026-03-01", None)], (NOT_KNOWN, None, NOT_KNOWN)),  # could not be scored
    ],
)
def test_reviews_say_since_when_a_need_is_met(scores: list[tuple[str, int | None]], comes: Any) -> None:
    assert _found(scores) == comes


def test_fewer_may_be_better_and_what_was_set_aside_is_not_met() -> None:
    assert _found([("2026-01-01", 2), ("2026-04-01", 1)], starting_score=9, target_score=2) == (MET, "2026-01-01", MET)
    assert _found([("2026-01-01", 4)], starting_score=9, target_score=2)[0] == NOT_MET
    assert _found([("2026-01-01", 9)], target_score=None)[0] == NOT_KNOWN
    assert _found([("2026-01-01", 9)], state="set_aside", ended_on="2026-02-01")[0] == NOT_MET
