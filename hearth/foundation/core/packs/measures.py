"""measures.toml: what early help is measured by, and projects whose planned and achieved stand side by side, as data.

What can be counted is fixed (`SOURCES`), because the database counts it. What it is called, what it is set against and the words
for that are the authority's.
"""

import datetime as dt
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Choice, Code, Label, Part, Words

# What can be counted, and the parts into which each event falls: exactly one each.
SOURCES: dict[str, tuple[str, ...]] = {
    "requests": ("in_time", "late", "waiting"),
    "assessments_begun": ("begun",),
    "assessments_signed_off": ("in_time", "late"),
    "social_care_referrals": ("assessed", "assessed_earlier", "begun", "none"),
    "cases_opened": ("again", "first"),
    "cases_ended": ("achieved", "other"),
    "after_closing": ("within_6", "within_12", "none"),
    "plan_outcomes": ("met", "set_aside"),
}
# What can be waited for: from one step to the next, in days.
WAITS: tuple[str, ...] = ("request_days", "assessment_days", "plan_days", "case_days", "step_up_days")
# Sources that count the same events: what is kept back of one is kept back of all, or one would tell the other.
SAME_EVENTS: tuple[tuple[str, ...], ...] = (
    ("assessments_signed_off", "assessment_days"),
    ("cases_ended", "after_closing", "case_days"),
)
Source = Literal[
    "requests",
    "assessments_begun",
    "assessments_signed_off",
    "social_care_referrals",
    "cases_opened",
    "cases_ended",
    "after_closing",
    "plan_outcomes",
    "request_days",
    "assessment_days",
    "plan_days",
    "case_days",
    "step_up_days",
]
Figure = Annotated[int, Field(ge=0, le=10_000_000)]
Per = Annotated[int, Field(ge=0, le=10_000)]


class Word(Part):
    """What is said from some share of what was planned upwards."""

    word: Label = Field(description="what is said")
    at_least_percent: Per = Field(
        description="from this share of the profile, in percent, up to the next word's; exactly at it is in"
    )
    tone: Literal["good", "as_planned", "watch", "bad"] = Field(description="how it is drawn; the word is always there")


class Tolerance(Part):
    """A rule that says a word of what was achieved over what was planned. Where less is better it is read the other way about."""

    code: Code = Field(description="what measures and projects name")
    label: Label = Field(description="what people read")
    why: Words = Field(description="who decided where each word begins, and why")
    words: tuple[Word, ...] = Field(alias="word", min_length=2, description="the highest share first; the last from 0")

    @model_validator(mode="after")
    def _go_down_to_nothing(self) -> Self:
        if any(later.at_least_percent >= earlier.at_least_percent for earlier, later in pairwise(self.words)):
            raise ValueError("must have its words from the highest at_least_percent to the lowest: put them in order")
        if self.words[-1].at_least_percent != 0:
            raise ValueError("must have a last word with at_least_percent = 0, or some share would have none")
        return self

    def word_for(self, achieved: int, planned: int, *, less_is_better: bool = False) -> Word | None:
        """The word for what was achieved over what was planned, exactly; none where nothing was planned."""
        over, under = (planned, achieved) if less_is_better else (achieved, planned)
        if planned <= 0:
            return None
        if under == 0:  # less is better, and there is none at all
            return self.words[0]
        return next(each for each in self.words if over * 100 >= each.at_least_percent * under)


class Target(Part):
    """What is aimed for from a day on, in each quarter: a number, a percentage, or days."""

    from_on: dt.date = Field(description="the first day of the quarter from which it holds")
    figure: Figure = Field(description="how many a quarter, what percentage, or how many days")
    area: Code | None = Field(
        None, description="a district's own; left out: the whole authority's and every district's"
    )


