"""notes.toml: kinds of note, and why a contact failed."""

from pydantic import Field, field_validator

from hearth.foundation.core.packs.base import Choice, Part


class NoteKind(Choice):
    """A kind of note and what it asks for."""

    asks_who_was_seen: bool = Field(False, description="true: who was seen or spoken to is asked")
    asks_child_alone: bool = Field(False, description="true: whether each child was seen alone is asked")
    failed: bool = Field(False, description="true: nobody was reached, and why is asked")


class Notes(Part):
    """What is written about a contact."""

    kinds: tuple[NoteKind, ...] = Field(alias="kind", min_length=1, description="visit, call, message ...")
    failed_reasons: tuple[Choice, ...] = Field(alias="failed_reason", min_length=1, description="why a contact failed")
    places: tuple[Choice, ...] = Field(alias="place", min_length=1, description="where it was")

    @field_validator("kinds")
    @classmethod
    def _one_failed(cls, kinds: tuple[NoteKind, ...]) -> tuple[NoteKind, ...]:
        if not any(kind.failed for kind in kinds):
            raise ValueError("has none with failed = true: a contact that failed must have somewhere to be written")
        return kinds

    def kind(self, code: str) -> NoteKind | None:
        """The kind of note with that code."""
        return next((kind for kind in self.kinds if kind.code == code), None)
