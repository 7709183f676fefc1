"""What the page of a decision offers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.models import PersonMatch
from hearth.foundation.accounts.models import Appointment, Organisation, User
from hearth.foundation.accounts.roles import FAMILY_WORK, ROLES
from hearth.records.people.models import Family


def families_of_matched(reader: Any, request: Request) -> list[Family]:
    """Families, which the reader may open, of the people who were matched on the request."""
    people = PersonMatch.objects.filter(request=request, person__isnull=False).values("person_id")
    found = Family.objects.visible_to(reader).filter(memberships__person__in=people, memberships__until_on=None)
    return list(found.distinct().order_by("folded_name", "id"))


def open_cases_of(reader: Any, families: Iterable[Family]) -> dict[Any, Case]:
    """The open case of each family, by the family's key."""
    rows = Case.objects.visible_to(reader).open().filter(family__in=[family.pk for family in families])
    return {case.family_id: case for case in rows}


def leads_for(reader: Any, request: Request) -> list[Any]:
    """Who could lead, with how many open cases they lead: the area's family workers, and a referrer who is one.

    Whoever may work on cases beside another task (the hub, a panel, a front door) is offered if they lead one now.
    """
    works = [code for code, role in ROLES.items() if "work_case" in role.permissions]
    led = Case.objects.visible_to(reader).open().filter(lead=OuterRef("pk")).order_by().values("lead")
    open_cases = Coalesce(Subquery(led.annotate(many=Count("pk")).values("many")), 0)
    here = Q(area=None) | Q(area=request.area_id) | Q(area__children=request.area_id)
    held = Appointment.objects.in_force().filter(here, role__in=works)
    wanted = Q(organisation__is_authority=True) | Q(pk=request.made_by_id)
    found = User.objects.filter(wanted, is_active=True, pk__in=held.values("user_id")).annotate(open_cases=open_cases)
    leads = Q(open_cases__gt=0) | Q(pk__in=held.filter(role__in=FAMILY_WORK).values("user_id"))
    return list(found.filter(leads).select_related("organisation").order_by("full_name")[:300])


def agencies() -> list[tuple[str, str]]:
    """Organisations that can help alone."""
    return [(str(each.pk), each.name) for each in Organisation.objects.filter(ended_on=None).order_by("name")]


def agency_of(key: str) -> Organisation | None:
    """The organisation chosen on the form."""
    return Organisation.objects.filter(pk=key).first() if key else None
