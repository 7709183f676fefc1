"""A family view put together from rows in hand: what is shown in words, and which of the five words stands where nothing is."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import listed, short_day
from hearth.intelligence.feeds.coverage import LOOKED_BACK, MEANS, Absence
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.insight.involvement.models import Involvement

STANDING = Involvement.Standing
COLOURS = {STANDING.CURRENT: "green", STANDING.PAST: "grey", STANDING.CONTACTS: "blue", STANDING.UNSAID: "blue"}
ORDER = [STANDING.CURRENT, STANDING.UNSAID, STANDING.CONTACTS, STANDING.PAST]
Days = tuple[dt.date, dt.date, dt.date]  # the first and last day that a file is about, and the day it is of


@dataclass
class LookedFor:
    """Somebody on the register: whether they were looked for, and the kinds of number they are known by."""

    key: uuid.UUID
    name: str
    schemes: set[str] = field(default_factory=set)
    compared: bool = False
    undecided: frozenset[str] = frozenset()  # feeds in which somebody may be them, as long as nobody has decided


@dataclass
class Source:
    """A feed from an organisation: what is held of it now, what the run read of it, and whether the reader may see it."""

    layout: Layout
    organisation_id: uuid.UUID
    held: list[Days] = field(default_factory=list)
    read: list[Days] = field(default_factory=list)
    name: str = ""
    is_permitted: bool = False

    @property
    def as_at(self) -> str:
        """How fresh what is shown is, and which days it is about."""
        days = self.read or self.held
        first, last = short_day(min(each[0] for each in days)), short_day(max(each[1] for each in days))
        return f"as at {short_day(max(each[2] for each in days))}, covering {first} to {last}"

    @property
    def is_of_now(self) -> bool:
        """Whether what is held is about any of the last twelve months."""
        today = clock.today()
        return any(first <= today and today - LOOKED_BACK <= last for first, last, _ in self.held)


@dataclass(frozen=True)
class Involved:
    """A service that works with somebody, or did; or with several of them, said alike."""

    service: str
    person: str
    standing: str
    colour: str
    days: str
    contact: str
    phone: str
    source: str
    as_at: str


@dataclass(frozen=True)
class NotShown:
    """A feed that says nothing of them, or of some of them (`of`), which of the five reasons that has, and what it means."""

    title: str
    reason: Absence
    of: str
    means: str


@dataclass(frozen=True)
class FamilyView:
    """Who works with a family's people. `people`: whether anybody was asked about; `apart`: somebody is restricted, and never is."""

    involved: tuple[Involved, ...] = ()
    not_shown: tuple[NotShown, ...] = ()
    people: bool = False
    apart: bool = False


def show(
    feeds: Mapping[str, Layout], sources: Sequence[Source], people: Sequence[LookedFor], rows: Sequence[dict[str, Any]], *,
    apart: bool = False,
) -> FamilyView:  # fmt: skip
    """The view of these people. `rows`: their involvements; those of a source that is not permitted, or held no more, are let go of."""
    by_key = {(source.layout.code, source.organisation_id): source for source in sources}
    shown = [row for row in rows if _may_show(by_key.get((row["feed"], row["organisation_id"])))]
    for person in people:
        mine = [number for row in shown if row["person_id"] == person.key for number in row["numbers"]]
        person.schemes |= {number.partition(":")[0] for number in mine}
    names = {person.key: person.name for person in people}
    found = _told_once(
        [_involved(row, by_key[row["feed"], row["organisation_id"]], names) for row in shown], list(names.values())
    )
    place = {str(standing.label): number for number, standing in enumerate(ORDER)}
    return FamilyView(
        tuple(sorted(found, key=lambda each: (place[each.standing], each.service, each.person, each.days))),
        tuple(_not_shown(feeds, sources, people, shown)),
        people=bool(people),
        apart=apart,
    )


def _told_once(rows: Sequence[Involved], people: Sequence[str]) -> list[Involved]:
    """What a service says alike of several of them in one line, with their names in the order of the family."""
    told: dict[Involved, list[str]] = {}
    for row in rows:
        told.setdefault(replace(row, person=""), []).append(row.person)
    return [replace(row, person=listed(sorted(set(names), key=people.index))) for row, names in told.items()]


