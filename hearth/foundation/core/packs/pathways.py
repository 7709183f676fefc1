"""pathway-*.toml: an integrated pathway: the few points at which every family meets a service, from before birth to old age.

An age is `birth`, so long after it (`6 weeks`), so long before it (`-28 weeks`, of the day it is due), or a school year's first
or last day. School years are England's: a child starts reception in the September after the fourth birthday.
"""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from hearth.foundation.core.packs.base import Code, Label, Part, Words

AGE = r"^(birth|-?[1-9][0-9]? (days|weeks|months|years)|(start|end) of (nursery|reception|year ([1-9]|1[0-3])))$"
Age = Annotated[str, StringConstraints(pattern=AGE)]
NURSERY, RECEPTION = -1, 0  # the years at school before year 1, counted as it is
STARTS = (9, 1)
# Somebody to compare ages with, born on a day that is the first of no school year: a March child is of middling age in its year.
SOMEBODY = dt.date(2000, 3, 1)


def day_of(age: str, born: dt.date) -> dt.date:
    """The day on which somebody born (or due) on a day is that old, or their school year starts or ends."""
    if age == "birth":
        return born
    if age.startswith(("start", "end")):
        first = dt.date(_reception(born) + _school_year(age), *STARTS)
        return first if age.startswith("start") else first.replace(year=first.year + 1) - dt.timedelta(days=1)
    many, unit = int(age.split(maxsplit=1)[0]), age.split()[1]
    if unit in ("days", "weeks"):
        return born + dt.timedelta(days=many * (7 if unit == "weeks" else 1))
    return months_after(born, many * (12 if unit == "years" else 1))


def _reception(born: dt.date) -> int:
    """The year in whose September somebody starts reception."""
    return born.year + 4 + ((born.month, born.day) >= STARTS)


def _school_year(age: str) -> int:
    named = age.split(" of ")[1]
    return (
        {"nursery": NURSERY, "reception": RECEPTION}[named]
        if named in ("nursery", "reception")
        else int(named.split()[1])
    )


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (after - dt.timedelta(days=1)).day))


class Stage(Part):
    """A stretch of a pathway, such as pregnancy."""

    code: Code = Field(description="what touchpoints name")
    label: Label = Field(description="what people read")


class Evidence(Part):
    """What in a partner's feed tells that a touchpoint was met. Without `due_on` it can be met and never missed."""

    feed: Code = Field(description="the feed that tells")
    where: dict[str, tuple[str, ...]] = Field({}, description="only rows with one of these values, by column")
    met_on: Code = Field(description="the column with the day on which it was met; empty there: it was not")
    due_on: str = Field("", description="the column with the day on which it was due")


class Touchpoint(Part):
    """A point at which families meet a service."""

    code: Code = Field(description="what is stored and linked to; of its own among all pathways")
    label: Label = Field(description="what people read")
    stage: Code = Field(description="the [[stage]] it lies in")
    opens: Age = Field(
        description="the age at which it begins: birth, -28 weeks, 6 weeks, 2 years, start of year 7 ..."
    )
    closes: Age | None = Field(None, description="the age by which it is over; left out: it goes on")
    who: tuple[Label, ...] = Field(min_length=1, description="who meets the family")
    where: str = Field("", description="where, such as at home")
    what: Words = Field(description="what happens, as a family reads it")
    look_for: tuple[Label, ...] = Field(min_length=1, description="what to look for, said so that a family may read it")
    can_follow: tuple[Label, ...] = Field(min_length=1, description="what can follow")
    if_missed: Words = Field(description="what a family can do if it did not happen")
    cost: Words = Field(description="what may be lost when it is missed")
    needs: tuple[Code, ...] = Field((), description="codes of [[need]] in directory.toml, by which services are found")
    evidence: Evidence | None = Field(None, description="what in a feed tells that it was met; left out: no feed tells")

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.closes is not None and day_of(self.closes, SOMEBODY) < day_of(self.opens, SOMEBODY):
            raise ValueError(
                f'closes at "{self.closes}", before it opens at "{self.opens}": put them the right way round'
            )
        return self


class Pathway(Part):
    """A pathway: its touchpoints in the order in which a family comes to them."""

    code: Code = Field(description="as the file is named")
    order: Annotated[int, Field(ge=1, le=99)] = Field(description="its place among the pathways")
    title: Label = Field(description="what people read")
    about: Words = Field(description="one or two sentences for a family")
    source: Words = Field(description="where it is published, or that it is our own")
    for_everyone: bool = Field(
        True, description="false: only some go this way, so that nothing on it is anybody's to miss"
    )
    stages: tuple[Stage, ...] = Field(alias="stage", min_length=1, description="its stretches, in order")
    touchpoints: tuple[Touchpoint, ...] = Field(alias="touchpoint", min_length=1, description="in order")

    def touchpoint(self, code: str) -> Touchpoint | None:
        """The touchpoint with that code."""
        return next((each for each in self.touchpoints if each.code == code), None)
