"""What the desk shows: work that is due, and cases. Each is one query."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, UUIDField

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case, DueItem, Stage, nobody_leads
from hearth.casework.cases.queries import who_answers
from hearth.casework.cases.steps.models import CareStep, Direction, Status
from hearth.casework.plans.models import PlanAction
from hearth.desk import doing
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, number_of, page_from, page_of, part_of
from hearth.foundation.core.statements import Given, Statement
from hearth.foundation.core.text import fold
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family

ROW = {
    "family_name": F("family__name"),
    "family_reference": F("family__reference"),
    "lead_name": F("lead__full_name"),
    "team_name": F("team__name"),
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
NO_TEAM = "none"
LAST_LETTER = "\U0010ffff"  # after every other, as names are sorted (by their bytes: the collation "C")


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list of cases for: `team` is a key or NO_TEAM, `area` the code of a district or a locality.

    `mine` is what they lead, and for a social worker of the hub what they hold as well; `led` is only what they lead.
    """

    whose: str = "mine"
    lead: str = ""
    team: str = ""
    area: str = ""
    stage: str = ""
    due: str = ""
    name: str = ""


@dataclass(frozen=True)
class _Values:
    """What differs from reader to reader and from day to day: `id` is the reader's."""

    id: Any
    team: Any
    lead: Any
    area: Any
    name: Any
    after_name: Any
    today: Any
    in_a_week: Any


_GIVEN = _Values(
    *(Given(name, UUIDField()) for name in ("id", "team")),
    *(Given(name, CharField()) for name in ("lead", "area", "name", "after_name")),
    *(Given(name, DateField()) for name in ("today", "in_a_week")),
)  # fmt: skip


def cases(reader: Any, wanted: Wanted, *, order_by: str = "next_due_on", page: Any = 1) -> Page:
    """A page of open cases the reader may open, as named tuples: one query, whatever the number of families."""
    name, lead, today, number = fold(wanted.name), fold(wanted.lead), clock.today(), number_of(page)
    team = wanted.team if wanted.team != NO_TEAM else ""
    values = _Values(reader.id, team, f" {lead}", wanted.area, name, name + LAST_LETTER, today, today + clock.WEEK)
    area = wanted.area and ("one" if pack().areas.district(wanted.area) else "several")
    wanted = replace(wanted, area=area, name=name and "one", lead=lead and "one", team=(team and "one") or wanted.team)
    if wanted.whose == "mine" and reader.may("decide_step_up"):
        wanted = replace(wanted, whose="held")
    if wanted.whose == "nobody":  # asks first who has gone, and that changes
        return page_from(list(_rows(values, wanted, order_by, number)), number)
    return page_from(_statement(wanted, order_by, number).rows(**vars(values)), number)


@lru_cache(maxsize=100)
def _statement(wanted: Wanted, order_by: str, page: int) -> Statement:
    """A page of the list narrowed by the same boxes, whoever reads it and whatever area and name are in them."""
    return Statement(_rows(_GIVEN, wanted, order_by, page))


def _rows(values: _Values, wanted: Wanted, order_by: str, page: int) -> "QuerySet[Case, Any]":
    column = F(order_by.lstrip("-"))
    order = column.desc(nulls_last=True) if order_by.startswith("-") else column.asc(nulls_last=True)
    rows = Case.objects.filter(_narrow(values, wanted)).order_by(order, "id").annotate(**ROW)
    return part_of(rows.values_list(*COLUMNS, *ROW, named=True), page)


def _in_area(code: Any, wanted: Wanted) -> Q:
    """In a district, or in any of a locality, however deep they lie. Keys are worked out before the cases are read.

    Of one key, an index gives the district's cases in their order.
    """
    if wanted.area == "one":
        return Q(area=Area.objects.filter(code=code).values("pk")[:1])
    inside = Area.objects.filter(Q(parent__code=code) | Q(parent__parent__code=code))
    return Q(area__one_of=ArraySubquery(inside.values("pk"))) if wanted.area else Q()


def _held_by(team: Any, wanted: Wanted) -> Q:
    if wanted.team == NO_TEAM:
        return Q(team=None)
    return Q(team=team) if wanted.team else Q()


def _led_by(words: Any, wanted: Wanted) -> Q:
    """By those of whom what was typed begins a word of the name, or of what they do."""
    people = User.objects.filter(search_text__contains=words)
    return Q(lead__one_of=ArraySubquery(people.values("pk"))) if wanted.lead else Q()


def _held_in_social_care(reader: Any) -> Q:
    """Those that the reader accepted and has not handed back. Keys are worked out before the cases are read."""
    held = CareStep.objects.filter(direction=Direction.UP, status=Status.ACCEPTED, decided_by=reader)
    return Q(stage=Stage.STEPPED_UP, pk__one_of=ArraySubquery(held.values("case")))