def _may_show(source: Source | None) -> bool:
    return source is not None and source.is_permitted


def _involved(row: dict[str, Any], source: Source, names: Mapping[Any, str]) -> Involved:
    given, standing = source.layout.involvement, STANDING(row["standing"])
    assert given is not None  # noqa: S101 - only such feeds have rows
    contact = ", ".join(filter(None, (row["contact_name"], row["contact_email"])))
    return Involved(
        f"{given.service}{': ' + row['provider'] if row['provider'] else ''}",
        names[row["person_id"]],
        str(standing.label),
        COLOURS[standing],
        _days(standing, row["from_on"], row["until_on"]),
        contact,
        row["contact_phone"],
        source.name,
        source.as_at,
    )


def _days(standing: str, from_on: dt.date | None, until_on: dt.date | None) -> str:
    first, last = short_day(from_on) if from_on else "", short_day(until_on) if until_on else ""
    if standing == STANDING.CONTACTS:
        return f"contact on {first}" if first == last else f"first contact {first}, last contact {last}"
    if standing == STANDING.PAST:
        return f"from {first or 'a day that was not sent'} until {last or 'a day that was not sent'}"
    since = f"since {first}" if first else "since when was not sent"
    return f"{since}{f', until {last}' if last else ''}"


def _not_shown(
    feeds: Mapping[str, Layout], sources: Sequence[Source], people: Sequence[LookedFor], shown: Sequence[dict[str, Any]]
) -> Iterator[NotShown]:
    for code, layout in feeds.items():
        mine = [source for source in sources if source.layout.code == code]
        if not mine:
            yield NotShown(layout.title, Absence.NOT_HELD, "", MEANS[Absence.NOT_HELD])
        told: dict[tuple[Absence, str, str], list[str]] = {}
        for source in mine:
            of = {
                row["person_id"]
                for row in shown
                if (row["feed"], row["organisation_id"]) == (code, source.organisation_id)
            }
            reason = why_nothing(source, people, of)
            if reason is not None:
                told.setdefault(reason, []).append(source.name)
        for (absence, who, means), names in told.items():
            from_whom = f" from {listed(sorted(names)) if len(names) < 4 else f'{len(names)} organisations'}"
            yield NotShown(f"{layout.title}{from_whom}", absence, who, means)


def why_nothing(source: Source, people: Sequence[LookedFor], found: set[uuid.UUID]) -> tuple[Absence, str, str] | None:
    """Why a source shows nothing of them, or of some: the word, of whom where it is not of all, and what it means."""
    if not source.is_permitted:
        kind = label_of(pack().sharing.categories, source.layout.category)
        return (
            Absence.NOT_PERMITTED,
            "",
            f"No agreement in force, or consent of the family, lets you see it: it is kept under “{kind}”.",
        )
    if not found and not source.is_of_now:
        return Absence.OUTSIDE, "", MEANS[Absence.OUTSIDE]
    if not source.read:
        return Absence.NOT_SEARCHED, "", "It came after partners’ files were last worked out: look again tomorrow."
    missed = [each for each in people if each.key not in found and not _was_looked_for(each, source.layout)]
    if missed:
        who = listed([each.name for each in missed]) if found or len(missed) < len(people) else ""
        return Absence.NOT_SEARCHED, who, _not_searched(missed, source.layout)
    return None if found else (Absence.NO_MATCH, "", MEANS[Absence.NO_MATCH])


def _was_looked_for(person: LookedFor, layout: Layout) -> bool:
    """By name, in a feed that names people; else by a number that the feed knows, and somebody has for them."""
    if layout.code in person.undecided:
        return False
    return person.compared and ("family_name" in layout.people or bool(person.schemes & set(layout.subjects)))


def _not_searched(missed: Sequence[LookedFor], layout: Layout) -> str:
    if any(layout.code in each.undecided for each in missed):
        return "Somebody in it may be one of them, and nobody has decided yet whether they are."
    if any(each.compared for each in missed):
        return MEANS[Absence.NOT_SEARCHED]
    return "Nobody has looked for them in it since they came on record."