class Measure(Choice):
    """One thing that is measured."""

    outcome: Code | None = Field(None, description="a code of [[outcome]]; left out: it stands under how help is given")
    source: Source = Field(description="what is counted, or waited for")
    counts: tuple[Code, ...] = Field((), description="the parts that are counted; left out: all of them")
    out_of: Literal["all", ""] = Field("", description='"all": a percentage of all parts; left out: a number')
    about: tuple[Code, ...] = Field((), description="of plan_outcomes: outcome areas of plans.toml; of others nothing")
    numerator: Words = Field(description="what is counted, in words")
    denominator: Words | None = Field(None, description="what it is a share of, in words")
    blind: Words = Field(description="what it cannot see")
    direction: Literal["up", "down", "neither"] = Field(description="which way is better; neither: it says how much")
    tolerance: Code | None = Field(None, description="the rule that says a word of it against its target")
    owner: Label = Field(description="who answers for it")
    levels: tuple[Literal["district", "authority"], ...] = Field(
        ("district", "authority"), min_length=1, description="for which areas it is shown"
    )
    follows_months: Annotated[int, Field(ge=0, le=24)] = Field(
        0, description="months for which each is followed: before they have passed it is too early to say"
    )
    fewest_shown: Annotated[int, Field(ge=3, le=100)] | None = Field(
        None, description="a number below it is not shown; left out: that of indicators.toml, and never less than it"
    )
    targets: tuple[Target, ...] = Field((), alias="target", description="what is aimed for, from when")

    @model_validator(mode="after")
    def _counts_what_there_is(self) -> Self:
        parts = SOURCES.get(self.source, ())
        strangers = [part for part in self.counts if part not in parts]
        if strangers:
            raise ValueError(
                f'counts "{strangers[0]}", and {self.source} has no such part: '
                + (f"it has {', '.join(parts)}" if parts else "it is a wait, and has none")
            )
        if self.is_share and (not self.counts or set(self.counts) == set(parts)):
            raise ValueError("is a percentage of all, and counts all of them: name in counts what is counted")
        if self.is_share != (self.denominator is not None):
            raise ValueError('needs denominator and out_of = "all" together: a share says what it is a share of')
        if bool(self.about) != (self.source == "plan_outcomes"):
            raise ValueError("needs about for plan_outcomes, and for nothing else")
        if self.targets and (self.direction == "neither" or self.tolerance is None):
            raise ValueError("has a target: say in direction which way is better, and name a tolerance")
        return self

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.out_of == "all"

    @property
    def is_wait(self) -> bool:
        """Whether it is a number of days: the median."""
        return self.source in WAITS

    @property
    def sources(self) -> tuple[str, ...]:
        """Its source, with those that count the same events."""
        return next((each for each in SAME_EVENTS if self.source in each), (self.source,))

    def target(self, day: dt.date, area: str = "") -> Target | None:
        """What is aimed for in the quarter that begins on a day: the district's own, else everybody's."""
        begun = sorted(
            (each for each in self.targets if each.from_on <= day and each.area in (None, area or None)),
            key=lambda each: (each.area is not None, each.from_on),
        )
        return begun[-1] if begun else None


class Profile(Part):
    """What was planned to be done by a day."""

    as_at: dt.date = Field(description="the last day of what was reached by then")
    figure: Figure | None = Field(None, description="how many by then, from the beginning")
    words: Label | None = Field(None, description="of a row that is no number: what was planned")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.figure is None) == (self.words is None):
            raise ValueError("needs figure, or words where the row is no number: one of them")
        return self


