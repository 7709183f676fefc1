"""Say that two records are one person, and take it back. Nothing in either record changes but the cluster they share."""

from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.models import hold_each
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.people.holding import hold_clusters
from hearth.records.people.links import rules
from hearth.records.people.models import Link, Person


@action
def link_people(*, by: Any, person: Person, other: Person | None, why: str) -> Link:
    """Link two records of one person. If one is restricted, both are; nobody may open more than before."""
    refuse(rules.why_not_link_at_all(by))
    hold_clusters()
    if other is not None:
        hold_each([person, other])
    refuse(rules.why_not_link(by, person, other, why))
    link = Link(one=person, other=other, why=clean(why), made_by=by)
    link.save(force_insert=True)
    _tell(person, link, "people.linked")
    _keep_true(person)
    return link


@action
def undo_link(*, by: Any, link: Link, why: str) -> Link:
    """They are two people after all: each record stands alone again, or with what it is still linked to."""
    refuse(rules.why_not_link_at_all(by))
    hold_clusters()
    link.hold()
    refuse(rules.why_not_undo(by, link, why))
    link.undone_at, link.undone_by, link.undone_why = clock.now(), by, clean(why)
    link.save(update_fields=["undone_at", "undone_by", "undone_why"])
    _tell(link.one, link, "people.link_undone")
    _keep_true(link.one, link.other)
    return link


def _tell(person: Person, link: Link, verb: str) -> None:
    """One event in the trail of each family."""
    for one, two in ((link.one, link.other), (link.other, link.one)):
        record(verb, family=one.trail_family_id(), subject=one, to=two.reference)


def _keep_true(*people: Person) -> None:
    """Write what follows from links: which records make one cluster, and who is hidden in it."""
    with connection.cursor() as cursor:
        for person in people:
            cursor.execute("select hearth_recluster(%s)", [person.id])
        for person in people:
            cursor.execute("select hearth_rehide(%s)", [person.id])
            person.refresh_from_db(fields=["cluster_id"])
