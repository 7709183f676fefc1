"""Where somebody stands on a pathway: which touchpoints are now, which come next, and whose time has passed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from hearth.foundation.core.packs.directory import Term
from hearth.foundation.core.packs.pathways import Pathway, Stage, Touchpoint, day_of
from hearth.records.pathways import ages
from hearth.records.pathways.queries import needs_of, touchpoints


class When(Enum):
    """A touchpoint's time, for somebody on a day. It says nothing of whether they were seen."""

    PASSED = "Its time has passed"
    NOW = "Now"
    NEXT = "Next"
    LATER = "Later"


COLOURS = {When.PASSED: "grey", When.NOW: "green", When.NEXT: "blue", When.LATER: "grey"}


@dataclass(frozen=True)
class Placed:
    """A touchpoint and its window; with the days of it, where it is known when somebody was born."""

    touchpoint: Touchpoint
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    when: When | None = None

    @property
    def window(self) -> str:
        """The ages in words."""
        return ages.window(self.touchpoint)

    @property
    def services_for(self) -> list[Term]:
        """The needs that services which can help are listed under in the directory."""
        return needs_of(self.touchpoint)

    @property
    def colour(self) -> str:
        """Of its tag."""
        return COLOURS[self.when] if self.when else "grey"


def place(pathway: Pathway, born: dt.date | None, today: dt.date) -> list[Placed]:
    """Every touchpoint of a pathway, in its order. What opens next on the same day comes next together."""
    if born is None:
        return [Placed(each) for each in pathway.touchpoints]
    days = [
        (each, day_of(each.opens, born), day_of(each.closes, born) if each.closes else None)
        for each in pathway.touchpoints
    ]
    coming = min((opens for _, opens, _ in days if opens > today), default=None)
    return [Placed(each, opens, closes, _when(opens, closes, coming, today)) for each, opens, closes in days]


def placed_of(code: str, born: dt.date | None, today: dt.date) -> Placed | None:
    """One touchpoint of a pathway that everybody is on, for somebody whose birth is known; none where there is no such."""
    where = touchpoints().get(code)
    if where is None or born is None or not where.pathway.for_everyone:
        return None
    return next(each for each in place(where.pathway, born, today) if each.touchpoint.code == code)


def _when(opens: dt.date, closes: dt.date | None, coming: dt.date | None, today: dt.date) -> When:
    if opens > today:
        return When.NEXT if opens == coming else When.LATER
    return When.PASSED if closes is not None and closes < today else When.NOW


def by_stage(pathway: Pathway, placed: Sequence[Placed]) -> list[tuple[Stage, list[Placed]]]:
    """The stages of a pathway that have any touchpoint, each with its own."""
    found = [(stage, [each for each in placed if each.touchpoint.stage == stage.code]) for stage in pathway.stages]
    return [(stage, each) for stage, each in found if each]


def by_when(placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Those that are now, that come next, and whose time has passed, the latest first: what a page says at its top."""
    found = list(placed)
    passed = sorted(
        (each for each in found if each.when is When.PASSED), key=lambda each: str(each.closes_on), reverse=True
    )
    return {
        "now": [each for each in found if each.when is When.NOW],
        "next": [each for each in found if each.when is When.NEXT],
        "passed": passed,
    }


def pathway_for(pathways: Sequence[Pathway], born: dt.date, today: dt.date) -> Pathway | None:
    """The pathway that somebody is on: the first for everyone that has anything to come, or else the last that has begun."""
    for pathway in pathways:
        if pathway.for_everyone and any(each.when is not When.PASSED for each in place(pathway, born, today)):
            return pathway
    adult = [each for each in pathways if any(one.when is When.NOW for one in place(each, born, today))]
    return adult[-1] if adult else (pathways[0] if pathways else None)
