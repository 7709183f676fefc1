"""How dates, moments, figures and typed text are written."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from hearth.foundation.core import clock
from hearth.foundation.ui import filters

NOW = dt.datetime(2026, 9, 3, 14, 5, tzinfo=ZoneInfo("Europe/London"))


def test_a_day_and_a_moment() -> None:
    assert filters.day(dt.date(2026, 9, 3)) == "3 September 2026"
    assert filters.short_day(dt.date(2026, 9, 3)) == "3 Sep 2026"
    assert filters.moment(NOW) == "3 September 2026 at 2:05pm"
    assert filters.day(None) == filters.moment(None) == filters.ago(None) == filters.clock_time(None) == ""


def test_a_moment_is_written_in_local_time_even_across_midnight() -> None:
    assert filters.moment(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == "2 July 2026 at 12:30am"
    assert filters.moment(dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)) == "1 December 2026 at midday"


def test_what_ends_at_a_midnight_is_told_by_its_last_day() -> None:
    midnight = dt.datetime(2027, 1, 2, tzinfo=ZoneInfo("Europe/London"))
    assert filters.last_day(midnight) == "1 January 2027"
    assert filters.short_last_day(midnight + dt.timedelta(hours=9)) == "2 Jan 2027"
    summer = dt.datetime(2035, 6, 12, 23, 0, tzinfo=dt.UTC)  # midnight in London
    assert filters.short_last_day(summer) == "12 Jun 2035"
    assert filters.last_day(None) == filters.short_last_day(None) == ""


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"seconds": 20}, "just now"),
        ({"minutes": 1}, "1 minute ago"),
        ({"hours": 3}, "3 hours ago"),
        ({"hours": 20}, "yesterday at 6:05pm"),
        ({"days": 4}, "4 days ago"),
        ({"days": 40}, "25 July 2026"),
    ],
)
def test_how_long_ago(before: dict[str, int], said: str) -> None:
    with clock.frozen(NOW):
        assert filters.ago(NOW - dt.timedelta(**before)) == said


def test_typed_text_keeps_its_lines_and_is_never_markup() -> None:
    assert filters.paragraphs("One\ntwo <b>\n\n\nThree") == (
        '<p class="govuk-body app-typed">One<br>two &lt;b&gt;</p><p class="govuk-body app-typed">Three</p>'
    )
    assert filters.paragraphs(None) == ""


def test_what_was_counted_no_further_than_it_had_to_be_says_so() -> None:
    assert [filters.figure(n) for n in (0, 500, 501)] == ["0", "500", "500+"]
    assert [filters.counted(n, "request") for n in (0, 1, 500)] == ["no requests", "1 request", "500 requests"]
    assert filters.counted(501, "request") == "more than 500 requests"


def test_counts_and_lists_read_as_words() -> None:
    assert [filters.count(n, "child", "children") for n in (0, 1, 1200)] == ["no children", "1 child", "1,200 children"]
    assert [filters.listed(things) for things in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Aisha Begum", "AB"), ("Zoë van der Berg", "ZB"), ("Cher", "C"), ("", "?"), ("  ", "?"), ("محمد علي", "مع")],
)
def test_initials(name: str, letters: str) -> None:
    assert filters.initials(name) == letters


def test_the_first_letter_alone_is_raised_or_lowered() -> None:
    assert filters.upper_first("same NHS number") == "Same NHS number"
    assert filters.lower_first("Health") == "health"
    assert filters.lower_first("NHS number") == "NHS number"
    assert filters.upper_first("") == filters.lower_first("") == ""
