"""governance.toml: how likely and how bad a risk is, who answers what is escalated, how often the log is met on, what members ask for."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Code, Days, Part, Words

POINTS = 5  # of each scale


class RiskBand(Choice):
    """A word for how much a risk matters, by its score: likelihood times impact."""

    from_score: Annotated[int, Field(ge=1, le=POINTS * POINTS)] = Field(
        description="said from this score on, up to the next word above"
    )
    weeks: Annotated[int, Field(ge=1, le=52)] = Field(description="weeks within which such a risk is looked at again")


class RiskLevel(Choice):
    """Whom a risk is escalated to, and how long they have to answer."""

    role: Code = Field(description="the role of whoever answers at this level, as Hearth calls it")
    answer_days: Days = Field(description="working days in which they answer")


class StrategyStanding(Choice):
    """How an action of a strategy stands."""

    over: bool = Field(False, description="true: nothing is left to do, so that it is never late")


class Governance(Part):
    """The risk log, what members asked for, and the strategy."""

    likelihoods: tuple[Choice, ...] = Field(
        alias="likelihood", min_length=POINTS, max_length=POINTS, description="five words, the least likely first"
    )
    impacts: tuple[Choice, ...] = Field(
        alias="impact", min_length=POINTS, max_length=POINTS, description="five words, the least harm first"
    )
    bands: tuple[RiskBand, ...] = Field(alias="band", min_length=2, description="words for a score, the most first")
    levels: tuple[RiskLevel, ...] = Field(
        alias="level", min_length=1, description="from the first that a risk is escalated to, up to the board"
    )
    subjects: tuple[Choice, ...] = Field(alias="subject", min_length=1, description="what a risk is about")
    meeting_days: Days = Field(description="calendar days from one meeting on the risk log to the next")
    chase_days: Days = Field(description="working days after which somebody is reminded again of what is late")
    asked_kinds: tuple[Choice, ...] = Field(
        alias="asked_kind", min_length=1, description="what an elected member may ask for"
    )
    request_reminder_days: Days = Field(
        description="calendar days before a member's request is due on which its owner is reminded"
    )
    standings: tuple[StrategyStanding, ...] = Field(
        alias="standing", min_length=2, description="how an action of the strategy may stand"
    )
    risks_for: Words = Field(description="what the log is of, as in the middle of a sentence")

    @field_validator("likelihoods", "impacts")
    @classmethod
    def _none_retired(cls, scale: tuple[Choice, ...]) -> tuple[Choice, ...]:
        for word in scale:
            if word.retired:
                raise ValueError(f'must keep its five words: "{word.code}" is retired. Change its label instead')
        return scale

    @field_validator("bands")
    @classmethod
    def _falling_to_one(cls, bands: tuple[RiskBand, ...]) -> tuple[RiskBand, ...]:
        for worse, better in pairwise(bands):
            if better.from_score >= worse.from_score:
                raise ValueError(
                    f'must fall: "{better.code}" begins at {better.from_score}, and "{worse.code}" before it at {worse.from_score}'
                )
        if bands[-1].from_score != 1:
            raise ValueError(f'must end at 1: "{bands[-1].code}" begins at {bands[-1].from_score}')
        return bands

    def band_of(self, score: int) -> RiskBand:
        """The word for a score."""
        return next(band for band in self.bands if score >= band.from_score)
