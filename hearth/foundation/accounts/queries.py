"""Reads about people who sign in. Everybody may find a name to work with; a page about somebody is for their agency."""

import re
from functools import cache
from typing import Any

from django.db.models import Count, DateField, Exists, OuterRef, Prefetch, Q, QuerySet, UUIDField
from django.http import Http404

from hearth.foundation.accounts.models import Appointment, Area, Organisation, Team, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.reader import read_as, reads_as
from hearth.foundation.core.references import PATTERN
from hearth.foundation.core.statements import Given, Statement
from hearth.foundation.core.text import fold

PICKED = 20
_USER = Given("user", UUIDField())
IN_BRACKETS = re.compile(r"\(([A-Z]{2}-[A-Z0-9]{7})\)\s*$")


def with_what_they_hold(user_id: Any) -> User | None:
    """Somebody with organisation and appointments: one query, or one more for whoever holds nothing."""
    return _somebody(user_id, list(_held_today().models(user=user_id, today=clock.today())))


def signed_in(user_id: Any) -> User | None:
    """The same of whoever a session is of, and from that very query on they are the reader of the transaction.

    Whoever then turns out not to be signed in reads nothing only after `read_as(None)`: `ReaderMiddleware` sees to it.
    """
    held = list(_held_by_reader().models(user=user_id, today=clock.today()))
    user = _somebody(user_id, held)
    if not held:
        read_as(user)
    return user


def _somebody(user_id: Any, held: list[Appointment]) -> User | None:
    user = held[0].user if held else User.objects.select_related("organisation").filter(pk=user_id).first()
    if user is not None:
        user._appointments = held
    return user


def _held() -> QuerySet[Appointment]:
    held = Appointment.objects.in_force(on=Given("today", DateField())).filter(user=_USER)
    return held.select_related("area", "team", "user__organisation")


@cache
def _held_today() -> Statement:
    return Statement(_held())


@cache
def _held_by_reader() -> Statement:
    return Statement(_held().annotate(reads=reads_as(_USER)))


def roles_with(permission: str) -> list[str]:
    """The roles that hold a permission."""
    return [code for code, role in ROLES.items() if permission in role.permissions]


def who_may(permission: str, *, everywhere: bool = False) -> list[User]:
    """Everybody who holds a permission today, by e-mail; `everywhere`: those who hold it for the whole authority."""
    held = Appointment.objects.in_force().filter(role__in=roles_with(permission))
    held = held.filter(area=None) if everywhere else held
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("email"))


def _matching(people: QuerySet[User], words: str) -> QuerySet[User]:
    """People of whom every word typed begins a word of the name, job title or e-mail address."""
    for word in fold(words).split()[:6]:
        people = people.filter(search_text__contains=f" {word}")
    return people


def find_people(reader: User, words: str, permission: str | None = None, limit: int = PICKED) -> list[User]:
    """Active people of any organisation who hold a role today (with `permission`, where one is asked for), by name.

    Nobody is listed until something is typed: a directory of everybody is not what anyone needs to name a colleague.
    """
    if reader is None or not fold(words):
        return []
    held = Appointment.objects.filter(user=OuterRef("pk")).in_force()
    if permission is not None:
        held = held.filter(role__in=roles_with(permission))
    people = User.objects.filter(Exists(held), is_active=True).select_related("organisation")
    return list(_matching(people, words).order_by("full_name", "reference")[:limit])


def person_picked(reader: User, text: str, permission: str | None = None) -> list[User]:
    """Whom a picker's text means: the one of a reference, or everybody whom the words match."""
    found = IN_BRACKETS.search(text)
    reference = found.group(1) if found else text.strip().upper()
    if PATTERN.match(reference):
        held = Appointment.objects.filter(user=OuterRef("pk")).in_force()
        if permission is not None:
            held = held.filter(role__in=roles_with(permission))
        return list(
            User.objects.filter(Exists(held), reference=reference, is_active=True).select_related("organisation")
        )
    return find_people(reader, text, permission, limit=4)


def detail_of(person: User) -> str:
    """What tells two people of one name apart: "Health visitor, Moorside Community Health Trust"."""
    return ", ".join(part for part in (person.job_title, person.organisation.name) if part)


def picked_text(person: User) -> str:
    """What a picker puts in its box: readable, and unmistakable by the reference at its end."""
    return f"{person.full_name}, {detail_of(person)} ({person.reference})"


def colleagues(reader: User, words: str = "", organisation: str = "", closed: bool = False, page: Any = 1) -> Page:
    """People of the reader's organisation (of any, for an administrator), with their roles, in two queries."""
    people = User.objects.visible_to(reader).filter(is_active=not closed).select_related("organisation")
    if organisation and reader.may("administer"):
        people = people.filter(organisation__name=organisation)
    held = Appointment.objects.in_force().select_related("area", "team")
    people = _matching(people, words).prefetch_related(Prefetch("appointments", held, to_attr="roles_now"))
    return page_of(people.order_by("full_name", "reference"), page)


def colleague(reader: User, reference: str) -> User:
    """One colleague, or 404."""
    person = User.objects.visible_to(reader).filter(reference=reference).select_related("organisation").first()
    if person is None:
        raise Http404
    return person


def roles_of(person: User) -> list[Appointment]:
    """Every role that somebody has held, the latest first."""
    return list(
        Appointment.objects.filter(user=person)
        .select_related("area", "team", "given_by", "user__organisation")
        .order_by("-from_on", "-created_at")
    )


def areas() -> list[Area]:
    """Every area, localities before their districts."""
    return list(Area.objects.select_related("parent").order_by("parent__name", "name"))


def organisations() -> list[Organisation]:
    """Organisations that are still there."""
    return list(Organisation.objects.filter(ended_on=None).order_by("name"))


def organisations_counted() -> list[Organisation]:
    """Organisations that are still there, each with `people_here`: how many of its people have an open account."""
    here = Count("people", filter=Q(people__is_active=True))
    return list(Organisation.objects.filter(ended_on=None).annotate(people_here=here).order_by("name"))


def sector_of(code: str) -> str:
    """A sector in the pack's words."""
    return label_of(pack().organisations.sectors, code)


def teams_of(organisation: Organisation) -> list[Team]:
    """The teams of an organisation."""
    return list(Team.objects.filter(organisation=organisation).order_by("name"))


def organisation_by(name: str) -> Organisation | None:
    """An organisation by its name, which is unique."""
    return Organisation.objects.filter(name=name, ended_on=None).first()
