"""What a look inside a file comes to."""

from dataclasses import dataclass

from hearth.foundation.core.refusals import Refusal, Refused

INSTEAD = "Save it as a PDF and add that."


@dataclass(frozen=True)
class Found:
    """A file that may be kept: its kind by content, the ending its name gets, and the bytes that are kept of it."""

    media_type: str
    ending: str
    content: bytes


def cannot_keep(code: str, sentence: str) -> Refused:
    """Why a file may not be kept."""
    return Refused(Refusal(f"documents.{code}", sentence))
