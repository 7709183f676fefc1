"""The [claim] table of a framework-*.toml: when a family's help counts as a result of the programme, as data."""

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from hearth.foundation.core.packs.base import Code, Part, Words

OnRecord = Literal["dependent_child", "assessment", "lead_practitioner", "plan"]
Few = Annotated[int, Field(ge=1, le=60)]


class Fall(Part):
    """Something that is counted before the help and after it, and by how much it must have fallen."""

    code: Code = Field(description="what is stored with a look again; never change it once it has been used")
    label: Words = Field(description="what is counted, and over how long")
    at_least_percent: Annotated[int, Field(ge=1, le=100)] = Field(
        description="by how many in a hundred it must have fallen"
    )

    def is_reached(self, before: int, after: int) -> bool:
        """Whether it fell far enough. Of nothing there is no fall: then there must be nothing after it either."""
        return (before - after) * 100 >= before * self.at_least_percent if before else after == 0


class ClaimNeed(Part):
    """One of the needs that a claim counts, and how long it must have stayed met where that differs."""

    code: Code = Field(description="what is stored with a claim; never change it once it has been used")
    label: Words = Field(description="as the framework's indicators name it in `need`")
    sustained_months: Few | None = Field(None, description="months, where it differs from the claim's own")
    sustained_terms: Few | None = Field(None, description="whole school terms one after another, instead of months")
    falls: tuple[Fall, ...] = Field(
        (), alias="fall", description="counts that must have fallen, said by whoever looks again"
    )
    is_asked: bool = Field(
        True, description="false: it counts among the needs found, and a result does not ask that it is met"
    )

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what it does not say: a claim that was frozen before these could be said stays the same, letter for letter."""
        said: dict[str, Any] = write(self)
        for name, nothing in (("fall", []), ("falls", []), ("is_asked", True)):
            if name in said and (said[name] == nothing or said[name] == ()):
                del said[name]
        return said

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        if self.sustained_months and self.sustained_terms:
            raise ValueError("must have sustained_months or sustained_terms: take one out")
        return self


class ClaimRules(Part):
    """What must be so, on dated evidence, before a family is claimed for."""

    source: Words = Field(description="where the rules are published")
    needs_at_least: Annotated[int, Field(ge=1, le=20)] = Field(description="how many different needs were found")
    on_record: tuple[OnRecord, ...] = Field(min_length=1, description="what else must stand on record")
    sustained_months: Few = Field(description="months for which each need must have stayed met")
    pays_until: dt.date | None = Field(None, description="the last day as at which a claim can be made")
    pounds: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        None, description="what an accepted claim is worth, where the framework says one sum"
    )
    needs: tuple[ClaimNeed, ...] = Field(alias="need", min_length=1, description="the needs that count")

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.needs_at_least > len(self.needs):
            raise ValueError(
                f"asks for {self.needs_at_least} needs and names {len(self.needs)}: add needs or ask for fewer"
            )
        return self

    def need(self, code: str) -> ClaimNeed | None:
        """The need with that code."""
        return next((need for need in self.needs if need.code == code), None)

    def window_of(self, need: ClaimNeed) -> tuple[int, str]:
        """How long a need must have stayed met: a number, and months or terms."""
        if need.sustained_terms:
            return need.sustained_terms, "terms"
        return need.sustained_months or self.sustained_months, "months"
