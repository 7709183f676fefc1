"""What an investment must say, and what may be counted of it, with the sentence when it does not."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hearth.commissioning.value.shipped import EARLIEST_YEAR
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.seen import seen_of
from hearth.records.money.models.ledger import financial_year
from hearth.records.money.rules import MOST

MOST_CHILDREN, MOST_MONTHS = 100_000, 240


def why_not_this_investment(told: Mapping[str, Any]) -> Refusal | None:
    """An investment says what is put in and paid, for whom, and how they may fare."""
    if not told["name"].strip():
        return Refusal("value.name", "Say what the investment is called.")
    if not all(0 < told[each] <= MOST for each in ("invested_pence", "cap_pence", "day_pence", "care_pence")):
        return Refusal("value.investment_money", "Enter each amount in pounds and pence, more than nothing.")
    if not told["care_source"].strip():
        return Refusal("value.no_value_source", "Say where the cost of a day in care is from.")
    latest = financial_year(clock.today()) + 1
    if not all(EARLIEST_YEAR <= told[each] <= latest for each in ("care_year", "prices")):
        return Refusal("value.year", "Choose a financial year for its prices.")
    return _why_not_children(told) or _why_not_shares(told)


def _why_not_children(told: Mapping[str, Any]) -> Refusal | None:
    if not 1 <= told["fewest_children"] <= told["children"] <= MOST_CHILDREN:
        return Refusal(
            "value.children", "The fewest children that may come are at least 1 and no more than all of them."
        )
    if (
        not all(1 <= told[each] <= MOST_MONTHS for each in ("months", "recruit_months"))
        or not 0 <= told["wait_months"] <= 60
    ):
        return Refusal(
            "value.months", f"Enter whole months, from 1 to {MOST_MONTHS}; and at most 60 until a payment is made."
        )
    return None


def _why_not_shares(told: Mapping[str, Any]) -> Refusal | None:
    shares: list[Decimal] = [told[each] for each in ("hopeful", "target", "cautious", "baseline", "cashable")]
    if not all(0 <= each <= 100 for each in shares):
        return Refusal("value.percent", "Each share is from 0 to 100 per cent.")
    if not told["hopeful"] <= told["target"] <= told["cautious"]:
        return Refusal(
            "value.order",
            "The share of days in care is smallest if it goes well and largest if it goes badly. Check all three.",
        )
    return None


def why_not_these_days(
    from_on: dt.date, until_on: dt.date, children: int, child_days: int, care_days: int, source: str, of: Any
) -> Refusal | None:
    """What was counted: of a time that has passed, no more days than there were, and not of more children than there are."""
    if until_on < from_on or until_on > clock.today():
        return Refusal("value.days_when", "Enter a first and a last day that have passed, in that order.")
    if from_on < of.begins_on:
        return Refusal("value.days_before", "The investment had not begun. Enter days since it did.")
    if not 1 <= children <= of.children:
        return Refusal("value.days_children", f"Enter from 1 to {of.children} children.")
    if not 1 <= child_days <= children * ((until_on - from_on).days + 1):
        return Refusal("value.days_too_many", "So many children cannot have had so many days in that time. Check both.")
    if not 0 <= care_days <= child_days:
        return Refusal(
            "value.days_in_care", "Days in care are some of the days that were followed: no more than these."
        )
    return None if source.strip() else Refusal("value.no_source", "Say who counted, and from what.")


def why_not_counted(there: Any, seen: str | None) -> Refusal | None:
    """Recording what Hearth counted: of a quarter that it knows, as whoever records it saw it."""
    if there.children is None:
        return Refusal("value.not_counted", f"Of this quarter nothing can be recorded. {there.why_not}")
    if there.is_recorded:
        return Refusal("value.counted_already", "This is recorded already.")
    if seen is not None and seen != seen_of_counted(there):
        return Refusal("value.counted_otherwise", "It is counted otherwise by now. Look at it again, and record that.")
    return None


def seen_of_counted(there: Any) -> str:
    """What somebody saw of a quarter, in a few letters."""
    return seen_of(str(there.from_on), str(there.until_on), there.children, there.child_days, there.care_days)


def why_not_at_that_time(overlapping: bool) -> Refusal | None:
    """A day is counted once."""
    if not overlapping:
        return None
    return Refusal(
        "value.days_twice", "Some of that time is counted already. Withdraw that first, or enter other days."
    )


def why_not_count_still(counted: Any) -> Refusal | None:
    """Withdrawing what was counted: once."""
    if counted.withdrawn_at is None:
        return None
    return Refusal("value.days_withdrawn", "This was withdrawn already.")
