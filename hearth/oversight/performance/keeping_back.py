"""Which figures are kept back, so that no small number can be worked out from those that are shown (adr 36).

What is shown or kept back is a **unit**: every part of every source that counts the same events, in one place and time. Half of one
would tell the rest of it. Units stand in two lines: districts that add up to the authority's quarter, and months that add up to it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

Parts = Mapping[Any, int]  # by source and part


@dataclass(frozen=True)
class KeptBack:
    """What is not shown of one quarter."""

    districts: frozenset[str]
    months: frozenset[Hashable]
    whole: bool


def is_small(unit: Parts, fewest: int) -> bool:
    """Whether some part of it is a number too small to show. Nought is not one: nobody is in it."""
    return any(0 < many < fewest for many in unit.values())


def kept_back(districts: Mapping[str, Parts], months: Mapping[Hashable, Parts], whole: Parts, fewest: int) -> KeptBack:
    """What is kept back of one quarter: its districts, its months, and the quarter of the whole authority."""
    hides = is_small(whole, fewest)
    return KeptBack(_of_line(districts, hides, fewest), _of_line(months, hides, fewest), hides)


def _of_line(line: Mapping[Any, Parts], sum_is_kept_back: bool, fewest: int) -> frozenset[Any]:
    """Those of a line whose sum is the quarter: the small ones, and as many more as make them impossible to work out.

    Where the sum is shown, what is kept back must be two at least, and together nought or no small number in every part: otherwise the
    sum less what is shown would be one. The next to go is always the one with the fewest in it.
    """
    hidden = {key for key, unit in line.items() if is_small(unit, fewest)}
    rest = sorted(
        (key for key in line if key not in hidden),
        key=lambda key: (sum(line[key].values()) == 0, sum(line[key].values()), str(key)),
    )
    while rest and hidden and not sum_is_kept_back and not _is_enough([line[key] for key in hidden], fewest):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _is_enough(hidden: list[Parts], fewest: int) -> bool:
    """Whether nothing can be worked out of these from their sums."""
    parts = {part for unit in hidden for part in unit}
    together = {part: sum(unit.get(part, 0) for unit in hidden) for part in parts}
    return len(hidden) >= 2 and not is_small(together, fewest)
