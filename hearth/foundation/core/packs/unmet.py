"""unmet.toml: needs that nobody could meet, why, and who answers what the sub-group cannot solve."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from hearth.foundation.core.packs.base import Choice, Code, Days, Part, Words

Years = Annotated[int, Field(ge=0, le=120)]
REACHES = ("district", "locality", "authority")  # the narrowest first


class GovernanceLevel(Choice):
    """A level of governance: what the one below cannot solve comes here, and is answered by a day."""

    reach: Literal["district", "locality", "authority"] = Field(
        description="how much of the authority its members answer for"
    )
    answer_days: Days = Field(description="working days in which it answers")


class NeedChoice(Choice):
    """What was needed, and by which other words the same need is spoken of elsewhere: so that figures can be laid side by side."""

    asked_as: tuple[Code, ...] = Field((), description="needs of request_form.toml: by these a request says the same")
    searched_as: tuple[Code, ...] = Field((), description="needs of directory.toml: by these somebody looks for it")
    flagged_as: Code | None = Field(None, description="an indicator of a framework that is a sign of it")


class AgeBand(Choice):
    """Whose need it was, by age. By the same bands a panel's list tells the ages of children, of whom it names nobody."""

    youngest: Years | None = Field(None, description="the first whole year of life in it; an unborn child counts as 0")
    oldest: Years | None = Field(None, description="the last; both left out: it is of no child's age, such as a parent")

    @model_validator(mode="after")
    def _from_until(self) -> Self:
        if (self.youngest is None) != (self.oldest is None):
            raise ValueError("needs both youngest and oldest, or neither")
        if self.youngest is not None and self.oldest is not None and self.oldest < self.youngest:
            raise ValueError("oldest comes before youngest: put them the right way round")
        return self

    def holds(self, age: int) -> bool:
        """Whether somebody of so many whole years is in it."""
        return self.youngest is not None and self.oldest is not None and self.youngest <= age <= self.oldest


class Unmet(Part):
    """Unmet need: what could not be offered, and the way to an answer."""

    sub_group: Words = Field(description="the group that works the themes, as in the middle of a sentence")
    needs: tuple[NeedChoice, ...] = Field(alias="need", min_length=1, description="what was needed")
    age_bands: tuple[AgeBand, ...] = Field(alias="age_band", min_length=1, description="whose need it was, by age")
    reasons: tuple[Choice, ...] = Field(alias="reason", min_length=1, description="why it could not be offered")
    waits: tuple[Choice, ...] = Field(alias="wait", min_length=1, description="how long they wait for it")
    priorities: tuple[Choice, ...] = Field(
        alias="priority", min_length=1, description="how much a theme matters, the most first"
    )
    levels: tuple[GovernanceLevel, ...] = Field(
        alias="level", min_length=1, description="from the first that the sub-group escalates to, up to the board"
    )

    @field_validator("age_bands")
    @classmethod
    def _each_age_once(cls, bands: tuple[AgeBand, ...]) -> tuple[AgeBand, ...]:
        dated = sorted(
            (band for band in bands if band.youngest is not None and not band.retired),
            key=lambda band: band.youngest or 0,
        )
        for younger, older in pairwise(dated):
            if older.holds(younger.oldest or 0):
                raise ValueError(f'says one age twice: in "{younger.code}" and in "{older.code}"')
        return bands

    @field_validator("levels")
    @classmethod
    def _wider_as_they_rise(cls, levels: tuple[GovernanceLevel, ...]) -> tuple[GovernanceLevel, ...]:
        for lower, upper in pairwise(levels):
            if REACHES.index(upper.reach) < REACHES.index(lower.reach):
                raise ValueError(
                    f'must rise: "{upper.code}" reaches less far than "{lower.code}" before it. Put them in order, the board last'
                )
        if levels[-1].retired:
            raise ValueError(f'must end with a level that answers: "{levels[-1].code}" is retired')
        return levels

    def band_of(self, age: int) -> str:
        """The band of a child of so many whole years; empty where none is of that age."""
        return next((band.code for band in self.age_bands if not band.retired and band.holds(age)), "")

    @property
    def ladder(self) -> tuple[GovernanceLevel, ...]:
        """The levels that are in use, the first first."""
        return tuple(level for level in self.levels if not level.retired)
