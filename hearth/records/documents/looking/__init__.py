"""What a file is, decided by looking inside: never by its name, and never by what a browser says of it."""

from hearth.foundation.core.refusals import Refused
from hearth.records.documents.looking import office, pdf, pictures, text
from hearth.records.documents.looking.found import Found, cannot_keep
from hearth.records.documents.looking.names import shown_name
from hearth.records.documents.looking.signatures import named_by_signature

LOOKS = (pdf.look, pictures.look, office.look, text.look)


def look(content: bytes) -> Found:
    """What the bytes are, as they may be kept. Raises Refused with a sentence where they may not be."""
    if not content:
        raise cannot_keep("empty", "That file is empty. Choose another.")
    for look_for in LOOKS:
        found = look_for(content)
        if found is not None:
            return found
    raise named_by_signature(content)


__all__ = ["Found", "Refused", "look", "shown_name"]
