"""unmet.toml: needs that nobody could meet, why, and who answers what the sub-group cannot solve."""

from itertools import pairwise
from typing import Literal

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Code, Days, Part, Words

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


class Unmet(Part):
    """Unmet need: what could not be offered, and the way to an answer."""

    sub_group: Words = Field(description="the group that works the themes, as in the middle of a sentence")
    needs: tuple[NeedChoice, ...] = Field(alias="need", min_length=1, description="what was needed")
    age_bands: tuple[Choice, ...] = Field(alias="age_band", min_length=1, description="whose need it was, by age")
    reasons: tuple[Choice, ...] = Field(alias="reason", min_length=1, description="why it could not be offered")
    waits: tuple[Choice, ...] = Field(alias="wait", min_length=1, description="how long they wait for it")
    priorities: tuple[Choice, ...] = Field(
        alias="priority", min_length=1, description="how much a theme matters, the most first"
    )
    levels: tuple[GovernanceLevel, ...] = Field(
        alias="level", min_length=1, description="from the first that the sub-group escalates to, up to the board"
    )

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

    @property
    def ladder(self) -> tuple[GovernanceLevel, ...]:
        """The levels that are in use, the first first."""
        return tuple(level for level in self.levels if not level.retired)
