"""Reads of lists: who is on one for its provider, totals and people for the authority. The reader first."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from hearth.commissioning.contracts.returns.models import (
    ListedPerson,
    PeopleCheck,
    PeopleList,
    PeopleMatch,
    Return,
    Side,
)
from hearth.commissioning.contracts.returns.people import rules
from hearth.foundation.core.paging import Page, page_of
from hearth.records.people.births import birth_words

SIDES = tuple(Side.values)


@dataclass(frozen=True)
class Told:
    """The totals as a provider is told them: none where a total is too few."""

    listed: int
    both: int | None
    theirs: int | None
    ours: int | None
    is_of_this_list: bool


@dataclass(frozen=True)
class Total:
    """One of the three totals for the authority, with how many of its people the reader may open."""

    words: str
    many: int
    opened: int | None = None
    side: str = ""


def people_of(reader: Any, owner: Return) -> PeopleList | None:
    """The list of a return, where there is one."""
    return PeopleList.objects.visible_to(reader).filter(owner=owner).select_related("sent_by").first()


def listed(reader: Any, people: PeopleList) -> Any:
    """Who is on a list, for those who may read names."""
    return ListedPerson.objects.visible_to(reader).filter(people=people).order_by("number", "id")


def person_on(reader: Any, owner: Return, number: int) -> ListedPerson:
    """Somebody on the list of a return, or a page that never says whether they are."""
    found = ListedPerson.objects.visible_to(reader).filter(people__owner=owner, number=number).first()
    if found is None:
        raise Http404
    return found


def listed_page(reader: Any, people: PeopleList, page: Any) -> Page:
    """A page of them."""
    return page_of(listed(reader, people), page)


def told(people: PeopleList) -> Told | None:
    """What the provider is told of its list, by the database's own function; none before it was checked."""
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_told_totals(%s)", [people.pk])
        row = cursor.fetchone()
    return Told(*row) if row else None


def check_of(reader: Any, people: PeopleList) -> PeopleCheck | None:
    """What came of a list, for the authority."""
    return PeopleCheck.objects.visible_to(reader).filter(people=people).first()


def totals(reader: Any, people: PeopleList) -> list[Total]:
    """The three totals; of the two of casework, how many people the reader may open: two queries."""
    check = check_of(reader, people)
    if check is None:
        return []
    opened = dict.fromkeys(Side.values, 0)
    for side in matches(reader, people).values_list("side", flat=True):
        opened[side] += 1
    return [
        Total("On the provider’s list and in casework", check.in_both, opened[Side.BOTH], Side.BOTH),
        Total("On the provider’s list alone", check.theirs),
        Total("In casework alone", check.ours, opened[Side.OURS], Side.OURS),
    ]


def matches(reader: Any, people: PeopleList) -> Any:
    """People of casework behind the totals, as far as the reader may open them."""
    return PeopleMatch.objects.visible_to(reader).filter(people=people)


def matches_page(reader: Any, people: PeopleList, side: str, page: Any) -> Page:
    """A page of those of one total, by name."""
    rows = matches(reader, people).filter(side=side).select_related("person")
    return page_of(rows.order_by("person__folded_name", "id"), page)


def why_not_matched(owner: Return) -> str:
    """Why nobody is matched, in a sentence; nothing where an agreement is in force."""
    refusal = rules.why_not_match(owner.contract.agreement, owner.contract.provider)
    return refusal.sentence if refusal is not None else ""


def named(reader: Any, words: str) -> list[ListedPerson]:
    """Everybody on a list of that name, for information governance; what is sought is both names, folded."""
    rows = ListedPerson.objects.visible_to(reader).filter(Q(folded=words))
    return list(rows.select_related("people__sent_by__organisation").order_by("people__sent_at", "id"))


def born_words(person: ListedPerson) -> str:
    """When somebody was born, as far as the provider knows."""
    return birth_words(person.born_on, person.birth_precision)
