"""Where everybody goes in a family tree: generations from the top, couples side by side, children under their parents.

Plain sums on plain data: no database here. Only what is recorded is drawn; where nothing is, a person's place in the
family says the generation, and no line is made up.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

GAP, APART = 1.0, 1.12  # between two of a couple, and between two units, in boxes from centre to centre
PASSES = 4
GENERATION = {"grandparent": 0, "parent": 1, "partner": 1, "carer": 1, "relative": 1, "other": 1, "child": 2}

Key = Hashable


@dataclass(frozen=True)
class Member:
    """Somebody to be placed: their key and their role in the family."""

    key: Key
    role: str


@dataclass(frozen=True)
class Tie:
    """`one` stands `up` generations above `other`; `parental` ties hang children, `couple` ties keep two side by side."""

    one: Key
    other: Key
    up: int
    parental: bool = False
    couple: bool = False


@dataclass
class Placed:
    """Each person's row and middle, in boxes; and the units (couples, or people alone) of each row, left to right."""

    row: dict[Key, int] = field(default_factory=dict)
    x: dict[Key, float] = field(default_factory=dict)
    units: list[list[list[Key]]] = field(default_factory=list)

    def side_by_side(self, one: Key, other: Key) -> bool:
        """Whether two stand next to each other in one unit."""
        unit = next(unit for unit in self.units[self.row[one]] if one in unit)
        return other in unit and abs(unit.index(one) - unit.index(other)) == 1


def place(members: Sequence[Member], ties: Iterable[Tie]) -> Placed:
    """Lay a family out. The order of `members` decides between equals, so that the same family always looks the same."""
    keys = {member.key for member in members}
    held = [tie for tie in ties if tie.one in keys and tie.other in keys]
    placed = Placed(row=_rows(members, held))
    parents = _parents(held)
    depth = max(placed.row.values(), default=-1) + 1
    for row in range(depth):
        here = [member.key for member in members if placed.row[member.key] == row]
        placed.units.append(_units(here, held, parents))
    _spread(placed, parents)
    return placed


def _rows(members: Sequence[Member], ties: Sequence[Tie]) -> dict[Key, int]:
    """Generations: ties decide within a group of related people; roles say how high the group hangs."""
    near: dict[Key, list[tuple[Key, int]]] = defaultdict(list)
    for tie in ties:
        near[tie.one].append((tie.other, tie.up))
        near[tie.other].append((tie.one, -tie.up))
    rows: dict[Key, int] = {}
    roles = {member.key: GENERATION.get(member.role, 1) for member in members}
    for member in members:
        if member.key not in rows:
            group = _walk(member.key, near)
            offsets = sorted(roles[key] - level for key, level in group.items())
            offset = offsets[len(offsets) // 2]  # what most of their roles say
            rows |= {key: level + offset for key, level in group.items()}
    top = min(rows.values(), default=0)
    used = {row: place for place, row in enumerate(sorted({row - top for row in rows.values()}))}
    return {key: used[row - top] for key, row in rows.items()}


def _walk(start: Key, near: dict[Key, list[tuple[Key, int]]]) -> dict[Key, int]:
    found, waiting = {start: 0}, [start]
    while waiting:
        here = waiting.pop(0)
        for other, down in near[here]:
            if other not in found:
                found[other] = found[here] + down
                waiting.append(other)
    return found


def _parents(ties: Iterable[Tie]) -> dict[Key, list[Key]]:
    parents: dict[Key, list[Key]] = defaultdict(list)
    for tie in ties:
        if tie.parental and tie.one not in parents[tie.other]:
            parents[tie.other].append(tie.one)
    return parents


def _units(here: Sequence[Key], ties: Sequence[Tie], parents: dict[Key, list[Key]]) -> list[list[Key]]:
    """Chains of people who stand side by side: couples first, then those who have a child together."""
    joined = [(tie.one, tie.other) for tie in ties if tie.couple]
    joined += [(one, other) for both in parents.values() for one in both for other in both if one != other]
    beside: dict[Key, list[Key]] = defaultdict(list)
    for one, other in joined:
        free = one in here and other in here and len(beside[one]) < 2 and len(beside[other]) < 2
        if free and not _reaches(one, other, beside):  # a ring of partners cannot be drawn in a line
            beside[one].append(other)
            beside[other].append(one)
    units, seen = [], set()
    for key in sorted(here, key=lambda key: (len(beside[key]) == 2, here.index(key))):
        if key not in seen:
            unit = _chain(key, beside)
            seen |= set(unit)
            units.append(unit)
    return sorted(units, key=lambda unit: min(here.index(key) for key in unit))


def _reaches(one: Key, other: Key, beside: dict[Key, list[Key]]) -> bool:
    seen, waiting = {one}, [one]
    while waiting:
        for key in beside[waiting.pop()]:
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return other in seen


def _chain(start: Key, beside: dict[Key, list[Key]]) -> list[Key]:
    chain = [start]
    while True:
        following = [key for key in beside[chain[-1]] if key not in chain]
        if not following:
            return chain
        chain.append(following[0])


def _spread(placed: Placed, parents: dict[Key, list[Key]]) -> None:
    """Give everybody a place across: a few passes down and up, each pulling people towards their parents or children."""
    children: dict[Key, list[Key]] = defaultdict(list)
    for child, of in parents.items():
        for parent in of:
            children[parent].append(child)
    for units in placed.units:
        _settle(placed, units, {})
    for step in range(PASSES):
        downwards = step % 2 == 0
        rows = placed.units if downwards else placed.units[::-1]
        for units in rows:
            _settle(placed, units, parents if downwards else children)
    left = min(placed.x.values(), default=0)
    placed.x = {key: x - left for key, x in placed.x.items()}


def _settle(placed: Placed, units: list[list[Key]], towards: dict[Key, list[Key]]) -> None:
    """Put the units of one row as near as may be to those they belong to, in order and without touching."""
    wanted = {id(unit): _wanted(placed, unit, towards) for unit in units}
    if all(key in placed.x for unit in units for key in unit):
        units.sort(key=lambda unit: wanted[id(unit)])
    edge, pushed = float("-inf"), []
    for unit in units:
        half = (len(unit) - 1) * GAP / 2
        middle = max(wanted[id(unit)], edge + APART + half)
        pushed.append(middle - wanted[id(unit)])
        for place, key in enumerate(unit):
            placed.x[key] = middle - half + place * GAP
        edge = middle + half
    back = sum(pushed) / len(pushed) / 2 if pushed and towards else 0
    for unit in units:
        for key in unit:
            placed.x[key] -= back


def _wanted(placed: Placed, unit: list[Key], towards: dict[Key, list[Key]]) -> float:
    pulls = [placed.x[other] for key in unit for other in towards.get(key, ()) if other in placed.x]
    if pulls:
        return sum(pulls) / len(pulls)
    own = [placed.x[key] for key in unit if key in placed.x]
    return sum(own) / len(own) if own else 0.0
