"""What the desk shows: work that is due, and cases. Each is one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case, DueItem, Stage, nobody_leads
from hearth.casework.plans.models import PlanAction
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.text import fold
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family

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
    "lead": "lead_folded_name",
}
LAST_LETTER = "\U0010ffff"  # after every other, as names are sorted (by their bytes: the collation "C")


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


def _area_of(code: str) -> Any:
    """One key, worked out before the cases are read: an index then gives the area's cases in their order."""
    return Area.objects.filter(code=code).values("pk")[:1]


def _called(begins: str) -> Q:
    """Families whose name begins so. Under a row policy an index serves no `like`; it does serve what lies between two."""
    return Q(family__folded_name__gte=begins, family__folded_name__lt=begins + LAST_LETTER)


def _narrow(reader: Any, wanted: Wanted) -> Q:
    narrow = Q(stage=wanted.stage) if wanted.stage else ~Q(stage=Stage.CLOSED)
    if wanted.whose == "mine":
        narrow &= Q(lead=reader)
    elif wanted.whose == "nobody":
        narrow &= nobody_leads()
    narrow &= Q(area=_area_of(wanted.area)) if wanted.area else Q()
    narrow &= _called(fold(wanted.name)) if fold(wanted.name) else Q()
    return narrow & _when_due(wanted.due, "next_due_on") & may_open_family(reader, "family__")


DUE = {"late": "Late", "week": "In the next 7 days"}  # what the to-do list may be narrowed to


def _mine_due(reader: Any) -> QuerySet[DueItem]:
    return DueItem.objects.filter(may_open_family(reader, "family__"), owner=reader, done_at=None)


def _when_due(when: str, column: str) -> Q:
    today = clock.today()
    return {
        "late": Q(**{f"{column}__lt": today}),
        "week": Q(**{f"{column}__range": (today, today + clock.WEEK)}),
        "none": Q(**{column: None}),
    }.get(when, Q())


def _in_full(reader: Any) -> Subquery:
    """What an action of a plan says, for those who may read the plan: what is due keeps no words of its own."""
    return Subquery(PlanAction.objects.visible_to(reader).filter(pk=OuterRef("source_id")).values("what"))


def _assessment(reader: Any) -> Subquery:
    """The reference of the assessment that something is due for, so that a link goes there."""
    return Subquery(Assessment.objects.visible_to(reader).filter(pk=OuterRef("source_id")).values("reference"))


def due_for(reader: Any, when: str = "", page: Any = 1, size: int = 50) -> Page:
    """What the reader has to do, the longest overdue first: things of theirs, in cases they may open. `when` is a key of DUE."""
    named = {
        "case_reference": F("case__reference"),
        "family_name": F("family__name"),
        "family_reference": F("family__reference"),
        "in_full": _in_full(reader),
        "assessment": _assessment(reader),
    }
    rows: Any = _mine_due(reader).filter(_when_due(when, "due_on")).order_by("due_on", "id")
    return page_of(rows.values("kind", "what", "due_on", "source_id", **named), page, size)


def due_counts(reader: Any) -> dict[str, int]:
    """How much the reader has to do: all of it, what is late, and what is due within a week. One query."""
    return _mine_due(reader).aggregate(
        all=Count("id"),
        late=Count("id", filter=_when_due("late", "due_on")),
        week=Count("id", filter=_when_due("week", "due_on")),
    )


def cases_of(reader: Any, family: Family) -> QuerySet[Case]:
    """Every case of a family, newest first."""
    return (
        Case.objects.visible_to(reader)
        .filter(family=family)
        .select_related("lead", "area")
        .order_by("-opened_on", "-created_at")
    )


def due_of(reader: Any, family: Family) -> list[DueItem]:
    """What is due for a family's open case, whoever has to do it.

    `done_by`: who does an action that is on the lead's list because they are of the family, or do not sign in.
    """
    rows = DueItem.objects.filter(may_open_family(reader, "family__"), family=family, done_at=None)
    rows = rows.select_related("owner", "case").annotate(in_full=_in_full(reader), assessment=_assessment(reader))
    due: list[Any] = list(rows.order_by("due_on", "id"))
    others = PlanAction.objects.visible_to(reader).filter(plan__family=family, user=None).select_related("person")
    by_others = {action.pk: action.who for action in others}
    for item in due:
        item.done_by = by_others.get(item.source_id, "")
    return due
