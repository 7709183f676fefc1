"""The evidence of a pair as a waterfall: each line begins where the one before it ended, from the odds before anything is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.text import upper_first

WIDTH = 240.0


@dataclass(frozen=True)
class Bar:
    """One line: its words, its bits, and where it is drawn, in units of a picture WIDTH wide."""

    words: str
    bits: float
    x: float
    width: float
    total: float

    @property
    def against(self) -> bool:
        """Whether it speaks against one person."""
        return self.bits < 0


@dataclass(frozen=True)
class Waterfall:
    """Every bar, the strongest evidence first after the start; where nought is, and the sum."""

    bars: tuple[Bar, ...]
    nought: float
    bits: float


def waterfall(evidence: Sequence[dict[str, Any]]) -> Waterfall:
    """The waterfall of evidence as a run kept it."""
    start = [line for line in evidence if line["of"] == "start"]
    rest = sorted(
        (line for line in evidence if line["of"] != "start"), key=lambda line: (-abs(line["bits"]), line["words"])
    )
    ordered = [*start, *rest]
    ends = [0.0]
    for line in ordered:
        ends.append(ends[-1] + line["bits"])
    low, high = min(ends), max(ends)
    by = WIDTH / max(high - low, 1.0)
    bars = [
        Bar(
            upper_first(line["words"]), line["bits"], (min(one, two) - low) * by,
            max(abs(two - one) * by, 1.5), two,
        )
        for line, one, two in zip(ordered, ends, ends[1:], strict=False)
    ]  # fmt: skip
    return Waterfall(tuple(bars), -low * by, ends[-1])
