"""Postcodes as they are stored: in one form, so that they can be found."""

import re

# The Royal Mail's shapes, and the one that fits none of them (standards, section 6).
SHAPE = re.compile(r"^(?:[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}|GIR0AA)$")


def postcode_of(text: str) -> str:
    """BB11 1AA, however it was typed; empty when it is no postcode."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return f"{bare[:-3]} {bare[-3:]}" if SHAPE.match(bare) else ""
