"""Working-day clocks: examples a manager would check by hand, and properties that hold for every date."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.foundation.core import clock
from hearth.foundation.core.packs.bank_holidays import bank_holidays_by_rule, easter
from hearth.foundation.core.packs.calendar import Calendar
from hearth.foundation.core.packs.load import load_pack

PRACTICE = Path(__file__).resolve().parents[4] / "practice"
LANCASHIRE, ESSEX = (load_pack(PRACTICE / name).calendar for name in ("lancashire", "essex"))
UTC = dt.UTC


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    """A moment in London, from text."""
    return clock.in_london(dt.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-16", 1, "2026-11-17"),  # Monday to Tuesday
        ("2026-11-20", 1, "2026-11-23"),  # over a weekend
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
        ("2026-11-22", 3, "2026-11-25"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2011-04-21", 1, "2011-04-26"),  # Good Friday and Easter Monday
        ("2011-04-28", 1, "2011-05-03"),  # the royal wedding, then early May
        ("2012-06-01", 1, "2012-06-06"),  # the diamond jubilee
        ("2020-05-07", 1, "2020-05-11"),  # early May moved to the Friday
        ("2022-05-27", 4, "2022-06-06"),  # spring moved to 2 June, and 3 June added
        ("2022-09-16", 1, "2022-09-20"),  # the state funeral
        ("2010-12-24", 1, "2010-12-29"),  # Christmas at a weekend
        ("2011-12-31", 1, "2012-01-03"),  # New Year's Day on a Sunday
        ("2026-12-24", 1, "2027-01-04"),  # Christmas, the council's own days, New Year, a weekend
    ],
)
def test_working_days_skip_weekends_bank_holidays_and_closure_days(start: str, days: int, expected: str) -> None:
    assert clock.add_working_days(day(start), days, calendar=LANCASHIRE) == day(expected)


def test_closure_days_are_the_councils_own() -> None:
    without = Calendar.model_validate(LANCASHIRE.model_dump(by_alias=True) | {"closure": ()})
    assert clock.add_working_days(day("2026-12-24"), 1, calendar=without) == day("2026-12-29")


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("2026-11-20 09:00", "2026-11-20"),
        ("2026-11-20 16:59:59", "2026-11-20"),
        ("2026-11-20 17:00", "2026-11-23"),  # shut: Friday evening counts from Monday
        ("2026-11-20 23:59", "2026-11-23"),
        ("2026-11-23 00:30", "2026-11-23"),  # before opening, on a day that is worked
        ("2026-11-21 10:00", "2026-11-23"),
        ("2026-12-25 10:00", "2027-01-04"),
    ],
)
def test_what_arrives_out_of_hours_counts_from_the_next_working_day(received: str, counts_from: str) -> None:
    assert clock.counts_from(at(received), calendar=LANCASHIRE) == day(counts_from)


def test_closing_time_is_the_authoritys_own() -> None:
    assert clock.counts_from(at("2026-11-20 17:15"), calendar=LANCASHIRE) == day("2026-11-23")
    assert clock.counts_from(at("2026-11-20 17:15"), calendar=ESSEX) == day("2026-11-20")


def test_a_receipt_is_counted_by_london_time_in_summer() -> None:
    # 16:30 UTC on a July Friday is 17:30 in London, after closing.
    received = dt.datetime(2026, 7, 17, 16, 30, tzinfo=UTC)
    assert clock.counts_from(received, calendar=LANCASHIRE) == day("2026-07-20")
    assert clock.counts_from(dt.datetime(2026, 11, 20, 16, 30, tzinfo=UTC), calendar=LANCASHIRE) == day("2026-11-20")


def test_a_request_received_on_friday_evening_with_a_limit_of_three_days_is_due_on_thursday() -> None:
    assert clock.due_on(at("2026-11-20 18:00"), 3, calendar=LANCASHIRE) == day("2026-11-26")


def test_the_day_a_pause_begins_is_free_and_the_day_it_ends_counts() -> None:
    received = at("2026-11-16 10:00")  # Monday; due Thursday without a pause
    assert clock.due_on(received, 3, calendar=LANCASHIRE) == day("2026-11-19")
    paused = [(day("2026-11-17"), day("2026-11-19"))]
    assert clock.due_on(received, 3, paused, calendar=LANCASHIRE) == day("2026-11-23")
    assert clock.days_taken(received, at("2026-11-19 12:00"), paused, calendar=LANCASHIRE) == 1


def test_pauses_may_be_moments_and_may_overlap() -> None:
    received = at("2026-11-16 10:00")
    pauses = [
        (at("2026-11-17 09:00"), at("2026-11-19 16:00")),
        (at("2026-11-18 09:00"), at("2026-11-19 09:00")),
    ]
    assert clock.due_on(received, 3, pauses, calendar=LANCASHIRE) == day("2026-11-23")


def test_a_pause_that_begins_and_ends_on_one_day_takes_nothing() -> None:
    received, same_day = at("2026-11-16 10:00"), [(day("2026-11-17"), day("2026-11-17"))]
    assert clock.due_on(received, 3, same_day, calendar=LANCASHIRE) == day("2026-11-19")


def test_a_stopped_clock_has_no_due_day_and_is_never_late() -> None:
    received, stopped = at("2026-11-16 10:00"), [(day("2026-11-17"), None)]
    assert clock.due_on(received, 3, stopped, calendar=LANCASHIRE) is None
    assert not clock.is_late(received, 3, at("2027-11-16 10:00"), stopped, calendar=LANCASHIRE)
    with pytest.raises(ValueError, match="never gets there"):
        clock.add_working_days(day("2026-11-16"), 3, stopped, calendar=LANCASHIRE)


def test_a_clock_stopped_after_its_day_was_still_due() -> None:
    assert clock.due_on(at("2026-11-16 10:00"), 1, [(day("2026-11-18"), None)], calendar=LANCASHIRE) == day(
        "2026-11-17"
    )


def test_a_limit_is_broken_on_the_day_after_it_and_not_on_it() -> None:
    received = at("2026-11-16 10:00")
    assert not clock.is_late(received, 3, at("2026-11-19 23:59"), calendar=LANCASHIRE)
    assert clock.is_late(received, 3, at("2026-11-20 00:01"), calendar=LANCASHIRE)


def test_something_decided_before_it_began_to_count_took_no_days() -> None:
    assert clock.days_taken(at("2026-11-20 18:00"), at("2026-11-20 18:05"), calendar=LANCASHIRE) == 0


def test_a_moment_is_refused_where_a_day_is_wanted() -> None:
    with pytest.raises(TypeError, match="counts_from"):
        clock.add_working_days(at("2026-11-16 10:00"), 1, calendar=LANCASHIRE)
    with pytest.raises(ValueError, match="0 or more"):
        clock.add_working_days(day("2026-11-16"), -1, calendar=LANCASHIRE)


def test_a_frozen_clock_stands_still_and_is_let_go_again() -> None:
    with clock.frozen(dt.datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) as hands:
        assert clock.today() == day("2026-07-02")  # past midnight in London, not yet in UTC
        hands.forward(days=1, minutes=5)
        assert clock.now() == dt.datetime(2026, 7, 2, 23, 35, tzinfo=UTC)
        with clock.frozen(day("2012-07-03")):
            assert (clock.today(), clock.now().hour) == (day("2012-07-03"), 9)
        assert clock.today() == day("2026-07-03")
    assert abs(clock.now() - dt.datetime.now(UTC)) < dt.timedelta(seconds=5)


def test_three_days_over_the_change_to_winter_time_end_at_the_same_hour() -> None:
    with clock.frozen(at("2026-10-24 09:00")) as hands:
        hands.forward(days=3)
        assert clock.now() == at("2026-10-27 09:00")
        hands.set(at("2026-10-25 00:30"))
        hands.forward(hours=2)
        assert clock.now().astimezone(UTC) == dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1961, "1961-04-02"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2026, "2026-04-05"), (2038, "2038-04-25")],
)
def test_easter_falls_where_the_almanac_says(year: int, sunday: str) -> None:
    assert easter(year) == day(sunday)


# What proclamations moved or added; everything else in the list must be what the statute gives.
MOVED = {
    2011: (set(), {"2011-04-29"}),
    2012: ({"2012-05-28"}, {"2012-06-04", "2012-06-05"}),
    2020: ({"2020-05-04"}, {"2020-05-08"}),
    2022: ({"2022-05-30"}, {"2022-06-02", "2022-06-03", "2022-09-19"}),
    2023: (set(), {"2023-05-08"}),
}


@pytest.mark.parametrize("year", range(2009, 2029))
def test_the_list_of_bank_holidays_is_the_statute_and_the_proclamations(year: int) -> None:
    gone, added = MOVED.get(year, (set(), set()))
    expected = bank_holidays_by_rule(year) - {day(each) for each in gone} | {day(each) for each in added}
    assert {each.on for each in LANCASHIRE.bank_holidays if each.on.year == year} == expected


def test_years_the_list_does_not_name_follow_the_statute() -> None:
    assert not LANCASHIRE.is_working_day(day("2031-04-14"))  # Easter Monday 2031
    assert LANCASHIRE.is_working_day(day("2031-04-15"))
    assert LANCASHIRE.is_bank_holiday(day("1999-12-28")) and not LANCASHIRE.is_bank_holiday(day("1999-12-29"))


DATES = st.dates(dt.date(2009, 1, 1), dt.date(2032, 12, 31))
PAUSES = st.lists(
    st.tuples(DATES, st.integers(0, 90)).map(lambda pair: (pair[0], pair[0] + dt.timedelta(pair[1]))), max_size=4
)
CALENDARS = st.sampled_from([LANCASHIRE, ESSEX])


@given(start=DATES, days=st.integers(0, 300), pauses=PAUSES, calendar=CALENDARS)
def test_adding_days_and_counting_them_agree(
    start: dt.date, days: int, pauses: list[tuple[dt.date, dt.date]], calendar: Calendar
) -> None:
    end = clock.add_working_days(start, days, pauses, calendar=calendar)
    assert clock.working_days_between(start, end, pauses, calendar=calendar) == days
    assert days == 0 or calendar.is_working_day(end)
    assert not any(begun <= end < until for begun, until in pauses) or days == 0


@given(dates=st.lists(DATES, min_size=3, max_size=3).map(sorted), calendar=CALENDARS)
def test_counting_in_two_stretches_is_counting_once(dates: list[dt.date], calendar: Calendar) -> None:
    first, middle, last = dates
    whole = clock.working_days_between(first, last, calendar=calendar)
    assert whole == sum(
        clock.working_days_between(a, b, calendar=calendar) for a, b in ((first, middle), (middle, last))
    )
    assert clock.working_days_between(last, first, calendar=calendar) == -whole


@given(start=DATES, first=st.integers(0, 60), second=st.integers(0, 60), calendar=CALENDARS)
def test_adding_twice_is_adding_once(start: dt.date, first: int, second: int, calendar: Calendar) -> None:
    step = clock.add_working_days(start, first, calendar=calendar)
    assert clock.add_working_days(step, second, calendar=calendar) == clock.add_working_days(
        start, first + second, calendar=calendar
    )


@given(start=DATES, days=st.integers(1, 60), pauses=PAUSES, calendar=CALENDARS)
def test_a_pause_never_brings_a_day_forward(
    start: dt.date, days: int, pauses: list[tuple[dt.date, dt.date]], calendar: Calendar
) -> None:
    plain = clock.add_working_days(start, days, calendar=calendar)
    assert clock.add_working_days(start, days, pauses, calendar=calendar) >= plain


@given(
    received=st.datetimes(dt.datetime.fromisoformat("2009-01-01"), dt.datetime.fromisoformat("2032-12-31")),
    limit=st.integers(1, 60),
    pauses=PAUSES,
    calendar=CALENDARS,
)
def test_nothing_is_late_on_its_due_day_and_everything_is_on_the_next_counted_day(
    received: dt.datetime, limit: int, pauses: list[tuple[dt.date, dt.date]], calendar: Calendar
) -> None:
    due = clock.due_on(received, limit, pauses, calendar=calendar)
    assert due is not None
    noon = dt.time(12)
    assert not clock.is_late(received, limit, dt.datetime.combine(due, noon), pauses, calendar=calendar)
    after = clock.add_working_days(due, 1, pauses, calendar=calendar)
    assert clock.is_late(received, limit, dt.datetime.combine(after, noon), pauses, calendar=calendar)


@cache
def _counted_by_hand(start: dt.date, end: dt.date) -> int:
    """The plainest count there is: look at each day."""
    shut = {each.on for each in LANCASHIRE.bank_holidays}
    for closure in LANCASHIRE.closures:
        shut |= {closure.first_on + dt.timedelta(n) for n in range((closure.last_on - closure.first_on).days + 1)}
    days = [start + dt.timedelta(n + 1) for n in range((end - start).days)]
    return sum(each.weekday() < 5 and each not in shut for each in days)


@given(start=st.dates(dt.date(2009, 1, 1), dt.date(2028, 6, 1)), span=st.integers(0, 200))
def test_the_count_is_what_counting_by_hand_gives(start: dt.date, span: int) -> None:
    end = start + dt.timedelta(span)
    assert clock.working_days_between(start, end, calendar=LANCASHIRE) == _counted_by_hand(start, end)
