"""Drawing by a seed: the same claims, the same seed and the same number give the same sample, wherever it is done."""

import hashlib
from collections.abc import Iterable


def draw(references: Iterable[str], seed: str, size: int) -> list[str]:
    """So many of the references, in the order of SHA-256 of the seed, a space and the reference; all, where there are fewer."""
    return sorted(references, key=lambda one: (hashlib.sha256(f"{seed} {one}".encode()).hexdigest(), one))[:size]
