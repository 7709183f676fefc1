"""sharing.toml: the categories consent and agreements name, who may decide, and the lawful exceptions."""

from typing import Literal

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Part, Words

CATEGORIES = (
    "basic",
    "contact",
    "assessment",
    "plan",
    "notes",
    "health",
    "education",
    "police_and_justice",
    "housing",
    "finance",
    "documents",
)


class DataCategory(Choice):
    """A category of information. The codes are fixed, because access is decided on them; the words are local."""

    code: Literal[
        "basic",
        "contact",
        "assessment",
        "plan",
        "notes",
        "health",
        "education",
        "police_and_justice",
        "housing",
        "finance",
        "documents",
    ] = Field(description="fixed: what access is decided on")
    description: Words = Field(description="what it covers, in words a parent would use")
    sensitive: bool = Field(False, description="true: special category or criminal offence information")


class WhoDecides(Choice):
    """Who may give or refuse consent."""

    needs_parental_responsibility: bool = Field(False, description="true: parental responsibility must be on record")
    needs_competence: bool = Field(False, description="true: why the child is thought competent is asked")


class SharingException(Choice):
    """A lawful reason to share without consent."""

    needs_harm_reason: bool = Field(False, description="true: the harm feared must be written down")
    lawful_basis: Words = Field(description="the law relied on")


class Sharing(Part):
    """Consent, agreements and their exceptions."""

    categories: tuple[DataCategory, ...] = Field(alias="category", description="all of them, each once")
    who_decides: tuple[WhoDecides, ...] = Field(alias="who_decides", min_length=1, description="who may consent")
    recorded_how: tuple[Choice, ...] = Field(alias="recorded_how", min_length=1, description="how consent was recorded")
    exceptions: tuple[SharingException, ...] = Field(
        alias="exception", min_length=1, description="lawful reasons to share without it"
    )
    not_asked_reasons: tuple[Choice, ...] = Field(
        alias="not_asked_reason", min_length=1, description="why consent was not asked before a request"
    )
    agreement_purposes: tuple[Choice, ...] = Field(
        alias="agreement_purpose", min_length=1, description="what an agreement is for"
    )

    def category(self, code: str) -> DataCategory | None:
        """The category with that code."""
        return next((category for category in self.categories if category.code == code), None)
