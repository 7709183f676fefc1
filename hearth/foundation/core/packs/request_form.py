"""request_form.toml: what somebody who asks for help is asked, whoever they are."""

from typing import Annotated, Literal

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Part, SourceCode, Words
from hearth.foundation.core.packs.questions import Question, fingerprint

ASKERS = ("partner", "family", "phone")


class Asker(Part):
    """A way a request arrives: typed by a partner, by the family, or by an officer during a telephone call."""

    code: Literal["partner", "family", "phone"] = Field(description="fixed: the three ways in")
    label: Words = Field(description="what people read")
    introduction: Words = Field(description="shown before the first question")
    what_happens_next: Words = Field(description="shown when the request has been sent")
    asks_for_assessment: bool = Field(
        False, description="true: a request must be backed by an assessment, or say why not"
    )
    questions: tuple[Question, ...] = Field((), alias="question", description="asked of these people only")


class Relation(Choice):
    """Who somebody is to the family, when they are not a partner."""

    contact_source: SourceCode = Field(description="the DfE referral-source code: 1A for a parent")


class Reason(Choice):
    """Why help is asked for. A family is asked in its own words."""

    family_label: str = Field("", description="what a family reads instead, in plain words; empty: the label")
    asked_of_families: bool = Field(True, description="false: a family is not asked this")


class Sign(Choice):
    """A sign that this is not a request for early help. A family is asked in its own words."""

    family_label: str = Field("", description="what a family reads instead, said to a parent; empty: the label")


class Need(Choice):
    """Something the person asking can see."""

    theme: Words = Field(description="the heading it is listed under")


class RequestForm(Part):
    """The request form. A sent request keeps the version it was made on."""

    version: Annotated[int, Field(ge=1)] = Field(description="add one when a question changes")
    consent_statement: Words = Field(description="read to or by the family before anything is shared")
    safeguarding_question: Words = Field(description="asked first; any sign picked shows whom to ring now")
    family_safeguarding_question: str = Field("", description="the same, said to a parent; empty: as it stands above")
    exit_signs: tuple[Sign, ...] = Field(
        alias="exit_sign", min_length=1, description="signs that this is not a request for early help"
    )
    reasons: tuple[Reason, ...] = Field(alias="reason", min_length=1, description="why help is asked for")
    needs: tuple[Need, ...] = Field(alias="need", min_length=1, description="what can be seen")
    askers: tuple[Asker, ...] = Field(alias="asker", description="the three ways in: partner, family, phone")
    relations: tuple[Relation, ...] = Field(alias="relation", min_length=1, description="who somebody is to the family")
    no_assessment_reasons: tuple[Choice, ...] = Field(
        (), alias="no_assessment_reason", description="why a request comes without an assessment"
    )
    hopes_question: Words = Field(description="what the family would like to be different")
    going_well_question: Words = Field(description="what is going well")

    def asker(self, code: str) -> Asker | None:
        """The way in with that code."""
        return next((asker for asker in self.askers if asker.code == code), None)

    @property
    def fingerprint(self) -> str:
        """Changes when anything on the form changes."""
        return fingerprint(self)
