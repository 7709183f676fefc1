"""Reads of single boxes: what each holds, what it held when somebody opened it, and who is writing there now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hearth.casework.assessments.boxes import Box, boxes_of
from hearth.casework.assessments.models import Answer, AnswerEvent, Assessment
from hearth.foundation.core import clock
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.core.paging import Page, page_of
from hearth.records.people.models import Person

Key = tuple[UUID | None, str, str]
BUSY_MINUTES = 5  # how long after their last stroke or save somebody counts as writing


def _about(reader: Any, assessment: Assessment, section: Section, child: Person | None) -> QuerySet[Answer]:
    codes = [question.code for question in section.questions]
    return Answer.objects.visible_to(reader).filter(assessment=assessment, person=child, question__in=codes)


def answers_on(reader: Any, assessment: Assessment, section: Section, child: Person | None) -> dict[str, Answer]:
    """What a page holds, by the box's name."""
    rows = {
        (row.question, row.part): row
        for row in _about(reader, assessment, section, child).select_related("by__organisation")
    }
    return {box.name: rows[box.key] for box in boxes_of(section) if box.key in rows}


def all_answers(reader: Any, assessment: Assessment) -> dict[Key, Answer]:
    """Everything that is written in an assessment."""
    rows = Answer.objects.visible_to(reader).filter(assessment=assessment, value__isnull=False)
    return {(row.person_id, row.question, row.part): row for row in rows}


def wrote_in(user: Any, assessment: Assessment) -> bool:
    """Whether the user wrote any of this version. (What a version copies was written before it began.)"""
    rows = Answer.objects.visible_to(user).filter(assessment=assessment, by=user, at__gte=assessment.created_at)
    return bool(rows.exists())


def values_seen(boxes: Iterable[Box], answers: Mapping[str, Answer], seen: Mapping[str, int]) -> dict[str, Any]:
    """What each box held in the version its writer had open: nothing for version 0. One query, for stale boxes only."""
    found: dict[str, Any] = {}
    stale = Q(pk__in=[])
    names: dict[tuple[UUID, int], str] = {}
    for box in boxes:
        held, version = answers.get(box.name), seen.get(box.name, 0)
        found[box.name] = held.value if held is not None and held.version == version else None
        if held is not None and 0 < version < held.version:
            names[held.id, version] = box.name
            stale |= Q(pgh_obj=held.id, version=version)
    if names:
        for event in AnswerEvent.objects.filter(stale).order_by("pgh_id"):
            found[names[event.pgh_obj_id, event.version]] = event.value
    return found


def history_of(reader: Any, assessment: Assessment, section: Section, child: Person | None, page: Any) -> Page:
    """Every save of a page's boxes, newest first."""
    boxes = _about(reader, assessment, section, child).values("pk")
    rows = AnswerEvent.objects.filter(pgh_obj__in=boxes).select_related("by__organisation")
    return page_of(rows.order_by("-at", "-pgh_id"), page)


def who_writes(reader: Any, assessment: Assessment, section: Section, child: Person | None, path: str) -> list[str]:
    """Names of others who are typing on this page, or saved it, in the last minutes."""
    since = clock.now() - dt.timedelta(minutes=BUSY_MINUTES)
    with connection.cursor() as cursor:
        cursor.execute("select full_name from hearth_typing(%s, %s, %s)", [assessment.id, path, since])
        typing = {name for (name,) in cursor.fetchall()}
    saved = _about(reader, assessment, section, child).filter(at__gte=since).exclude(by=reader)
    return sorted(typing | set(saved.values_list("by__full_name", flat=True)))
