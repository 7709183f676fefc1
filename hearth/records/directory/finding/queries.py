"""What fits what somebody looks for: a fixed number of queries, however much there is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Avg, Q

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, number_of, page_from
from hearth.foundation.core.postcodes import postcode_of
from hearth.records.directory.entries import with_parts
from hearth.records.directory.finding.saying import MOST_WORDS, explained, important, stem, to_look_for
from hearth.records.directory.models import Location, Service
from hearth.records.directory.models.taxonomies import term_key

SIZE = 10
MOST_KEPT = 30  # on one list: more is no shortlist
METRES = 1609.344  # of a mile
OUTWARD = re.compile(r"^[A-Z]{1,2}[0-9][0-9A-Z]?$")
EVERY = ("", "1", "2", "3", "4", "5", "-1")  # a day each week, or the first of each month and so on


@dataclass(frozen=True)
class Looked:
    """What somebody looks for. It lives as long as their page is being made."""

    words: str = ""
    near: str = ""
    within: int | None = None  # miles
    needs: tuple[str, ...] = ()
    age: int | None = None
    day: str = ""
    free: bool = False
    language: str = ""
    access: tuple[str, ...] = ()
    page: Any = 1


@dataclass(frozen=True)
class Place:
    """Where somebody wants it near: the first half of a postcode, and a point where we know one."""

    outward: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether we can say how far something is from there."""
        return self.latitude is not None


@dataclass(frozen=True)
class Found:
    """One service, how far it is, and what of all that was asked it does not answer.

    `lacks`: words that it says nothing of; `unticked`: it is about nothing that was ticked. `about`: it is about a need that was
    understood or ticked, or says every word, whatever else was asked.
    """

    service: Service
    metres: float | None = None
    same_outward: bool = False
    about: bool = True
    lacks: tuple[str, ...] = ()
    unticked: bool = False

    @property
    def fits(self) -> bool:
        """Whether it fits all that was asked."""
        return not (self.lacks or self.unticked)


@dataclass(frozen=True)
class Answer:
    """A page of what was found, and how what was typed was read."""

    page: Page = field(default_factory=lambda: Page([], 1, False))
    of_all: int = 0
    of_fitting: int = 0  # of all, those that fit everything that was asked
    place: Place = Place()
    put_right: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # that were said in the words, beside those chosen

    @property
    def in_part(self) -> int:
        """How many fit some of it."""
        return self.of_all - self.of_fitting


def place_of(typed: str) -> Place:
    """Where a postcode, or its first half, is: the middle of the places we know that share it, or as much of it as any does."""
    whole = postcode_of(typed)
    outward = whole.split()[0] if whole else re.sub(r"\s", "", typed.upper())
    if not OUTWARD.match(outward):
        return Place()
    known = Location.objects.filter(postcode__startswith=f"{outward} ").exclude(latitude=None).exclude(longitude=None)
    parts = (whole, whole[:-2], outward) if whole else (outward,)
    middles = known.aggregate(
        **{
            f"{axis}_{number}": Avg(axis, filter=Q(postcode__startswith=part))
            for number, part in enumerate(parts)
            for axis in ("latitude", "longitude")
        }
    )
    for number in range(len(parts)):
        if middles[f"latitude_{number}"] is not None:
            return Place(outward, middles[f"latitude_{number}"], middles[f"longitude_{number}"])
    return Place(outward)


def put_right(words: Sequence[str]) -> dict[str, str]:
    """For words that the directory does not know: what was meant, where a word of it is near enough."""
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select typed, known from hearth_spell_words(%s)", [list(words)])
        return dict(cursor.fetchall())


def search(reader: Any, looked: Looked) -> Answer:
    """The services that fit, the nearest first or those that fit best; those that fit in part after them; in each the stale ones last.

    Nothing is written down.
    """
    typed = important(looked.words) if looked.words else []
    corrected = put_right([stem(word) for word in typed])
    words = {stem(read): read for read in (corrected.get(stem(word), word) for word in typed)}
    said = explained(pack().directory, words.values())
    words = {word: words[word] for word in to_look_for(pack().directory, words)}
    place = place_of(looked.near) if looked.near else Place()
    number = number_of(looked.page, 100)
    rows = _rows(looked, list(words), said, place, number)
    services = with_parts(Service.objects.visible_to(reader)).in_bulk([row[0] for row in rows])
    found = [
        Found(services[key], metres, same, about, _lacking(lacks, list(words.values())), bool(lacks >> MOST_WORDS))
        for key, metres, same, about, lacks, *_ in rows
        if key in services
    ]
    shown = {word: corrected[stem(word)] for word in typed if stem(corrected.get(stem(word), "")) in words}
    needs = tuple(code for of, code in said if of == "needs" and code not in looked.needs)
    of_all, of_fitting = rows[0][5:] if rows else (0, 0)
    return Answer(page_from(found, number, SIZE), of_all, of_fitting, place, shown, needs)


def _lacking(lacks: int, words: Sequence[str]) -> tuple[str, ...]:
    """The words whose bits are set."""
    return tuple(word for place, word in enumerate(words) if lacks >> place & 1)


def _rows(
    looked: Looked, words: list[str], said: Mapping[tuple[str, str], frozenset[str]], place: Place, number: int
) -> list[tuple[Any, ...]]:
    within = looked.within * METRES if looked.within and place.outward else None
    days = [f"{which}{looked.day}" for which in EVERY] if looked.day else []
    terms = [term_key(of, code) for of, code in said]
    explains = [sum(1 << words.index(word) for word in phrase if word in words) for phrase in said.values()]
    chosen = [term_key("needs", need) for need in looked.needs]
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, metres, same_outward, about, lacks, of_all, of_fitting from hearth_find_services(%s::text[], %s::uuid[],"
            " %s::integer[], %s::uuid[], %s, %s, %s::text[], %s::text[], %s::text[], %s, %s, %s, %s, %s, %s, %s)",
            [
                words, list(dict.fromkeys([*terms, *chosen])), explains, chosen, looked.age, looked.free, days,
                [looked.language] if looked.language else [], list(looked.access), place.latitude, place.longitude, within,
                place.outward, clock.today(), (number - 1) * SIZE, SIZE + 1,
            ],
        )  # fmt: skip
        return cursor.fetchall()


def kept(reader: Any, references: Sequence[str]) -> list[Service]:
    """The services of a list that somebody made, in its order; what is not there any more is left out."""
    wanted = list(dict.fromkeys(references))[:MOST_KEPT]
    rows = {row.reference: row for row in with_parts(Service.objects.visible_to(reader)).filter(reference__in=wanted)}
    return [rows[each] for each in wanted if each in rows]
