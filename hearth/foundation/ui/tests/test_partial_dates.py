"""Dates as people know them."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.foundation.ui.partial_date import DateFaultError, PartialDate, read_parts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("3", "9", "2016"), "3 September 2016"),
        (("03", "sept", "2016"), "3 September 2016"),
        (("", "September", "2016"), "September 2016"),
        (("", "", "2016"), "2016"),
    ],
)
def test_a_date_is_printed_as_far_as_it_is_known(typed: tuple[str, str, str], said: str) -> None:
    assert str(read_parts(*typed, partial=True)) == said


def test_an_estimate_says_so() -> None:
    assert str(PartialDate(2016, estimated=True)) == "about 2016"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("31", "2", "2016"), ("day", "month", "year")),
        (("3", "13", "2016"), ("month",)),
        (("0", "1", "2016"), ("day",)),
        (("3", "9", "16"), ("year",)),
        (("3", "9", "0999"), ("year",)),
        (("3", "", "2016"), ("month",)),
        (("3", "9", ""), ("year",)),
        (("٣", "9", "2016"), ("day",)),
        (("3", "<script>", "2016"), ("month",)),
        (("9" * 5000, "9", "2016"), ("day",)),
    ],
)
def test_a_fault_names_the_boxes_it_is_in(typed: tuple[str, str, str], parts: tuple[str, ...]) -> None:
    with pytest.raises(DateFaultError) as fault:
        read_parts(*typed, partial=True)
    assert fault.value.parts == parts


def test_a_whole_date_needs_every_box() -> None:
    with pytest.raises(DateFaultError, match="must include a day and a month") as fault:
        read_parts("", "", "2016", partial=False)
    assert fault.value.parts == ("day", "month")


def test_a_day_without_its_month_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2016, None, 3)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_any_day_typed_in_three_boxes_is_that_day(day: dt.date) -> None:
    assert read_parts(str(day.day), str(day.month), str(day.year), partial=False).earliest == day


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_is_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    with contextlib.suppress(DateFaultError):
        found = read_parts(day, month, year, partial=True)
        assert found.earliest <= found.latest
