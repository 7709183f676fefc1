"""directory.toml: how fresh an entry of the directory must be, and the words by which services are found."""

from typing import Annotated

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Choice, Label, Part, WebAddress


class Term(Choice):
    """A need, or a circumstance, by which services are found."""

    uri: WebAddress | None = Field(None, description="its address in a published list, where it is in one")
    said: tuple[Label, ...] = Field((), description="how people say it when they look for help, word or phrase")


class Directory(Part):
    """Freshness and words of the directory."""

    stale_months: Annotated[int, Field(ge=1, le=60)] = Field(
        description="months after which an entry that nobody confirmed is shown as stale"
    )
    chase_days_before: Annotated[int, Field(ge=1, le=365)] = Field(
        description="calendar days before that on which its provider is asked to confirm it"
    )
    chase_again_days: Annotated[int, Field(ge=1, le=365)] = Field(
        description="calendar days after which they are asked again, until somebody has"
    )
    needs: tuple[Term, ...] = Field(alias="need", min_length=1, description="what a service helps with")
    circumstances: tuple[Term, ...] = Field(
        alias="circumstance", min_length=1, description="whose situation a service is for"
    )
    accessibility: tuple[Choice, ...] = Field(min_length=1, description="what a place has")
    languages: tuple[Choice, ...] = Field(alias="language", min_length=1, description="spoken beside English")

    @model_validator(mode="after")
    def _asked_in_time(self) -> "Directory":
        if self.chase_days_before >= self.stale_months * 28:
            raise ValueError(
                "asks before the entry was confirmed at all: make chase_days_before shorter than stale_months"
            )
        return self
