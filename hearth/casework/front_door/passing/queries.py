"""Reads of what was passed on."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.triage.models import Decision
from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core.paging import Page, page_of

WORK = [code for code, role in ROLES.items() if "work_case" in role.permissions]


def decision_of(request: Request) -> Decision | None:
    """The decision in force, which names the agency."""
    return Decision.objects.select_related("agency").filter(request=request, reopened_at=None).first()


def people_of(agency: Any) -> list[User]:
    """Who of an agency could take a family on: they sign in, and work with families."""
    if agency is None or agency.is_authority:
        return []
    working = Appointment.objects.in_force().filter(role__in=WORK).values("user_id")
    found = User.objects.filter(organisation=agency, is_active=True, pk__in=working)
    return list(found.select_related("organisation").order_by("full_name"))


def passings_of(request: Request) -> list[Passing]:
    """Every time a request was passed on, the latest first. The row policy says who reads them."""
    return list(Passing.objects.filter(request=request).select_related("to", "passed_by").order_by("-passed_at"))


def _mine(reader: Any) -> QuerySet[Passing]:
    return Passing.objects.filter(to=reader, ended_at=None)


def passing_to(reader: Any, request: Request) -> Passing | None:
    """What of a request is in the reader's own hands."""
    return _mine(reader).select_related("passed_by").filter(request=request).first()


def own_passing_of(reader: Any, request: Request) -> Passing:
    """The same, or the page that never says whether it exists."""
    found = passing_to(reader, request)
    if found is None:
        raise Http404
    return found


def passed_requests(reader: Any, page: Any = 1) -> Page:
    """What was passed to the reader: unanswered first, then the newest."""
    rows = _mine(reader).order_by("answer", "-passed_at", "id")
    named = ("request__reference", "request__family_name", "request__area__name", "passed_at", "answer", "answered_at")
    return page_of(rows.values(*named), page)


def how_many_passed_to(reader: Any) -> int:
    """How many requests wait for the reader's answer."""
    return _mine(reader).filter(answer="").count()


def has_been_passed_any(reader: Any) -> bool:
    """Whether anything is in the reader's hands."""
    return _mine(reader).exists()
