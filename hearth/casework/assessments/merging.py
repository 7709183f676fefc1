"""Two people in one box: what a save does to it. Plain functions on values, so that every interleaving can be tried.

`base` is what the box held when its writer opened it, `typed` what they send, `current` what it holds now.
"""

from enum import Enum
from typing import Any


class Merge(Enum):
    """What becomes of a box."""

    KEEP = "keep"  # nothing to write: the writer changed nothing, or typed what is there
    WRITE = "write"  # the writer changed it and nobody else did
    ASK = "ask"  # both changed it: the writer sees both texts and chooses


def merge(base: Any, typed: Any, current: Any) -> Merge:
    """What a save does to one box. A box its writer never touched is never written back, however old their page is."""
    if typed in (current, base):
        return Merge.KEEP
    return Merge.WRITE if base == current else Merge.ASK
