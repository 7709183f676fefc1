"""How each touchpoint of a child stands, put together from rows in hand; and where nothing tells, why. No row is ever a miss by itself."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hearth.foundation.ui.filters import listed, short_day
from hearth.intelligence.insight.involvement.showing import LookedFor, Source, why_nothing
from hearth.records.pathways.placing import Placed, When


class Standing(Enum):
    """How a touchpoint of somebody stands. Only a row that says so makes one done, due or missed."""

    DONE = "Done"
    DUE = "Due"
    MISSED = "Missed"
    NOT_KNOWN = "Not known"
    NOT_YET = "Not yet"


COLOURS = {
    Standing.DONE: "green",
    Standing.DUE: "orange",
    Standing.MISSED: "red",
    Standing.NOT_KNOWN: "grey",
    Standing.NOT_YET: "blue",
}
NO_FEED = "No feed tells of it. Ask the family, or whoever meets them."
RESTRICTED = "Partners’ files are never searched for somebody whose record is restricted."


@dataclass(frozen=True)
class Stands:
    """A touchpoint of a child: how it stands, and what says so."""

    placed: Placed
    standing: Standing
    note: str

    @property
    def drawn(self) -> tuple[str, str]:
        """How its line looks, and what is said beside it: nothing where nothing is known, or it is not due yet."""
        said = "" if self.standing in (Standing.NOT_KNOWN, Standing.NOT_YET) else self.standing.value
        return self.standing.name.lower(), said

    @property
    def state(self) -> tuple[str, str]:
        """The words and colour of its tag."""
        return self.standing.value, COLOURS[self.standing]


def over_on(due_on: dt.date, closes_on: dt.date | None) -> dt.date:
    """The day until which a touchpoint that is due can still be met in time."""
    return max(due_on, closes_on) if closes_on else due_on


def stand(
    placed: Sequence[Placed], person: LookedFor, sources: Sequence[Source], rows: Sequence[dict[str, Any]], today: dt.date, *,
    restricted: bool = False,
) -> list[Stands]:  # fmt: skip
    """Each touchpoint of a child. `rows`: facts of theirs; those of a source that is not permitted, or held no more, are let go of."""
    by_key = {(source.layout.code, source.organisation_id): source for source in sources}
    told: dict[str, list[tuple[dict[str, Any], Source]]] = {}
    for row in rows:
        source = by_key.get((row["feed"], row["organisation_id"]))
        if source is not None and source.is_permitted:
            told.setdefault(row["touchpoint"], []).append((row, source))
            person.schemes |= {number.partition(":")[0] for number in row["numbers"]}
    found = []
    for each in placed:
        code = each.touchpoint.code
        said = _by_rows(each, told[code], today) if code in told else None
        found.append(said or _by_time(each, RESTRICTED if restricted else _why_not_known(each, person, sources, today)))
    return found


def _by_rows(placed: Placed, told: Sequence[tuple[dict[str, Any], Source]], today: dt.date) -> Stands:
    met = min((each for each in told if each[0]["met_on"]), key=lambda each: each[0]["met_on"], default=None)
    if met is not None:
        row, source = met
        return Stands(placed, Standing.DONE, f"On {short_day(row['met_on'])}. {_by(row, source)}")
    row, source = max(told, key=lambda each: (each[0]["as_at"], each[0]["due_on"]))
    until = over_on(row["due_on"], placed.closes_on)
    due = f"Due on {short_day(row['due_on'])}"
    if today <= until:
        return Stands(placed, Standing.DUE, f"{due}, and not recorded as done. {_by(row, source)}")
    if row["as_at"] > until:
        return Stands(
            placed, Standing.MISSED, f"{due}, and its time was over on {short_day(until)}. {_by(row, source)}"
        )
    older = f"the file is older than the end of its time, {short_day(until)}, so that it may have been done since"
    return Stands(placed, Standing.NOT_KNOWN, f"{due}, and not recorded as done; but {older}. {_by(row, source)}")


def _by(row: dict[str, Any], source: Source) -> str:
    return f"Sent by {source.name}, as at {short_day(row['as_at'])}."


def _by_time(placed: Placed, why: str) -> Stands:
    if placed.when in (When.NEXT, When.LATER):
        return Stands(placed, Standing.NOT_YET, "")
    return Stands(placed, Standing.NOT_KNOWN, f"Its time is now. {why}" if placed.when is When.NOW else why)


def _why_not_known(placed: Placed, person: LookedFor, sources: Sequence[Source], today: dt.date) -> str:
    given = placed.touchpoint.evidence
    if given is None:
        return NO_FEED
    mine = [source for source in sources if source.layout.code == given.feed]
    if not mine:
        return "The feed that would tell is not held: nobody has sent it."
    reasons: dict[str, list[str]] = {}
    for source in mine:
        reasons.setdefault(_why_source(source, person), []).append(source.name)
    return " ".join(f"{source_words(names)}: {why}" for why, names in reasons.items())


def source_words(names: Sequence[str]) -> str:
    """Organisations by name, or how many they are."""
    return listed(sorted(names)) if len(names) < 4 else f"{len(names)} organisations"


def _why_source(source: Source, person: LookedFor) -> str:
    nothing = why_nothing(source, [person], set[uuid.UUID]())
    if nothing is None or nothing[0].name == "NO_MATCH":
        return f"what was sent, {source.as_at}, was looked through and says nothing of it."
    return f"{nothing[0].value.lower()}. {nothing[2]}"
