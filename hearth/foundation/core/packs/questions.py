"""A question on a form, as data: shared by the request form and the assessment form."""

import hashlib
from typing import Annotated, Literal

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Choice, Code, Part, Words

QuestionKind = Literal[
    "text", "long_text", "choice", "many", "scale_0_10", "date", "yes_no_not_sure", "strengths_and_needs"
]
Prefill = Literal[
    "", "family_members", "home", "languages", "services_involved", "request_reason", "request_going_well"
]
PICKED: tuple[str, ...] = ("choice", "many")


class Question(Part):
    """One question: what is asked, how it is answered, and whether a form may be finished without it."""

    code: Code = Field(description="what the answer is stored under; never used twice in one form")
    label: Words = Field(description="the question")
    kind: QuestionKind = Field(description="how it is answered")
    help: str = Field("", description="one or two short sentences for somebody who is tired")
    required: bool = Field(False, description="true: needed before the form can be sent or signed off")
    needed_once: tuple[Code, ...] = Field(
        (), description="also needed once one of these questions of the same section is answered: a grade has its date"
    )
    options: tuple[Choice, ...] = Field((), alias="option", description="what can be picked, for choice and many")
    low: str = Field("", description="what 0 means, for scale_0_10")
    high: str = Field("", description="what 10 means, for scale_0_10")
    group: str = Field("", description="a heading shown above the first question of a group")
    prefill: Prefill = Field("", description="what is already known and offered as the answer")
    rows: Annotated[int, Field(ge=1, le=20)] = Field(
        4, description="height of the box, for long_text and strengths_and_needs"
    )

    @model_validator(mode="after")
    def _answerable(self) -> "Question":
        if self.kind in PICKED and len(self.options) < 2:
            raise ValueError(f'needs two or more [[...option]] because its kind is "{self.kind}"')
        if self.kind not in PICKED and self.options:
            raise ValueError(
                f'has options, and a question of kind "{self.kind}" has none: take them out or write kind = "choice"'
            )
        if self.kind == "scale_0_10" and not (self.low and self.high):
            raise ValueError("needs low and high: say in words what 0 means and what 10 means")
        return self


def fingerprint(form: Part) -> str:
    """Sixteen characters that change when what the form says changes, not when a release adds a key it leaves out."""
    return hashlib.sha256(form.model_dump_json(by_alias=True, exclude_defaults=True).encode()).hexdigest()[:16]
