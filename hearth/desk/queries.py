"""What the desk shows: work that is due, cases, and what changed. Each is one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from hearth.casework.cases.models import Case, DueItem, Stage, nobody_leads
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.text import fold
from hearth.records.people.models import Family
from hearth.records.people.reach import families, may_open_family

ROW = {
    "family_name": F("family__name"),
    "family_reference": F("family__reference"),
    "lead_name": F("lead__full_name"),
    "area_name": F("area__name"),
}
COLUMNS = (
    "reference",
    "stage",
    "level",
    "opened_on",
    "next_due_on",
    "next_due_what",
    "last_contact_on",
    "children_count",
)
SORTS = {
    "due": "next_due_on",
    "family": "family__folded_name",
    "opened": "opened_on",
    "contact": "last_contact_on",
    "lead": "lead__full_name",
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list of cases for."""

    whose: str = "mine"
    area: str = ""
    stage: str = ""
    due: str = ""
    name: str = ""


def cases(reader: Any, wanted: Wanted, *, order_by: str = "next_due_on", page: Any = 1) -> Page:
    """A page of open cases the reader may open, as plain rows: one query, whatever the number of families."""
    descending = order_by.startswith("-")
    column = F(order_by.lstrip("-"))
    order = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    rows = Case.objects.filter(_narrow(reader, wanted)).order_by(order, "id")
    return page_of(rows.values(*COLUMNS, **ROW), page)


def _narrow(reader: Any, wanted: Wanted) -> Q:
    narrow = Q(stage=wanted.stage) if wanted.stage else ~Q(stage=Stage.CLOSED)
    if wanted.whose == "mine":
        narrow &= Q(lead=reader)
    elif wanted.whose == "nobody":
        narrow &= nobody_leads()
    narrow &= Q(area__code=wanted.area) if wanted.area else Q()
    narrow &= Q(family__folded_name__startswith=fold(wanted.name)) if fold(wanted.name) else Q()
    today = clock.today()
    due = {
        "late": Q(next_due_on__lt=today),
        "week": Q(next_due_on__range=(today, today + dt.timedelta(days=7))),
        "none": Q(next_due_on=None),
    }
    return narrow & due.get(wanted.due, Q()) & may_open_family(reader, "family__")


def due_for(reader: Any, at_most: int = 100) -> list[dict[str, Any]]:
    """What the reader has to do, the latest first: things of theirs, in cases they may open."""
    mine = DueItem.objects.filter(may_open_family(reader, "family__"), owner=reader, done_at=None)
    named = {
        "case_reference": F("case__reference"),
        "family_name": F("family__name"),
        "family_reference": F("family__reference"),
    }
    rows: Any = mine.order_by("due_on", "id").values("kind", "what", "due_on", "source_id", **named)
    return list(rows[:at_most])


def changed_since(reader: Any, since: dt.datetime, at_most: int = 20) -> list[dict[str, Any]]:
    """What others did for the families opened to the reader by name, newest first. The events' own policy holds too."""
    names = Family.objects.filter(pk__one_of=families(reader)).values("pk", "name", "reference")
    known: dict[Any, Any] = {row["pk"]: row for row in names}
    if not known:
        return []
    events = (
        AuditEvent.objects.filter(kind=AuditEvent.Kind.DONE, family_id__in=known, created_at__gt=since)
        .exclude(actor_id=reader.id)
        .order_by("-created_at")
        .values("verb", "created_at", "actor_name", "family_id")[:at_most]
    )
    return [{**event, "family": known[event["family_id"]]} for event in events if event["family_id"] in known]


def family_of(reader: Any, reference: str) -> Family:
    """The family, or a page that never says whether it exists."""
    family = Family.objects.visible_to(reader).select_related("area").filter(reference=reference).first()
    if family is None:
        raise Http404
    return family


def cases_of(reader: Any, family: Family) -> QuerySet[Case]:
    """Every case of a family, newest first."""
    return (
        Case.objects.visible_to(reader)
        .filter(family=family)
        .select_related("lead", "area")
        .order_by("-opened_on", "-created_at")
    )


def due_of(reader: Any, family: Family) -> list[DueItem]:
    """What is due for a family's open case, whoever has to do it."""
    rows = DueItem.objects.filter(may_open_family(reader, "family__"), family=family, done_at=None)
    return list(rows.select_related("owner", "case").order_by("due_on", "id"))