def _narrow(values: _Values, wanted: Wanted) -> Q:
    narrow = Q(stage=wanted.stage) if wanted.stage else ~Q(stage=Stage.CLOSED)
    if wanted.whose in ("mine", "led"):
        narrow &= Q(lead=values.id)
    elif wanted.whose == "held":
        narrow &= Q(lead=values.id) | _held_in_social_care(values.id)
    elif wanted.whose == "nobody":
        narrow &= nobody_leads()
    narrow &= _in_area(values.area, wanted) & _held_by(values.team, wanted) & _led_by(values.lead, wanted)
    # Begins so. Under a row policy an index serves no `like`; it does serve what lies between two names.
    called = Q(family__folded_name__gte=values.name, family__folded_name__lt=values.after_name)
    narrow &= called if wanted.name else Q()
    narrow &= _when_due(wanted.due, "next_due_on", values.today, values.in_a_week)
    return narrow & may_open_family(values, "family__")


DUE = {"late": "Late", "week": "In the next 7 days"}  # what the to-do list may be narrowed to


def _mine_due(reader: Any) -> QuerySet[DueItem]:
    return DueItem.objects.filter(may_open_family(reader, "family__"), owner=reader).to_do()


def _when_due(when: str, column: str, today: Any, in_a_week: Any) -> Q:
    return {
        "late": Q(**{f"{column}__lt": today}),
        "week": Q(**{f"{column}__gte": today, f"{column}__lte": in_a_week}),
        "none": Q(**{column: None}),
    }.get(when, Q())


def _mine_when(when: str) -> Q:
    return _when_due(when, "due_on", clock.today(), clock.today() + clock.WEEK)


def _in_full(reader: Any) -> Subquery:
    """What an action of a plan says, for those who may read the plan: what is due keeps no words of its own."""
    return Subquery(PlanAction.objects.visible_to(reader).filter(pk=OuterRef("source_id")).values("what"))


def _assessment(reader: Any) -> Subquery:
    """The reference of the assessment that something is due for, so that a link goes there."""
    return Subquery(Assessment.objects.visible_to(reader).filter(pk=OuterRef("source_id")).values("reference"))


def _named(reader: Any) -> dict[str, Any]:
    """What is read with each thing that is due, to show it in words and to link it."""
    return {
        "case_reference": F("case__reference"),
        "in_full": _in_full(reader),
        "assessment": _assessment(reader),
    }


def due_for(reader: Any, when: str = "", page: Any = 1, size: int = 50) -> Page:
    """What the reader has to do, the longest overdue first: things of theirs, in cases they may open. `when` is a key of DUE."""
    named = _named(reader) | {"family_name": F("family__name"), "family_reference": F("family__reference")}
    rows: Any = _mine_due(reader).filter(_mine_when(when)).order_by("due_on", "id")
    found = page_of(rows.values("kind", "what", "due_on", "source_id", "owner_id", **named), page, size)
    for row, href in zip(found.rows, doing.pages_of(reader, found.rows), strict=True):
        row["href"] = href
    return found


def due_counts(reader: Any) -> dict[str, int]:
    """How much the reader has to do: all of it, what is late, and what is due within a week. One query."""
    return _mine_due(reader).aggregate(
        all=Count("id"),
        late=Count("id", filter=_mine_when("late")),
        week=Count("id", filter=_mine_when("week")),
    )


def cases_of(reader: Any, family: Family) -> QuerySet[Case]:
    """Every case of a family, newest first."""
    return (
        Case.objects.visible_to(reader)
        .filter(family=family)
        .select_related("lead", "area", "team")
        .order_by("-opened_on", "-created_at")
    )


def due_of(reader: Any, family: Family) -> list[DueItem]:
    """What is due for a family's open case, whoever has to do it.

    `done_by`: who answers what waits for somebody outside the case; who does an action that is on the lead's list because
    they are of the family, or do not sign in.
    """
    rows = DueItem.objects.filter(may_open_family(reader, "family__"), family=family, done_at=None)
    rows = rows.select_related("owner", "case__area").annotate(**_named(reader))
    due: list[Any] = list(rows.order_by("due_on", "id"))
    others = PlanAction.objects.visible_to(reader).filter(plan__family=family, user=None).select_related("person")
    by_others = {action.pk: action.who for action in others}
    for item, href in zip(due, doing.pages_of(reader, map(vars, due)), strict=True):
        item.done_by, item.href = who_answers(item) or by_others.get(item.source_id, ""), href
    return due
