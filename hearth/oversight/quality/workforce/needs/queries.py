"""Reads of what people need to learn: the reader first. Of a panel's decision no more than that it was made, where, and about what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import Http404

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import listed, lower_first
from hearth.oversight.quality.models import TrainingNeed
from hearth.oversight.quality.workforce.models import Course, CourseRun, NeedAnswer, RunState

NEWEST = 100


@dataclass(frozen=True)
class Need:
    """Something that people need to learn: who raised it where and when, and the courses that answer it."""

    key: Any
    source: str
    what: str
    why: str
    where: str
    raised_by: User
    raised_on: dt.date
    met_on: dt.date | None = None
    is_of_panel: bool = False
    answers: Sequence[Course] = ()

    @property
    def state(self) -> str:
        """Met, held, a course is there, or nothing yet."""
        if self.met_on is not None:
            return "met"
        if any(each.was_held for each in self.answers):  # type: ignore[attr-defined]
            return "held"
        return "answered" if self.answers else "open"


def needs(reader: Any) -> list[Need]:
    """All of them, what nothing answers first, then the newest."""
    found = [*_of_audits(reader), *_of_panels()]
    courses = _answers(reader, found)
    rows = [replace(each, answers=courses.get(each.key, ())) for each in found]
    order = {"open": 0, "answered": 1, "held": 2, "met": 3}
    return sorted(rows, key=lambda each: (order[each.state], -each.raised_on.toordinal(), each.what))[:NEWEST]


def need_with(reader: Any, key: Any) -> Need:
    """One of them."""
    found = next((each for each in needs(reader) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _of_audits(reader: Any) -> list[Need]:
    rows = TrainingNeed.objects.visible_to(reader).select_related("area", "raised_by").order_by("met_on", "-created_at")
    return [
        Need(
            each.pk, "An audit", each.title, each.why, each.where, each.raised_by, clock.in_london(each.created_at).date(), each.met_on
        )
        for each in rows[:NEWEST]
    ]  # fmt: skip


def _of_panels() -> list[Need]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select decision, panel, area, decided_at, raised_by, themes from hearth_panel_training_needs()"
            " order by decided_at desc limit %s",
            [NEWEST],
        )
        rows = cursor.fetchall()
    people = User.objects.in_bulk([raised_by for *_, raised_by, _ in rows])
    areas = Area.objects.in_bulk([area for _, _, area, *_ in rows])
    return [
        Need(
            decision, panel, _about(themes), "", areas[area].name, people[raised_by], clock.in_london(decided_at).date(), is_of_panel=True
        )
        for decision, panel, area, decided_at, raised_by, themes in rows
    ]  # fmt: skip


def _about(themes: Sequence[str]) -> str:
    words = [lower_first(label_of(pack().panels.themes, each)) for each in themes]
    return f"Training about {listed(words)}" if words else "Training"


def _answers(reader: Any, found: Sequence[Need]) -> dict[Any, list[Course]]:
    held = CourseRun.objects.filter(
        course=OuterRef("course"), state=RunState.HELD, held_on__gte=OuterRef("created_at__date")
    )
    rows = NeedAnswer.objects.visible_to(reader).annotate(was_held=Exists(held)).select_related("course")
    courses: dict[Any, list[Course]] = defaultdict(list)
    for each in rows.order_by("created_at"):
        each.course.was_held = each.was_held  # type: ignore[attr-defined]
        courses[each.need_id or each.decision].append(each.course)
    return courses


def is_answered(reader: Any, need: Need, course: Course) -> bool:
    """Whether a course is named for a need already."""
    asked = {"decision": need.key} if need.is_of_panel else {"need_id": need.key}
    return NeedAnswer.objects.visible_to(reader).filter(course=course, **asked).exists()
