"""assessment-form-<version>.toml: the authority's whole-family assessment. Every version ever used stays."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Code, Part, Words
from hearth.foundation.core.packs.questions import Question, fingerprint


class Section(Part):
    """One page of the form, about the whole family or asked for each child."""

    code: Code = Field(description="stored; names the page")
    title: Words = Field(description="the page's heading")
    help: str = Field("", description="what this page is for, in a sentence or two")
    scope: Literal["family", "each_child"] = Field(description="asked once, or once for each child")
    questions: tuple[Question, ...] = Field(alias="question", min_length=1, description="in the order they are asked")

    @model_validator(mode="after")
    def _knows_what_is_needed_with_what(self) -> "Section":
        here = {question.code for question in self.questions}
        for question in self.questions:
            if strange := sorted(set(question.needed_once) - here):
                raise ValueError(
                    f"{question.code} is needed once {strange[0]} is answered, which this section does not ask"
                )
        return self


class AssessmentForm(Part):
    """A version of the form. What was filled in on it is read with it for ever."""

    code: Code = Field(description="caf or eha: the family of forms this is a version of")
    version: Annotated[int, Field(ge=1)] = Field(description="the number in the file's name")
    title: Words = Field(description="the form's full name")
    short_title: Words = Field(description="as people say it")
    in_use_from: dt.date = Field(description="assessments started on this day or later use it")
    introduction: Words = Field(description="shown on its first page")
    sections: tuple[Section, ...] = Field(alias="section", min_length=1, description="its pages, in order")

    @property
    def fingerprint(self) -> str:
        """Changes when anything on the form changes: a stored version may never change."""
        return fingerprint(self)

    def section(self, code: str) -> Section | None:
        """The section with that code."""
        return next((section for section in self.sections if section.code == code), None)

    def question(self, code: str) -> Question | None:
        """The question with that code, in whichever section it is."""
        return next(
            (question for section in self.sections for question in section.questions if question.code == code), None
        )

    def required(self, scope: str) -> tuple[Question, ...]:
        """The questions that must be answered before sign-off, for the family or for each child."""
        return tuple(q for section in self.sections if section.scope == scope for q in section.questions if q.required)
