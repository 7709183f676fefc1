"""returns.toml: quarterly returns of providers: when they are due, when they are chased, how the figures are spoken of, how long names stay."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Days, Part


class SaidOfProfile(Choice):
    """A word for how an actual stands to its profile."""

    from_percent: Annotated[int, Field(ge=0, le=1000)] = Field(
        description="said from so many hundredths of the profile on, up to the next word above"
    )


class Returns(Part):
    """The quarterly return of a contract."""

    open_days: Days = Field(description="working days after a quarter's end on which its return is made, prefilled")
    due_days: Days = Field(description="working days after a quarter's end by which it is sent")
    chase_before: tuple[Days, ...] = Field(description="working days before that day on which the provider is reminded")
    chase_after: tuple[Days, ...] = Field(
        min_length=1,
        description="working days after it on which provider and contract manager are told that it is late",
    )
    first_days: Days = Field(
        description="calendar days of a quarter for which a contract must have run since it was signed, so that a return of it is asked for"
    )
    answer_days: Days = Field(description="working days after a query by which it is answered")
    chase_answer_after: tuple[Days, ...] = Field(
        min_length=1,
        description="working days after that day on which provider and contract manager are told that nobody has answered",
    )
    names_kept_days: Days = Field(
        description="calendar days for which the names of a provider's list of people are kept, to check it; then the totals alone stay"
    )
    most_people: Annotated[int, Field(ge=1, le=20_000)] = Field(description="the most people that one list may hold")
    said: tuple[SaidOfProfile, ...] = Field(min_length=2, description="words for profile and actual, the best first")

    @field_validator("said")
    @classmethod
    def _falling_to_nothing(cls, said: tuple[SaidOfProfile, ...]) -> tuple[SaidOfProfile, ...]:
        for better, worse in pairwise(said):
            if worse.from_percent >= better.from_percent:
                raise ValueError(
                    f'must fall: "{worse.code}" begins at {worse.from_percent}, and "{better.code}" before it at {better.from_percent}'
                )
        if said[-1].from_percent != 0:
            raise ValueError(f'must end at 0: "{said[-1].code}" begins at {said[-1].from_percent}')
        return said

    @field_validator("due_days")
    @classmethod
    def _made_before_it_is_due(cls, due_days: int, info: object) -> int:
        made = getattr(info, "data", {}).get("open_days", 0)
        if due_days <= made:
            raise ValueError(f"must be more than open_days ({made}): a return is made before it is due")
        return due_days

    def said_of(self, profile: int | None, actual: int | None) -> SaidOfProfile | None:
        """The word for an actual and its profile; none where either is not known, or nothing was planned and nothing came."""
        if profile is None or actual is None or (profile == 0 and actual == 0):
            return None
        return next(word for word in self.said if actual * 100 >= word.from_percent * profile)
