"""What of courses and training waits for somebody on their first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.ui.filters import count
from hearth.oversight.quality.workforce.competence.queries import lines
from hearth.oversight.quality.workforce.models import BookingState, CourseBooking, CourseRun, RunState, SupervisionNote
from hearth.oversight.quality.workforce.reach import SEES


@dataclass(frozen=True)
class Waits:
    """Something that waits: words, where, and how much of it is late or due within the week."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def training_waiting(reader: Any) -> list[Waits]:
    """Seats that are offered, runs to say who was at, and what has run out or soon will."""
    return (
        [*_offered(reader), *_to_record(reader), *_running_out(reader), *_to_agree(reader)] if reader.may(SEES) else []
    )


def _offered(reader: Any) -> Iterator[Waits]:
    rows = CourseBooking.objects.visible_to(reader).filter(
        person=reader, state=BookingState.OFFERED, offered_until__gte=clock.today(), run__state=RunState.PLANNED
    )
    for row in rows.select_related("run__course").order_by("offered_until"):
        yield Waits(
            f"A seat is offered to you: {row.run.course.title}", reverse("course_run", args=[row.run.reference]), week=1
        )


def _to_record(reader: Any) -> Iterator[Waits]:
    rows = CourseRun.objects.visible_to(reader).filter(
        organiser=reader, state=RunState.PLANNED, held_on__lt=clock.today()
    )
    for run in rows.select_related("course").order_by("held_on")[:5]:
        yield Waits(f"Say who was at: {run.course.title}", reverse("course_run", args=[run.reference]))


def _running_out(reader: Any) -> Iterator[Waits]:
    (line,) = lines(reader, [reader])
    held = [each for each in line.standings.values() if each.needed and each.record is not None]
    gone, soon = (sum(each.state == state for each in held) for state in ("run_out", "running_out"))
    if gone or soon:
        yield Waits(f"{count(gone + soon, 'certificate')} of yours to renew", reverse("my_training"), late=gone)


def _to_agree(reader: Any) -> Iterator[Waits]:
    mine = Q(supervision__worker=reader, worker_agreed_at=None) | Q(
        supervision__supervisor=reader, supervisor_agreed_at=None
    )
    rows = SupervisionNote.objects.visible_to(reader).filter(mine, supervision__ended_on=None)
    for row in rows.select_related("supervision").order_by("created_at")[:5]:
        yield Waits("A note of supervision to read and agree", reverse("supervision", args=[row.supervision.reference]))
