"""levels.toml: the authority's levels of need, lowest first. Nothing in code knows their number or their words."""

from typing import Annotated

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Part, Words


class Level(Choice):
    """One level of need."""

    number: Annotated[int, Field(ge=1, le=9)] | None = Field(
        None, description="its number, where the authority numbers them"
    )
    description: Words = Field(description="who is at this level and who helps them")
    signs: tuple[Words, ...] = Field((), description="what is often seen at this level")
    preventative: bool = Field(False, description="true: universal work, recorded as activity and not as a case")
    early_help: bool = Field(False, description="true: early help works at this level")
    step_up: bool = Field(False, description="true: statutory social care; a request at this level is stepped up")


class Levels(Part):
    """Every level, lowest first."""

    title: Words = Field(description="the name of the framework")
    levels: tuple[Level, ...] = Field(alias="level", min_length=2, description="lowest first")

    @field_validator("levels")
    @classmethod
    def _help_and_step_up(cls, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        for flag in ("early_help", "step_up"):
            if not any(getattr(level, flag) for level in levels):
                raise ValueError(f"has none with {flag} = true: say which levels those are")
        return levels

    @property
    def early_help(self) -> tuple[Level, ...]:
        """The levels at which early help works."""
        return tuple(level for level in self.levels if level.early_help)

    @property
    def step_up(self) -> tuple[Level, ...]:
        """The levels that belong to statutory social care."""
        return tuple(level for level in self.levels if level.step_up)
