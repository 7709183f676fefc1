"""From a laid-out family to boxes and lines that a template draws as SVG."""

import re
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hearth.records.people.tree.layout import Key, Placed

WIDTH, HEIGHT, DOWN, MARGIN = 160, 84, 148, 12
STEP = WIDTH + 18  # from one box's middle to the next
LETTERS = 17  # that fit on one line of a box, a rounded one too
LINES = 4  # that fit in a box
ROOM, SMALLEST = 1130, 0.72  # what a wide screen has across, and how small a picture is drawn before it is scrolled


@dataclass(frozen=True)
class Figure:
    """Somebody as they are drawn: the words in their box, and how the box looks."""

    key: Key
    name: str
    notes: tuple[str, ...]
    shape: str = "unknown"  # male, female, unknown, unborn
    died: bool = False
    elsewhere: bool = False
    href: str = ""


@dataclass(frozen=True)
class Bond:
    """A line between two: `kind` is birth, other or grand (parent to child), couple or parted."""

    one: Key
    other: Key
    kind: str


@dataclass(frozen=True)
class Box:
    """A box with its words."""

    figure: Figure
    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def names(self) -> int:
        """How many of the lines are the name."""
        return len(self.lines) - sum(line in self.figure.notes for line in self.lines)

    @property
    def middle(self) -> float:
        """The middle, across."""
        return self.x + WIDTH / 2


@dataclass(frozen=True)
class Stroke:
    """A line: the SVG path, and what it stands for."""

    path: str
    kind: str


@dataclass
class Picture:
    """Everything the template needs."""

    width: int = 0
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """As large as it fits on a wide screen, and never too small to read: a large family is scrolled."""
        return max(SMALLEST, min(1.0, ROOM / self.width)) if self.width else 1.0

    @property
    def drawn_width(self) -> int:
        """Across, as drawn."""
        return round(self.width * self.scale)

    @property
    def drawn_height(self) -> int:
        """Down, as drawn."""
        return round(self.height * self.scale)

    @property
    def kinds(self) -> set[str]:
        """Which kinds of line there are: the key beside the picture explains only those."""
        return {stroke.kind for stroke in self.strokes}


def draw(figures: Sequence[Figure], bonds: Sequence[Bond], placed: Placed) -> Picture:
    """The picture of a family."""
    picture, boxes = Picture(), {}
    for figure in figures:
        x = MARGIN + placed.x[figure.key] * STEP
        boxes[figure.key] = Box(figure, round(x, 1), MARGIN + placed.row[figure.key] * DOWN, _lines(figure))
    picture.boxes = list(boxes.values())
    picture.strokes = [*_couples(bonds, boxes, placed), *_children(bonds, boxes, placed)]
    picture.width = round(max((box.x for box in picture.boxes), default=0) + WIDTH + MARGIN)
    picture.height = round(max((box.y for box in picture.boxes), default=0) + HEIGHT + MARGIN)
    return picture


def _lines(figure: Figure) -> tuple[str, ...]:
    """The words in a box: the whole name where three lines hold it, then as many notes as there is room for."""
    name = _wrapped(figure.name) or [figure.name]
    kept = name[: LINES - 1]
    if len(name) > len(kept):
        kept[-1] = kept[-1][: LETTERS - 1] + "…"
    return (*kept, *figure.notes[: LINES - len(kept)])


def _wrapped(name: str) -> list[str]:
    """A name on lines: broken at its spaces, then after its hyphens, and inside a word only where one line cannot hold it."""
    lines = [""]
    for part in re.findall(r"\s*[^\s-]+-?|\s*-", name):
        if len(lines[-1] + part) <= LETTERS:
            lines[-1] += part
        else:
            lines += textwrap.wrap(part.strip(), LETTERS, break_on_hyphens=False)
    return [line.strip() for line in lines if line.strip()]


