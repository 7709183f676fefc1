"""front_door.toml: what the front door can decide, why its clock may stop, and what the referrer is told."""

from typing import Literal

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Code, Part, Words

OUTCOMES = ("advice", "single_agency", "assessment", "panel", "step_up", "no_further_action")


class DecisionOutcome(Choice):
    """One decision. The codes are fixed, because each starts different work; the words are the authority's."""

    code: Literal["advice", "single_agency", "assessment", "panel", "step_up", "no_further_action"] = Field(
        description="fixed: what the decision starts"
    )
    needs_level: bool = Field(description="true: a level of need must be chosen with it")
    levels: tuple[Code, ...] = Field((), description="codes from levels.toml it may be decided at; none: any level")
    referrer_told: Words = Field(description="what the referrer reads; it names nobody")
    referrer_told_helped: str = Field(
        default="",
        description="what the referrer reads instead, where the request joins an open case; it does not say so",
    )
    family_told: str = Field("", description="what a family that asked for itself reads instead; empty: the same")


class FrontDoor(Part):
    """Deciding requests."""

    outcomes: tuple[DecisionOutcome, ...] = Field(
        alias="outcome", description="all six decisions; retire one that is not used"
    )
    pause_reasons: tuple[Choice, ...] = Field(alias="pause_reason", min_length=1, description="why a clock may stop")
    breach_reasons: tuple[Choice, ...] = Field(
        alias="breach_reason", min_length=1, description="why a limit was missed"
    )

    def outcome(self, code: str) -> DecisionOutcome | None:
        """The decision with that code."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)
