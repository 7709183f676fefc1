"""closure.toml: why a case is closed and what came of it; and the reasons for opening it again."""

from typing import Literal

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Choice, Part

EndReason = Literal["outcomes_met", "step_up", "no_further_action"]


class ClosureReason(Choice):
    """Why a case was closed."""

    needs_family_view: bool = Field(
        description="true: what the family says must be recorded, or why it could not be asked"
    )
    needs_hard_to_reach_plan: bool = Field(
        False,
        description="true: a manager agrees, and the plan for reaching the family was tried; silence closes nothing",
    )
    counts_as: EndReason = Field(description="how the national dataset counts it")


class ReopenReason(Choice):
    """Why a closed case was opened again."""

    same_case: bool = Field(
        False, description="true: the closed case is taken up again as it was; false: a new case follows it"
    )


class ClosureOutcome(Choice):
    """What came of the work."""

    achieved: bool = Field(description="true: counts as outcomes met")


class Closure(Part):
    """Closing a case and opening it again."""

    reasons: tuple[ClosureReason, ...] = Field(alias="reason", min_length=1, description="why a case is closed")
    outcomes: tuple[ClosureOutcome, ...] = Field(alias="outcome", min_length=2, description="what came of it")
    reopen_reasons: tuple[ReopenReason, ...] = Field(
        alias="reopen_reason", min_length=1, description="why a closed case is opened again"
    )
    family_view_question: str = Field(description="asked of the family in their own words", min_length=1)
    least_tries: int = Field(
        ge=1, le=50, description="how often a family must be tried, without being reached, before it may be given up"
    )
    least_ways: int = Field(ge=1, le=50, description="in how many ways at least, such as a visit and a letter")
    no_family_view_reasons: tuple[Choice, ...] = Field(
        alias="no_family_view_reason", min_length=1, description="why the family could not be asked"
    )

    @model_validator(mode="after")
    def _each_way_is_a_try(self) -> "Closure":
        if self.least_ways > self.least_tries:
            raise ValueError(f"least_ways ({self.least_ways}) must not be more than least_tries ({self.least_tries})")
        return self

    def reason(self, code: str) -> ClosureReason | None:
        """The closure reason with that code."""
        return next((reason for reason in self.reasons if reason.code == code), None)
