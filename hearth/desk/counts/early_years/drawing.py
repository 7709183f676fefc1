"""Take-up and places of each district, drawn: two bars beneath its name, each with its figure. What is not known is said in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.intelligence.insight.entitlement.reporting import Line

WIDE, LEFT, STEP, TOP = 360, 8, 58, 8  # small, so that its words are read on a phone
ROOM = WIDE - LEFT - 52  # for the longest bar; its figure stands beside it
NOT_SENT, FEW, UNKNOWN = "nothing sent", "left out", "not known"


@dataclass(frozen=True)
class Bar:
    """One figure: where its bar begins, how long it is (none where there is no figure), and what is said of it."""

    y: float
    long: float
    said: str
    is_known: bool


@dataclass(frozen=True)
class District:
    """A district: its name, and its bars for take-up and for places."""

    name: str
    y: float
    take_up: Bar
    places: Bar


@dataclass(frozen=True)
class Drawn:
    """The drawing of one age, and the whole of it in a sentence. `hundred` is where a hundred of a hundred stands."""

    districts: Sequence[District]
    tall: int
    hundred: float
    said: str


def words_of(line: Line, figure: int | None) -> str:
    """A figure of a hundred, or why there is none."""
    if figure is not None:
        return f"{figure}%"
    if not line.is_sent:
        return NOT_SENT
    return FEW if line.few else UNKNOWN


def drawn(lines: Sequence[Line]) -> Drawn:
    """The districts beneath one another. All bars are to one scale, which goes to a hundred at least."""
    most = max([100, *(each for line in lines for each in (line.take_up, line.sufficiency) if each is not None)])
    found, y = [], TOP
    for line in lines:
        bars = [
            Bar(y + below, round((figure or 0) * ROOM / most, 1), words_of(line, figure), figure is not None)
            for below, figure in ((16, line.take_up), (34, line.sufficiency))
        ]
        found.append(District(line.name, y + 11, *bars))
        y += STEP
    said = "; ".join(f"{each.name}: take-up {each.take_up.said}, places {each.places.said}" for each in found)
    return Drawn(found, y, round(LEFT + 100 * ROOM / most, 1), said)
