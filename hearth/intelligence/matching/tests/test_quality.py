"""Figures on labels: Wilson's interval as others reckon it, recall from both shares, and a waterfall that adds up."""

import pytest

from hearth.intelligence.matching.review.quality import Share, recall
from hearth.intelligence.matching.review.waterfall import WIDTH, waterfall


@pytest.mark.parametrize(
    ("these", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    ids=["Newcombe 1998, table I a", "b", "c", "d"],
)
def test_wilsons_interval_is_newcombes(these: int, of: int, low: float, high: float) -> None:
    share = Share(these, of)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_of_nothing_nothing_is_said() -> None:
    assert (Share(0, 0).share, Share(0, 0).low, Share(0, 0).high) == (None, 0.0, 1.0)
    assert recall({"joined": 100, "review": 50}, Share(0, 0), Share(5, 10)) is None
    assert recall({"joined": 100, "review": 50}, Share(9, 10), Share(0, 0)) is None


def test_recall_is_of_what_was_joined_and_what_was_left_and_its_ends_are_the_worse() -> None:
    found = recall({"joined": 900, "review": 200}, Share(100, 100), Share(50, 100))
    assert found is not None
    assert found.share == 0.9
    assert found.low < 0.9 < found.high
    assert recall({"joined": 9, "review": 0}, Share(9, 9), Share(0, 0)) is not None


def test_a_waterfall_begins_each_bar_where_the_last_one_ended_and_stays_in_the_picture() -> None:
    lines = [
        {"of": "given", "words": "different given names", "bits": -7.6},
        {"of": "start", "words": "before anything is known", "bits": -10.0},
        {"of": "born", "words": "the same birth date", "bits": 13.3},
    ]
    fall = waterfall(lines)
    assert [bar.words for bar in fall.bars] == [
        "Before anything is known",
        "The same birth date",
        "Different given names",
    ]
    assert [round(bar.total, 1) for bar in fall.bars] == [-10.0, 3.3, -4.3]
    assert fall.bits == pytest.approx(-4.3)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.01 for bar in fall.bars)
    assert fall.bars[0].x + fall.bars[0].width == pytest.approx(fall.nought)
    assert waterfall([]).bars == ()
