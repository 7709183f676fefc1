"""The map of need as tiles of one size: a row for each locality, shaded by how many families of concern a district has."""

import textwrap
from dataclasses import dataclass, field

from hearth.foundation.core.pack import Pack
from hearth.intelligence.insight.queries import Need

SIZE, TALL, GAP, ROW, ACROSS, LETTERS = 132, 92, 8, 24, 6, 15
SHADES = 4


@dataclass(frozen=True)
class Tile:
    """A district: its place, its name in lines, its figure, and how dark it is (0 is none, and "unknown" is left out or not held)."""

    x: int
    y: int
    lines: tuple[str, ...]
    figure: str
    shade: str
    size: int = SIZE
    tall: int = TALL


@dataclass
class Drawn:
    """Everything the template needs."""

    width: int = ACROSS * (SIZE + GAP)
    height: int = 0
    tiles: list[Tile] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)


def draw(needs: list[Need], pack: Pack) -> Drawn:
    """The tiles, locality by locality; districts that lie in none come last."""
    by_code, most = {need.code: need for need in needs}, max([need.families or 0 for need in needs], default=0)
    drawn, done = Drawn(), set[str]()
    places = [
        (each.name, [d for d in pack.areas.districts if d.locality == each.code]) for each in pack.areas.localities
    ]
    for words, districts in [*places, ("", list(pack.areas.districts))]:
        mine = [d for d in districts if d.code in by_code and d.code not in done]
        if not mine:
            continue
        if words:
            drawn.rows.append((words, drawn.height + ROW - 8))
            drawn.height += ROW
        for place, district in enumerate(mine):
            done.add(district.code)
            x, y = (place % ACROSS) * (SIZE + GAP), drawn.height + (place // ACROSS) * (TALL + GAP)
            drawn.tiles.append(_tile(x, y, by_code[district.code], most))
        drawn.height += -(-len(mine) // ACROSS) * (TALL + GAP)
    drawn.width = max([tile.x + SIZE for tile in drawn.tiles], default=SIZE)
    return drawn


def _tile(x: int, y: int, need: Need, most: int) -> Tile:
    lines = tuple(textwrap.wrap(need.name, LETTERS)[:2])
    if not need.is_known:
        return Tile(x, y, lines, "not held", "unknown")
    if need.families is None:
        return Tile(x, y, lines, "few", "unknown")
    shade = -(-need.families * SHADES // most) if most else 0
    return Tile(x, y, lines, f"{need.families:,}", str(shade))
