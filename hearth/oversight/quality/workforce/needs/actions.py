"""Writes: which course answers a need. Whoever raised it is told, now and when the course was held."""

from typing import Any

from django.urls import reverse

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.foundation.messages.actions import send
from hearth.oversight.quality.workforce.models import Course, NeedAnswer
from hearth.oversight.quality.workforce.needs import queries, rules


@action
def answer_need(*, by: Any, need: queries.Need, course: Course) -> NeedAnswer:
    """Name the course that answers a need."""
    course.hold()
    refuse(rules.why_not_answer(by, course, queries.is_answered(by, need, course)))
    answer = NeedAnswer(course=course, raised_by=need.raised_by, answered_by=by)
    if need.is_of_panel:
        answer.decision = need.key
    else:
        answer.need_id = need.key
    answer.save(force_insert=True)
    record("workforce.need_answered", subject=course, of_panel=need.is_of_panel)
    if need.raised_by.id != by.id and need.raised_by.is_active:
        where = reverse("course", args=[course.reference])
        send(by=by, to=need.raised_by, template="need_answered", link=where, key=f"need_answered {answer.pk}")
    return answer
