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


WRITTEN = {"source": "x", "needs_at_least": 1, "on_record": ("plan",), "sustained_months": 2}


def _found(scores: list[tuple[str, int | None]], need: Any = None, looks: Any = (), **outcome: Any) -> Any:
    rules = ClaimRules.model_validate(WRITTEN | {"need": ({"code": "home", "label": "Home"} | (need or {}),)})
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
    (found,) = needs_found(Basis(rules, DAY, {}, DAY, facts, {"o": "home"}, list(looks)))
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


FALLS = {"fall": ({"code": "noise", "label": "Noise", "at_least_percent": 60},)}


def _looked(day: str, *counts: int) -> dict[str, Any]:
    counted = {"counted": [{"code": "noise", "before": counts[0], "after": counts[1]}]} if counts else {}
    return {"need": "home", "seen_on": day, "how": "record", "how_words": "Looked", "still_met": True} | counted


@pytest.mark.parametrize(
    ("looks", "sustained"),
    [
        ([], NOT_KNOWN),  # a score after the window says nothing of what had to fall
        ([_looked("2026-04-01")], NOT_KNOWN),  # somebody looked, and counted nothing
        ([_looked("2026-04-01", 10, 5)], NOT_KNOWN),  # half is not 60%
        ([_looked("2026-02-01", 10, 4)], NOT_KNOWN),  # too early
        ([_looked("2026-04-01", 10, 4)], MET),  # exactly 60%
        ([_looked("2026-04-01", 0, 0)], MET),  # of nothing there is no fall
        ([_looked("2026-04-01", 0, 1)], NOT_KNOWN),
    ],
)
def test_what_had_to_fall_is_shown_by_somebody_who_counted_and_by_no_score(looks: Any, sustained: str) -> None:
    reviewed = [("2026-01-01", 8), ("2026-05-01", 9)]
    assert _found(reviewed) == (MET, "2026-01-01", MET)
    assert _found(reviewed, need=FALLS, looks=looks) == (MET, "2026-01-01", sustained)


def test_rules_without_counts_are_frozen_as_they_were_before_counts_could_be_asked_for() -> None:
    plain = ClaimRules.model_validate(WRITTEN | {"need": ({"code": "home", "label": "Home"},)})
    said = plain.model_dump(mode="json", by_alias=True)["need"][0]
    assert said == {"code": "home", "label": "Home", "sustained_months": None, "sustained_terms": None}
    asks = ClaimRules.model_validate(
        WRITTEN | {"need": ({"code": "home", "label": "Home", "is_asked": False} | FALLS,)}
    )
    again = ClaimRules.model_validate_json(asks.model_dump_json(by_alias=True))
    assert again == asks and again.needs[0].falls[0].at_least_percent == 60 and not again.needs[0].is_asked
