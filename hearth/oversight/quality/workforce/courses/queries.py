"""Reads of courses, runs and bookings: the reader first, always through visible_to. How full a run is, the database counts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.http import Http404

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.quality.workforce.models import BookingState, Course, CourseBooking, CourseRun, RunState
from hearth.oversight.quality.workforce.reach import LEADS, TEAM, trained

LATELY = dt.timedelta(days=365)  # for how long a run that was is shown with its course


@dataclass(frozen=True)
class Places:
    """How full a run is."""

    taken: int = 0
    waiting: int = 0
    last: int = 0

    def left(self, run: CourseRun) -> int:
        """Seats that nobody has, nor is offered; none while somebody waits, for they come first."""
        return 0 if self.waiting else max(run.seats - self.taken, 0)


def places_of(runs: Collection[CourseRun]) -> dict[Any, Places]:
    """How full each run is, in one query."""
    if not runs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select run, taken, waiting, last from hearth_run_places(%s::uuid[])", [[each.pk for each in runs]]
        )
        found = {run: Places(*how_many) for run, *how_many in cursor.fetchall()}
    return {each.pk: found.get(each.pk, Places()) for each in runs}


def course_of(reader: Any, reference: str) -> Course:
    """One course, or a page that never says whether it exists."""
    found = Course.objects.visible_to(reader).select_related("put_on_by").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def run_of(reader: Any, reference: str) -> CourseRun:
    """One run."""
    rows = CourseRun.objects.visible_to(reader).select_related("course", "area", "organiser__organisation")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def coming(reader: Any, area: str = "", competence: str = "", page: Any = 1) -> Page:
    """Runs to come, the next first; those of one district with those of everywhere, where one is asked for."""
    rows = CourseRun.objects.visible_to(reader).filter(state=RunState.PLANNED, held_on__gte=clock.today())
    if area:
        rows = rows.filter(Q(area__code=area) | Q(area=None))
    if competence:
        rows = rows.filter(course__competence=competence)
    return page_of(rows.select_related("course", "area").order_by("held_on", "starts_at", "id"), page)


def next_runs(reader: Any, competences: Collection[str]) -> dict[str, CourseRun]:
    """The next run that teaches each of them."""
    rows = CourseRun.objects.visible_to(reader).filter(
        state=RunState.PLANNED, held_on__gte=clock.today(), course__competence__in=competences
    )
    rows = rows.order_by("course__competence", "held_on", "starts_at").distinct("course__competence")
    return {each.course.competence: each for each in rows.select_related("course")}


def offered(reader: Any) -> list[Course]:
    """Courses that are still offered, by name, each with `to_come`: how many runs it has before it."""
    planned = Q(runs__state=RunState.PLANNED, runs__held_on__gte=clock.today())
    rows = Course.objects.visible_to(reader).filter(retired_on=None)
    return list(rows.annotate(to_come=Count("runs", filter=planned)).order_by("title", "id"))


def runs_of(reader: Any, course: Course) -> list[CourseRun]:
    """Its runs: those to come, and of the last year, the latest first."""
    rows = CourseRun.objects.visible_to(reader).filter(course=course, held_on__gte=clock.today() - LATELY)
    return list(rows.select_related("area").order_by("-held_on", "-starts_at"))


def own_bookings(reader: Any) -> list[CourseBooking]:
    """What the reader is booked on, offered or waits for; a run that was is not there any more."""
    rows = CourseBooking.objects.visible_to(reader).open().filter(person=reader, run__held_on__gte=clock.today())
    return list(rows.select_related("run__course", "run__area").order_by("run__held_on", "run__starts_at"))


def bookings_of(reader: Any, run: CourseRun) -> list[CourseBooking]:
    """Who is booked, offered, waits, was there: as far as the reader sees, in their order."""
    rows = CourseBooking.objects.visible_to(reader).filter(run=run).exclude(state=BookingState.CANCELLED)
    return list(rows.select_related("person", "organisation").order_by("place_in_line", "id"))


def booking_of(reader: Any, run: CourseRun, person: str) -> CourseBooking:
    """Somebody's place on a run."""
    rows = CourseBooking.objects.visible_to(reader).exclude(state=BookingState.CANCELLED)
    found = rows.select_related("person", "run").filter(run=run, person__reference=person).first()
    if found is None:
        raise Http404
    return found


def is_booked(reader: Any, run: CourseRun, person: Any) -> bool:
    """Whether somebody has a place on it, or waits for one."""
    rows = CourseBooking.objects.visible_to(reader).exclude(state=BookingState.CANCELLED)
    return rows.filter(run=run, person=person).exists()


def looked_after(reader: Any) -> list[User]:
    """People whom the reader may book beside themselves, by name: those who hold a role today."""
    if not (reader.may(TEAM) or reader.may(LEADS)):
        return []
    rows = User.objects.filter(trained(reader, "pk"), is_active=True).exclude(pk=reader.pk)
    return list(rows.select_related("organisation").order_by("full_name", "id"))


def looks_after(reader: Any, person: Any) -> bool:
    """Whether the reader may book somebody else."""
    return User.objects.filter(trained(reader, "pk"), pk=person.pk).exclude(pk=reader.pk).exists()


def competences() -> list[tuple[str, str]]:
    """What can be taught."""
    return [(each.code, each.label) for each in pack().workforce.competences if not each.retired]


def districts() -> list[tuple[str, str]]:
    """Where a run can be held."""
    return [(each.code, each.name) for each in Area.objects.exclude(parent=None).order_by("name")] or [
        (each.code, each.name) for each in Area.objects.order_by("name")
    ]


def area_with(code: str) -> Area | None:
    """One of those; none for everywhere."""
    return Area.objects.filter(code=code).first() if code else None
