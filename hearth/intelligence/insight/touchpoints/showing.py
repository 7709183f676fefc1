"""How each touchpoint of a child stands, put together from rows in hand; and where nothing tells, why. No row is ever a miss by itself."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import listed, short_day
from hearth.intelligence.feeds.coverage import Absence
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight.involvement.showing import LookedFor, Source, why_nothing
from hearth.records.pathways.placing import Placed, When


class Standing(Enum):
    """How a touchpoint of somebody stands. Only a row, or somebody who recorded it, makes one done; only a row due or missed."""

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
NO_FEED = "No feed tells of it: no partner sends a file that says whether it happened."
NOBODY_SENT = "The feed that would tell, {feed}, is not held: nobody has sent it."
RESTRICTED = "Partners’ files are never searched for somebody whose record is restricted."
OLDER = "What was sent is older than the end of its time, so that it may have been done since."
ASK = "Ask the family, or whoever meets them."
# What else can be done, by why a source shows nothing. Whatever it is, who asks can record what they learn.
TO_DO = {
    Absence.NOT_HELD: "Whoever looks after partners’ files can ask for it.",
    Absence.NOT_PERMITTED: "Ask the family whether they agree that your organisation sees that kind of information too, and record "
    "their answer under Sharing; or ask information governance for an agreement that covers it.",
    Absence.OUTSIDE: "Whoever looks after partners’ files can ask for a newer one.",
    Absence.NOT_SEARCHED: "Check that their NHS number is on their record, and look again tomorrow.",
}


@dataclass(frozen=True)
class Unknown:
    """Why nothing is known of a touchpoint, and what can be done about it. It never says that it did not happen."""

    why: str
    do: str = ASK


@dataclass(frozen=True)
class Stands:
    """A touchpoint of a child: how it stands, what says so, and where nothing does, why. `recorded`: what people recorded of it."""

    placed: Placed
    standing: Standing
    note: str
    unknown: Unknown | None = None
    recorded: Sequence[Any] = ()

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
    recorded: Mapping[str, Sequence[Any]] | None = None, restricted: bool = False,
) -> list[Stands]:  # fmt: skip
    """Each touchpoint of a child. `rows`: facts of theirs; those of a source that is not permitted, or held no more, are let go of.

    `recorded`: what people recorded of each touchpoint, the latest first.
    """
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
        mine = (recorded or {}).get(code, ())
        if mine:
            found.append(_by_hand(each, mine, said))
        else:
            unknown = Unknown(RESTRICTED) if restricted else _why_not_known(each, person, sources)
            found.append(said or _by_time(each, unknown))
    return found


def _by_hand(placed: Placed, recorded: Sequence[Any], said: Stands | None) -> Stands:
    """Done, by whoever recorded it; with what was sent beside it, which may say otherwise."""
    if said is None:
        return Stands(placed, Standing.DONE, "", recorded=recorded)
    note = said.note if said.standing is Standing.DONE else f"What was sent says otherwise: {lower_first(said.note)}"
    return Stands(placed, Standing.DONE, note, recorded=recorded)


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
    note = f"{due}, and not recorded as done; but {older}. {_by(row, source)}"
    return Stands(placed, Standing.NOT_KNOWN, note, Unknown(OLDER, f"{ASK} {TO_DO[Absence.OUTSIDE]}"))


def _by(row: dict[str, Any], source: Source) -> str:
    return f"Sent by {source.name}, as at {short_day(row['as_at'])}."


def _by_time(placed: Placed, unknown: Unknown) -> Stands:
    if placed.when in (When.NEXT, When.LATER):
        return Stands(placed, Standing.NOT_YET, "")
    note = f"Its time is now. {unknown.why}" if placed.when is When.NOW else unknown.why
    return Stands(placed, Standing.NOT_KNOWN, note, unknown)


def _why_not_known(placed: Placed, person: LookedFor, sources: Sequence[Source]) -> Unknown:
    given = placed.touchpoint.evidence
    if given is None:
        return Unknown(NO_FEED)
    mine = [source for source in sources if source.layout.code == given.feed]
    if not mine:
        return Unknown(NOBODY_SENT.format(feed=layouts()[given.feed].title), f"{ASK} {TO_DO[Absence.NOT_HELD]}")
    title = mine[0].layout.title
    reasons: dict[str, list[str]] = {}
    does = [ASK]
    for source in mine:
        nothing = why_nothing(source, [person], set[uuid.UUID]())
        reasons.setdefault(_why_source(source, nothing), []).append(source.name)
        does.append(TO_DO.get(nothing[0], "") if nothing else "")
    why = " ".join(f"{title} from {source_words(names)}: {why}" for why, names in reasons.items())
    return Unknown(why, " ".join(filter(None, dict.fromkeys(does))))


def source_words(names: Sequence[str]) -> str:
    """Organisations by name, or how many they are."""
    return listed(sorted(names)) if len(names) < 4 else f"{len(names)} organisations"


def _why_source(source: Source, nothing: tuple[Absence, str, str] | None) -> str:
    if nothing is None or nothing[0] is Absence.NO_MATCH:
        return f"what was sent, {source.as_at}, was looked through and says nothing of it."
    return f"{nothing[0].value.lower()}. {nothing[2]}"
