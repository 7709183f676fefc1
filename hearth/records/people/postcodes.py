"""Postcodes and property numbers as they are stored: in one form, so that they can be found."""

import re

from hearth.foundation.core.postcodes import SHAPE, postcode_of

__all__ = ["SHAPE", "postcode_of", "uprn_of"]


def uprn_of(text: str) -> str:
    """A property number of one to twelve figures without leading noughts; empty when it is none."""
    bare = re.sub(r"\s", "", text)
    return bare.lstrip("0") if re.fullmatch(r"[0-9]{1,12}", bare) else ""
