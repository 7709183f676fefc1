"""The search: by name in any order, reference, birth date as far as known, and postcode."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from hearth.foundation.core.paging import Page, number_of
from hearth.foundation.core.references import read_reference
from hearth.foundation.core.text import fold
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.identifiers import numbers_in
from hearth.records.people.models import Membership, Person
from hearth.records.people.postcodes import postcode_of
from hearth.records.people.reach import may_open_family

SIZE = 25


@dataclass(frozen=True)
class Wanted:
    """What somebody typed into the search."""

    words: str = ""
    born: PartialDate | None = None
    postcode: str = ""

    @property
    def reference(self) -> str:
        """The reference, where that is what was typed; or an NHS number or unique pupil number."""
        return read_reference(self.words) or "".join(numbers_in(self.words))

    @property
    def code(self) -> str:
        """The postcode, also where it was typed in place of a name."""
        return postcode_of(self.postcode) or postcode_of(self.words)

    @property
    def tokens(self) -> list[str]:
        """Words of the name, folded, the longest first: it finds fewest."""
        return (
            []
            if self.reference or postcode_of(self.words)
            else sorted(fold(self.words).split()[:6], key=len, reverse=True)
        )

    @property
    def kinds(self) -> list[str]:
        """Which kinds of thing were typed, for the trail: never what."""
        typed = {"reference": self.reference, "name": self.tokens, "born": self.born, "postcode": self.code}
        return [kind for kind, value in typed.items() if value]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.reference or self.tokens or self.born or self.code)


def find_people(reader: Any, wanted: Wanted, page: Any = 1) -> Page:
    """A page of people the reader may open, with the families they were found in; two queries, and the reach is inside."""
    number = number_of(page, most=200)
    if not wanted.says_something:
        return Page([], number, False)
    first, last = (wanted.born.earliest, wanted.born.latest) if wanted.born else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_find_people(%s::text[], %s, %s, %s, %s, %s, %s)",
            [wanted.tokens, first, last, wanted.code, wanted.reference, SIZE + 1, (number - 1) * SIZE],
        )
        ids = [row[0] for row in cursor.fetchall()]
    note_restricted_search(wanted.tokens, first, last, wanted.code, wanted.reference)
    return Page(_people(reader, ids[:SIZE]), number, len(ids) > SIZE)


def _people(reader: Any, ids: Sequence[Any]) -> list[Person]:
    openable = (
        Membership.objects.filter(may_open_family(reader, "family__"))
        .select_related("family__area")
        .order_by("until_on", "id")
    )
    rows = (
        Person.objects.visible_to(reader)
        .filter(pk__in=ids)
        .prefetch_related(Prefetch("memberships", openable, "openable"))
    )
    found = {row.pk: row for row in rows}
    return [found[key] for key in ids if key in found]


def note_restricted_search(
    words: Sequence[str], first: dt.date | None, last: dt.date | None, code: str, reference: str = ""
) -> None:
    """Tell the safeguarding desk where this would have found a restricted person. The searcher learns nothing, not even that."""
    note_restricted_searches([(words, first, last, code, reference)])


Sought = tuple[Sequence[str], dt.date | None, dt.date | None, str, str]


def note_restricted_searches(sought: Sequence[Sought]) -> None:
    """The same of several at once, each of words, first and last day of birth, a postcode, and a reference or number."""
    columns = zip(*((" ".join(words), *rest) for words, *rest in sought), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "select hearth_note_restricted_search(string_to_array(words, ' '), born_from, born_to, code, ref)"
            " from unnest(%s::text[], %s::date[], %s::date[], %s::text[], %s::text[]) as t(words, born_from, born_to, code, ref)",
            [list(column) for column in columns],
        )