class Row(Choice):
    """One line of a project: what was to be done, in numbers or in words."""

    total: Figure | None = Field(None, description="how many by the end; left out: the row is no number")
    total_words: Label | None = Field(None, description="of a row that is no number: what was to be done by the end")
    of_people: bool = Field(True, description="true: it counts people, and a small number is not shown")
    profiles: tuple[Profile, ...] = Field(alias="profile", min_length=1, description="what was planned by which day")
    says: tuple[Label, ...] = Field((), description="of a row that is no number: what may be said of it")

    @model_validator(mode="after")
    def _numbers_or_words(self) -> Self:
        if (self.total is None) == (self.total_words is None):
            raise ValueError("needs total, or total_words where the row is no number: one of them")
        if any((each.figure is None) == self.is_number for each in self.profiles):
            raise ValueError("must have profiles in numbers where total is one, and in words where it is not")
        if bool(self.says) == self.is_number:
            raise ValueError("needs says where it is no number, and only there: a number is said by the tolerance")
        if any(later.as_at <= earlier.as_at for earlier, later in pairwise(self.profiles)):
            raise ValueError("must have its profiles by day, the earliest first")
        return self

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.total is not None

    def profile(self, as_at: dt.date) -> Profile | None:
        """What was planned by exactly that day."""
        return next((each for each in self.profiles if each.as_at == as_at), None)


class Project(Part):
    """A project whose planned and achieved stand side by side. What was achieved is typed: its partners count it themselves."""

    code: Code = Field(description="stored with each figure; never change it once it has been used")
    label: Label = Field(description="what people read")
    about: Words = Field(description="what it is for")
    source: Words = Field(description="where its figures come from")
    from_on: dt.date = Field(description="its first day")
    until_on: dt.date = Field(description="its last day")
    tolerance: Code = Field(description="the rule that says a word of achieved over planned")
    actual: Label = Field(description="what the column of what was achieved is called")
    context: tuple[Label, ...] = Field((), description="figures around it, each in a sentence with its day")
    rows: tuple[Row, ...] = Field(alias="row", min_length=1, description="its lines")

    @model_validator(mode="after")
    def _within_its_time(self) -> Self:
        if self.until_on <= self.from_on:
            raise ValueError(f"must end after it begins, {self.from_on} (it ends {self.until_on})")
        days = [each.as_at for row in self.rows for each in row.profiles]
        outside = [day for day in days if not self.from_on <= day <= self.until_on]
        if outside:
            raise ValueError(f"has a profile as at {outside[0]}, which is before it begins or after it ends")
        return self

    def row(self, code: str) -> Row | None:
        """The line with that code."""
        return next((row for row in self.rows if row.code == code), None)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day as at which something was planned, the earliest first."""
        return tuple(sorted({each.as_at for row in self.rows for each in row.profiles}))


class Measures(Part):
    """Measures, the outcomes they stand under, and projects."""

    outcomes: tuple[Choice, ...] = Field(alias="outcome", min_length=1, description="what a scorecard is ordered by")
    mistakes: tuple[Code, ...] = Field(
        (), description="codes of [[reason]] in closure.toml that mean there was no case"
    )
    tolerances: tuple[Tolerance, ...] = Field(alias="tolerance", min_length=1, description="words for what was reached")
    measures: tuple[Measure, ...] = Field(alias="measure", min_length=1, description="what is measured")
    projects: tuple[Project, ...] = Field((), alias="project", description="planned against achieved")

    @model_validator(mode="after")
    def _no_figure_tells_another(self) -> Self:
        """Outcome areas belong to one measure each: of two that share one, the difference would be a figure nobody agreed to show."""
        of_area: dict[str, str] = {}
        for measure in self.measures:
            for code in measure.about:
                if of_area.setdefault(code, measure.code) != measure.code:
                    raise ValueError(
                        f'measure "{measure.code}" is about "{code}", and so is "{of_area[code]}": one less the other would be shown too'
                    )
        return self

    def measure(self, code: str) -> Measure | None:
        """The measure with that code."""
        return next((each for each in self.measures if each.code == code), None)

    def project(self, code: str) -> Project | None:
        """The project with that code."""
        return next((each for each in self.projects if each.code == code), None)

    def tolerance(self, code: str | None) -> Tolerance | None:
        """The rule with that code."""
        return next((each for each in self.tolerances if each.code == code), None)
