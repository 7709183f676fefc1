"""framework-*.toml and indicators.toml: the rules by which a family is noticed, as data, versioned by framework.

A rule is one of four declarative forms; none of them is a score. What reads a partner's feed names it, so that a rule
says what it needs and, where nothing held would tell, that nothing does.
"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from hearth.foundation.core.packs.base import Code, Label, Part, Words
from hearth.foundation.core.packs.claims import ClaimRules

Window = Annotated[str, StringConstraints(pattern=r"^(now|latest|school_year|[1-9][0-9]? (months|terms))$")]
AtLeast = Annotated[int, Field(ge=1, le=1000)]
Percent = Annotated[int, Field(ge=1, le=100)]
Values = dict[str, tuple[str, ...]]


class Ages(Part):
    """Ages in whole years on the day of the run; both counted in."""

    youngest: Annotated[int, Field(ge=0, le=120)] = Field(alias="from", description="the youngest")
    oldest: Annotated[int, Field(ge=0, le=120)] = Field(alias="to", description="the oldest")
    where: Values = Field({}, description="only for rows with one of these values, by column")


class Also(Part):
    """The same person is in another feed too."""

    feed: Code = Field(description="the other feed")
    where: Values = Field({}, description="with one of these values, by column")


class Facts(Part):
    """Rows of a feed: which of them count."""

    feed: Code = Field(description="the feed that is read")
    where: Values = Field({}, description="a column has one of these values, whatever their case")
    begins: Values = Field({}, description="a column begins with one of these")
    blank: tuple[str, ...] = Field((), description="columns that are empty")
    ages: tuple[Ages, ...] = Field((), description="how old the person is: one of these; none: any age")
    also: tuple[Also, ...] = Field((), description="other feeds the person must be in as well")


class Share(Facts):
    """A share of a whole: of sessions, how many were missed. A person without a whole gets no share."""

    column: str = Field("", description="the column of a mark, one row each; empty: the rows hold sums")
    part: tuple[str, ...] = Field(
        min_length=1, description="what the marks mean that are counted; or the columns added"
    )
    whole: tuple[str, ...] = Field(min_length=1, description="what all of it is; or the column that says")
    at_least_percent: Percent = Field(description="the threshold, in percent; exactly at it is in")


class Events(Facts):
    """Things that happened in the window, counted."""

    at_least: AtLeast = Field(description="the threshold")


class State(Facts):
    """Something that is so on the day of the run, or was at any time in the window."""

    begins_on: str = Field("", description="the column with its first day; empty: what the feed holds now")
    ends_on: str = Field("", description="the column with its last day; empty there: it goes on")


class Combination(Part):
    """Other indicators together."""

    indicators: tuple[Code, ...] = Field(min_length=1, max_length=60, description="their codes")
    at_least: AtLeast = Field(description="how many of them")
    counting: Literal["needs", "indicators"] = Field("needs", description="needs: two of one need count once")
    by: Literal["person", "family"] = Field("family", description="met by one person, or by a family together")


class Indicator(Part):
    """One rule: what it says, where it comes from, what it needs and what it cannot see."""

    code: Code = Field(description="what is stored; one of its own among all frameworks")
    label: Label = Field(description="what people read")
    need: Words = Field(description="the need it is a sign of, as the framework names it")
    source: Words = Field(description="where the rule is written")
    window: Window = Field(description="now, latest (the last period held), school_year, or such as 12 months, 3 terms")
    blind: Words = Field(description="what it cannot see")
    share: Share | None = Field(None, description="the form: a share of a whole")
    events: Events | None = Field(None, description="the form: a count of events")
    state: State | None = Field(None, description="the form: a state")
    combination: Combination | None = Field(None, description="the form: other indicators together")
    only_together: bool = Field(False, description="true: it counts in combinations, and flags nobody by itself")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [form for form in (self.share, self.events, self.state, self.combination) if form is not None]
        if len(forms) > 1:
            raise ValueError("must have one of share, events, state and combination: take the others out")
        if self.only_together and self.facts is None:
            raise ValueError("must read a feed to count only in combinations: take only_together out")
        return self

    @property
    def facts(self) -> Facts | None:
        """The rows it reads; none for a combination, and for a rule that nothing held can tell."""
        return self.share or self.events or self.state

    @property
    def can_be_told(self) -> bool:
        """Whether any feed could tell. A rule that none can is named all the same, so that nobody thinks it was looked at."""
        return self.facts is not None or self.combination is not None

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds it needs."""
        return (self.facts.feed, *(also.feed for also in self.facts.also)) if self.facts else ()


class Framework(Part):
    """A national programme's rules, or the authority's own."""

    code: Code = Field(description="as the file is named")
    title: Label = Field(description="what people read")
    version: Label = Field(description="of which year or guidance; changed when any rule of it changes")
    source: Words = Field(description="where it is published")
    from_on: dt.date = Field(description="the first day it was in use")
    until_on: dt.date | None = Field(None, description="the last day, where it has ended")
    indicators: tuple[Indicator, ...] = Field(alias="indicator", min_length=1, description="its rules")
    claim: ClaimRules | None = Field(None, description="when a family may be claimed for; left out: never")


class Threshold(Part):
    """An authority's own threshold for a national rule."""

    indicator: Code = Field(description="the rule's code")
    at_least: AtLeast | None = Field(None, description="how many, instead of the framework's")
    at_least_percent: Percent | None = Field(None, description="the share in percent, instead of the framework's")
    why: Words = Field(description="who decided it, and why")


class Indicators(Part):
    """What an authority says of all its frameworks together."""

    fewest_shown: Annotated[int, Field(ge=3, le=100)] = Field(
        description="a count below it is not shown: it may be somebody"
    )
    dismiss_reasons: tuple[Label, ...] = Field(
        alias="dismiss_reason", min_length=1, description="why a flag may be wrong"
    )
    thresholds: tuple[Threshold, ...] = Field((), alias="threshold", description="thresholds of its own")
