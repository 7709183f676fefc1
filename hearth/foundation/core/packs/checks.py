"""checks.toml: what somebody who writes an assessment is reminded of, quietly. It stops nothing."""

from typing import Literal, Self

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Code, Label, Part


class Check(Part):
    """One reminder, and by what it is known."""

    code: Code = Field(description="names it")
    kind: Literal["each_child", "father", "measure"] = Field(
        description="a child of whom none of the questions is answered; a child of whom no father is shown; an outcome without a measure"
    )
    say: Label = Field(description="the reminder; {names} stands for whom or what it is about")
    questions: tuple[Code, ...] = Field(
        (), description="for each_child: questions of the form, one of which is to be answered"
    )

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if (self.kind == "each_child") != bool(self.questions):
            raise ValueError("has questions if its kind is each_child, and none otherwise")
        if "{names}" not in self.say or self.say.count("{") != 1:
            raise ValueError("say must have {names} once, where the names go")
        return self


class Checks(Part):
    """Quiet reminders while an assessment is written."""

    checks: tuple[Check, ...] = Field((), alias="check", description="in the order they are shown")
