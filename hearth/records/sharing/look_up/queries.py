"""What a reader may learn of somebody they are about to put on record or ask help for."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from hearth.foundation.audit.looks import searched_each
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.text import fold
from hearth.foundation.ui.partial_date import PartialDate
from hearth.linkage.nicknames import other_forms
from hearth.records.people.births import birth_words, stored_birth
from hearth.records.people.identifiers import numbers_in
from hearth.records.people.models import BirthPrecision
from hearth.records.people.postcodes import postcode_of
from hearth.records.people.search.queries import Sought, note_restricted_searches

MET = {
    "number": "same NHS number or unique pupil number",
    "names": "same names",
    "swapped": "first and last name the other way round",
    "swapped_alike": "first and last name the other way round, spelled differently",
    "given_1": "same first name",
    "given_2": "a form of the same first name",
    "given_3": "first name a letter out",
    "given_5": "an initial or another first name of theirs",
    "given_6": "similar first name",
    "family_1": "same last name",
    "family_2": "last name a letter out",
    "family_3": "part of the last name the same",
    "family_4": "similar last name",
    "born_1": "same birth date",
    "born_2": "birth date with day and month changed about",
    "born_3": "birth date a figure out",
    "born_4": "two of three parts of the birth date the same",
    "born_5": "birth date two figures out",
    "born_6": "birth date the same as far as known",
    "postcode": "same postcode",
}
ONE_INTENT = dt.timedelta(minutes=15)  # the same person looked for again within it is one intent
LONGEST = 100  # letters of a name that are compared
VERB = "sharing.looked_up"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person typed.

    `may_open`: the record's name, family and reasons. Otherwise only that somebody is known, where, and whom to ring.
    """

    may_open: bool
    reference: str = ""
    name: str = ""
    birth: str = ""
    family_reference: str = ""
    family_name: str = ""
    reasons: list[str] = field(default_factory=list)
    area: str = ""
    contact_name: str = ""
    contact_organisation: str = ""
    contact_phone: str = ""
    score: float = 0.0  # how likely it is this person, from 0 to 1; nothing where the record may not be opened


@dataclass(frozen=True)
class Typed:
    """What somebody typed of one person, as the look-up compares it."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    code: str
    known: str = BirthPrecision.UNKNOWN
    numbers: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        """One name alone finds nobody: there must be both, or one with a birth date or a postcode; or a number."""
        named = bool(self.given or self.family)
        about = bool((self.given and self.family) or self.first is not None or self.code)
        return bool(self.numbers) or (named and about)

    @property
    def other_forms(self) -> tuple[str, ...]:
        """Short forms, pet names and spellings of the first name."""
        return other_forms(self.given[0]) if self.given else ()

    @property
    def intent(self) -> str:
        """Who was looked for, as a digest of beginnings: enough to tell one intent from the next, and no name."""
        said = "|".join((" ".join(self.given)[:3], " ".join(self.family)[:3], str(self.first or ""), *self.numbers))
        return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:16]


def typed_of(
    given_name: str, family_name: str, born: PartialDate | dt.date | None = None, postcode: str = "", *numbers: str
) -> Typed:
    """A name, a birth date as far as known, a postcode and an NHS number or UPN, ready to compare."""
    born = PartialDate.of(born) if isinstance(born, dt.date) else born
    first, known = stored_birth(born)
    given, family = (tuple(fold(name[:LONGEST]).split()[:6]) for name in (given_name, family_name))
    last = born.latest if born else None
    plain = tuple(number for typed in numbers for number in numbers_in(typed))
    return Typed(given, family, first, last, postcode_of(postcode), known, plain)


def look_up(
    reader: Any,
    given_name: str,
    family_name: str,
    born: PartialDate | dt.date | None = None,
    postcode: str = "",
    number: str = "",
) -> list[Candidate]:
    """People on record who may be this one, the likeliest first; what is said of each is what the reader may know."""
    return look_up_each(reader, [typed_of(given_name, family_name, born, postcode, number)])[0]


def look_up_each(reader: Any, typed: Sequence[Typed]) -> list[list[Candidate]]:
    """The same of each of several people, in their order and in the same number of queries as for one.

    A look is recorded once for each person looked for, not for each key pressed; one that meets a restricted person is
    told to the safeguarding desk.
    """
    found: list[list[Candidate]] = [[] for _ in typed]
    wanted = {place: each for place, each in enumerate(typed) if each.is_enough}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_EACH, [*_columns(wanted), clock.today()])
        for place, *row in cursor.fetchall():
            if row[0] is not None:  # nobody was found
                found[place].append(_candidate(*row[:13]))
    note_restricted_searches([sought for each in wanted.values() for sought in _sought(each)])
    _record(reader, {each.intent: found[place] for place, each in wanted.items()})
    return found


def _sought(each: Typed) -> list[Sought]:
    """What the safeguarding desk's search asks for: the names with what was typed beside them, and each number by itself."""
    named = ([*each.given, *each.family], each.first, each.last, each.code, "")
    return [named, *(([], None, None, "", number) for number in each.numbers)]


