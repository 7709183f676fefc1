"""Refusals: a rule's gate and the sentence shown, in one object."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: `code` for the record, `sentence` for the person, saying what to do instead.

    `go_to`: where that is done, and the words of the link; for pages that show the sentence.
    """

    code: str
    sentence: str
    go_to: tuple[str, str] | None = None


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


# What PostgreSQL says when two people did the same thing at the same moment: a row that may be there once, an overlap,
# a serialization failure, a deadlock, a lock that was not to be had.
AT_ONCE = ("23505", "23P01", "40001", "40P01", "55P03")
SOMEBODY_ELSE = Refusal(
    "core.at_once",
    "Somebody else did this, or changed it, at the same moment, so nothing of yours was saved. "
    "Look at how it is now; if it is still needed, send it again.",
)


def happened_at_once(fault: BaseException) -> bool:
    """Whether the database undid this because somebody else was there at the same moment."""
    return getattr(fault.__cause__, "sqlstate", None) in AT_ONCE