def _couples(bonds: Sequence[Bond], boxes: dict[Key, Box], placed: Placed) -> list[Stroke]:
    """A line between partners: straight where they stand side by side, an arch above those who do not."""
    strokes = []
    for bond in bonds:
        if bond.kind not in ("couple", "parted"):
            continue
        one, other = sorted((boxes[bond.one], boxes[bond.other]), key=lambda box: box.x)
        if placed.row[bond.one] == placed.row[bond.other] and placed.side_by_side(bond.one, bond.other):
            y = one.y + HEIGHT / 2
            path = f"M{one.x + WIDTH} {y}H{other.x}"
            if bond.kind == "parted":  # two strokes across the line, as genograms have it
                x = (one.x + WIDTH + other.x) / 2
                path += f"M{x - 6} {y + 8}L{x} {y - 8}M{x} {y + 8}L{x + 6} {y - 8}"
        else:
            path = f"M{one.middle} {one.y}V{min(one.y, other.y) - 8}H{other.middle}V{other.y}"
        strokes.append(Stroke(path, bond.kind))
    return strokes


def _children(bonds: Sequence[Bond], boxes: dict[Key, Box], placed: Placed) -> list[Stroke]:
    """Lines from parents to children. Two parents side by side share one that hangs between them."""
    hanging = [bond for bond in bonds if bond.kind in ("birth", "other", "grand")]
    by_child: dict[Key, dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for bond in hanging:
        if bond.kind != "grand" or not _through_parents(bond, hanging):
            by_child[bond.other][bond.kind].append(bond.one)
    strokes: list[Stroke] = []
    lanes: dict[tuple[int, str, tuple[Key, ...]], int] = {}
    for child, kinds in by_child.items():
        for kind, parents in kinds.items():
            for group in _together(sorted(parents, key=lambda key: boxes[key].x), placed):
                lane = lanes.setdefault((placed.row[child], kind, tuple(group)), len(lanes) % 5)
                strokes.append(Stroke(_hang(boxes, group, boxes[child], lane, kind), kind))
    return strokes


def _through_parents(grand: Bond, bonds: Sequence[Bond]) -> bool:
    """Whether the lines through a parent already tell that somebody is a grandparent."""
    parents = {bond.one for bond in bonds if bond.other == grand.other and bond.kind != "grand"}
    return any(bond.one == grand.one and bond.other in parents for bond in bonds)


def _together(parents: list[Key], placed: Placed) -> list[list[Key]]:
    if len(parents) == 2 and placed.row[parents[0]] == placed.row[parents[1]] and placed.side_by_side(*parents):
        return [parents]
    return [[parent] for parent in parents]


def _hang(boxes: dict[Key, Box], parents: list[Key], child: Box, lane: int, kind: str) -> str:
    first = boxes[parents[0]]
    # Each group of parents has a height of its own for the line across, so that two families' lines do not run together.
    lift = 14 + lane * 7
    x = child.middle + {"birth": 0, "other": 12, "grand": -12}[kind]
    if len(parents) == 2:
        start_x, start_y = (first.x + WIDTH + boxes[parents[1]].x) / 2, first.y + HEIGHT / 2
    else:
        start_x, start_y = first.middle + (12 if kind == "other" else 0), first.y + HEIGHT
    path, row = f"M{start_x} {start_y}", first.y + DOWN
    while row < child.y:  # generations between: pass beside their boxes, never through one
        path += f"V{row - lift}H{_clear(boxes, row, x)}"
        row += DOWN
    return f"{path}V{child.y - lift}H{x}V{child.y}"


def _clear(boxes: dict[Key, Box], row: float, x: float) -> float:
    """The place nearest to `x` where a line can pass a row between its boxes."""
    here = sorted((box for box in boxes.values() if box.y == row), key=lambda box: box.x)
    if not here:
        return x
    gaps = [
        here[0].x - MARGIN / 2,
        *((a.x + WIDTH + b.x) / 2 for a, b in pairwise(here)),
        here[-1].x + WIDTH + MARGIN / 2,
    ]
    return min(gaps, key=lambda gap: abs(gap - x))
