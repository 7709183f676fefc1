"""Drawing by a seed, some more often than others: the same seed and the same assessments give the same sample, wherever it is done."""

import hashlib
import math
from collections.abc import Mapping

_ALL = 2**256


def draw(weights: Mapping[str, int], seed: str, size: int) -> list[str]:
    """So many of the references, without putting back; each by chance in proportion to its weight.

    SHA-256 of the seed, a space and the reference is a number u between 0 and 1; the smallest of -ln(u) / weight come first (Efraimidis
    and Spirakis, 2006). With equal weights it is the order of the numbers alone.
    """
    return sorted(weights, key=lambda one: (_waits(one, seed) / weights[one], one))[:size]


def _waits(reference: str, seed: str) -> float:
    number = int(hashlib.sha256(f"{seed} {reference}".encode()).hexdigest(), 16)
    return -math.log((number + 1) / (_ALL + 1))
