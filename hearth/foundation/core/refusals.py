"""Refusals: a rule's gate and the sentence shown, in one object."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: `code` for the record, `sentence` for the person, saying what to do instead."""

    code: str
    sentence: str


class Refused(Exception):
    """Raised by an action when a rule refuses; becomes a page with the sentence and an audit event."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class Conflict(Exception):
    """Two people changed the same text. `texts` maps a field to (what is there now, what this person typed)."""

    def __init__(self, texts: Mapping[str, tuple[str, str]], theirs_by: str = "") -> None:
        super().__init__("Somebody else saved this while you were typing.")
        self.texts = dict(texts)
        self.theirs_by = theirs_by


def refuse(refusal: Refusal | None) -> None:
    """Raise Refused when a rule gave a refusal; do nothing otherwise."""
    if refusal is not None:
        raise Refused(refusal)