# One call of the gate's function for each person typed, inside one query. Words travel as one text: arrays of arrays cannot
# be ragged.
_EACH = """
    select t.place, l.*, told.done from (
        select place, string_to_array(given, ' ') as given, string_to_array(forms, ' ') as forms,
            string_to_array(family, ' ') as family, born, known, code, string_to_array(numbers, ' ') as numbers
        from unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[])
            as u(place, given, forms, family, born, known, code, numbers)
    ) t
    cross join lateral (select hearth_note_look_up(t.given, t.forms, t.family, t.born, t.known, t.code, t.numbers) as done) told
    left join lateral hearth_look_up(t.given, t.forms, t.family, t.born, t.known, t.code, t.numbers, %s) with ordinality as l on true
    order by t.place, l.ordinality
"""


def _columns(wanted: Mapping[int, Typed]) -> list[list[Any]]:
    rows = [
        (
            place, " ".join(e.given), " ".join(e.other_forms), " ".join(e.family), e.first, e.known, e.code, " ".join(e.numbers),
        )
        for place, e in wanted.items()
    ]  # fmt: skip
    return [list(column) for column in zip(*rows, strict=True)]


def _candidate(
    may_open: bool, reference: str, name: str, born_on: dt.date | None, precision: str, family_reference: str,
    family_name: str, met: list[str], area: str, contact_name: str, contact_organisation: str, contact_phone: str,
    bits: float,
) -> Candidate:  # fmt: skip
    if may_open:
        return Candidate(
            True, reference, name or "Name not supplied", birth_words(born_on, precision), family_reference, family_name,
            [MET[code] for code in met], score=1 / (1 + 2 ** -min(bits, 60.0)),
        )  # fmt: skip
    front_door, authority = pack().words.front_door, pack().authority
    if not contact_name:
        return Candidate(False, area=area, contact_name=front_door, contact_phone=authority.phone)
    return Candidate(
        False, area=area, contact_name=contact_name, contact_organisation=contact_organisation,
        contact_phone=contact_phone or authority.phone,
    )  # fmt: skip


def _record(reader: Any, intents: Mapping[str, list[Candidate]]) -> None:
    told = _told_lately(reader, list(intents))
    opened = {intent: sum(each.may_open for each in found) for intent, found in intents.items() if intent not in told}
    searched_each(
        reader, VERB,
        [{"intent": intent, "found": n, "known": len(intents[intent]) - n} for intent, n in opened.items()],
    )  # fmt: skip


def _told_lately(reader: Any, intents: Sequence[str]) -> set[str]:
    """Which intents are on record already. Asked where they are written: the second connection, as this same reader."""
    since = clock.now() - ONE_INTENT
    with acting_as(reader, using="audit"):
        rows = AuditEvent.objects.using("audit").filter(actor_id=reader.id, created_at__gte=since, verb=VERB)
        return set(rows.filter(detail__intent__in=intents).values_list("detail__intent", flat=True))
