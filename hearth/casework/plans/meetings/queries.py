"""Reads of meetings."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from hearth.casework.cases.models import Case
from hearth.casework.cases.rules import why_not_write
from hearth.casework.plans.models import Attendance, Meeting, PlanAction
from hearth.foundation.core.pack import label_of, pack


def _meetings(reader: Any, case: Case) -> QuerySet[Meeting]:
    came = Attendance.objects.visible_to(reader).select_related("user__organisation", "person").order_by("created_at")
    rows = Meeting.objects.visible_to(reader).filter(case=case).select_related("changed_by")
    return rows.prefetch_related(Prefetch("attendances", came))


def meetings_of(reader: Any, case: Case) -> list[Meeting]:
    """The case's meetings with who was asked: planned ones first, the nearest first; then the latest held."""
    rows = list(_meetings(reader, case).order_by("-planned_for"))
    planned = [row for row in reversed(rows) if row.state == Meeting.State.PLANNED]
    return [*planned, *(row for row in rows if row.state != Meeting.State.PLANNED)]


def meeting_of(reader: Any, case: Case, number: int) -> Meeting:
    """One meeting with who was asked and who came."""
    found = _meetings(reader, case).filter(number=number).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def meeting_named(reader: Any, case: Case, number: str) -> Meeting | None:
    """The meeting of that number; nothing for a number that is none."""
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    return Meeting.objects.visible_to(reader).filter(case=case, number=wanted).first() if wanted else None


def actions_from(reader: Any, meeting: Meeting) -> list[PlanAction]:
    """Actions that the meeting decided."""
    rows = PlanAction.objects.visible_to(reader).filter(meeting=meeting).select_related("user", "person", "plan")
    return list(rows.order_by("number"))


def may_write(reader: Any, case: Case) -> bool:
    """Whether the reader is offered buttons that write."""
    return why_not_write(reader, case) is None


def kind_words(code: str) -> str:
    """A kind of meeting as the pack words it."""
    return label_of(pack().plans.meeting_kinds, code)


def came_words(code: str) -> str:
    """An attendance as the pack words it."""
    return label_of(pack().plans.attendances, code) if code else "Asked to come"
