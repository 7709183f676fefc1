"""Records of one person, as far as the reader may open them."""

from typing import Any

from django.db.models import Q
from django.http import Http404

from hearth.foundation.ui.filters import day
from hearth.records.people.models import Link, Person, may_see_person
from hearth.records.people.timeline import Entry


def linked_records(reader: Any, person: Person) -> list[Person]:
    """The other records of this person that the reader may open."""
    rows = Person.objects.visible_to(reader).filter(cluster_id=person.cluster_id).exclude(pk=person.pk)
    return list(rows.prefetch_related("memberships__family").order_by("created_at"))


def links_of(reader: Any, person: Person) -> list[Link]:
    """Links of this record in force, with both ends; those whose other end is hidden from the reader are not there."""
    rows = Link.objects.filter(undone_at=None).select_related("one", "other", "made_by__organisation")
    theirs = Q(one=person) & may_see_person(reader, "other") | Q(other=person) & may_see_person(reader, "one")
    return list(rows.filter(theirs).order_by("created_at"))


def link_between(reader: Any, person: Person, reference: str) -> Link:
    """The link in force between this record and the one with that reference, or not found."""
    for link in links_of(reader, person):
        if reference in (link.one.reference, link.other.reference):
            return link
    raise Http404


def record_to_link(reader: Any, reference: str) -> Person | None:
    """The record with that reference, if the reader may open it."""
    return Person.objects.visible_to(reader).filter(reference=reference.strip().upper()).first()


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """Links made and undone about people of the family, for its chronology."""
    mine = list(Person.objects.visible_to(reader).filter(memberships__family=family).values_list("pk", flat=True))
    links = Link.objects.filter(Q(one__in=mine) | Q(other__in=mine))
    found = []
    for link in links.select_related("one", "other", "made_by__organisation", "undone_by__organisation").distinct():
        title = f"Two records of {link.one.full_name} linked ({link.one.reference} and {link.other.reference})"
        found.append(Entry(link.created_at, "Link", title, by=_who(link.made_by)))
        if link.undone_at is not None:
            undone = f"The link made on {day(link.created_at)} between {link.one.reference} and {link.other.reference} was undone"
            found.append(Entry(link.undone_at, "Link", undone, by=_who(link.undone_by)))
    return found


def _who(user: Any) -> str:
    return f"{user.full_name}, {user.organisation.name}" if user else ""
