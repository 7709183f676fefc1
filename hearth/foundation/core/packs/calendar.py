"""calendar.toml: working weekdays, office hours, bank holidays and the council's own closure days."""

import datetime as dt
from collections import Counter
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator, model_validator

from hearth.foundation.core.packs.bank_holidays import bank_holidays_by_rule
from hearth.foundation.core.packs.base import Part, Words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LEAST_IN_A_YEAR = 8
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class BankHoliday(Part):
    """A day that is a bank holiday in England."""

    on: dt.date = Field(description="the day kept, after any move to a weekday")
    name: Words = Field(description="which holiday it is")

    @field_validator("on")
    @classmethod
    def _a_weekday(cls, day: dt.date) -> dt.date:
        if day.weekday() > 4:
            raise ValueError(f"is a {day:%A}: give the weekday that is kept instead")
        return day


class ClosureDays(Part):
    """Days on which the council is shut besides weekends and bank holidays."""

    first_on: dt.date = Field(description="the first day shut")
    last_on: dt.date = Field(description="the last day shut; the same day for one day")
    why: Words = Field(description="what people are told")

    @model_validator(mode="after")
    def _in_order(self) -> "ClosureDays":
        if self.last_on < self.first_on:
            raise ValueError(f"last_on ({self.last_on}) is before first_on ({self.first_on}): put them in order")
        if (self.last_on - self.first_on).days > 60:
            raise ValueError(
                f"lasts {(self.last_on - self.first_on).days + 1} days: check the years of first_on and last_on"
            )
        return self


class Calendar(Part):
    """Which days are worked."""

    working_weekdays: tuple[Weekday, ...] = Field(
        min_length=1, description="the days of an ordinary week that are worked"
    )
    opens_at: dt.time = Field(description="when the office opens")
    closes_at: dt.time = Field(description="when it shuts: what arrives later counts from the next working day")
    bank_holidays: tuple[BankHoliday, ...] = Field(
        alias="bank_holiday",
        min_length=1,
        description="every one of each year named; a year with none is worked out by the statutory rule",
    )
    closures: tuple[ClosureDays, ...] = Field((), alias="closure", description="the council's own days")

    @field_validator("bank_holidays")
    @classmethod
    def _whole_years(cls, holidays: tuple[BankHoliday, ...]) -> tuple[BankHoliday, ...]:
        for year, days in sorted(Counter(holiday.on.year for holiday in holidays).items()):
            if days < LEAST_IN_A_YEAR:
                raise ValueError(f"has {days} days in {year}, and England has 8 or more each year: add those left out")
        return holidays

    @model_validator(mode="after")
    def _open_before_shut(self) -> "Calendar":
        if self.closes_at <= self.opens_at:
            raise ValueError(f"closes_at ({self.closes_at:%H:%M}) must be later than opens_at ({self.opens_at:%H:%M})")
        return self

    @cached_property
    def _weekdays(self) -> frozenset[int]:
        return frozenset(WEEKDAYS.index(day) for day in self.working_weekdays)

    @cached_property
    def _listed_years(self) -> frozenset[int]:
        return frozenset(holiday.on.year for holiday in self.bank_holidays)

    @cached_property
    def _kept(self) -> frozenset[dt.date]:
        return frozenset(holiday.on for holiday in self.bank_holidays)

    @cached_property
    def _shut(self) -> frozenset[dt.date]:
        days = [(closure.first_on, (closure.last_on - closure.first_on).days + 1) for closure in self.closures]
        return frozenset(first + dt.timedelta(n) for first, how_many in days for n in range(how_many))

    def is_bank_holiday(self, day: dt.date) -> bool:
        """Whether it is a bank holiday; years the list does not name are worked out by rule."""
        if day.year in self._listed_years:
            return day in self._kept
        return day in bank_holidays_by_rule(day.year)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the council works on that day."""
        return day.weekday() in self._weekdays and day not in self._shut and not self.is_bank_holiday(day)
