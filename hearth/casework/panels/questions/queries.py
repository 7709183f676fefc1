"""Reads of questions without a name: the reader first, always through visible_to."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404

from hearth.casework.cases.queries import open_districts
from hearth.casework.panels.models import Panel, PanelMember, Question
from hearth.casework.panels.models.questions import answers
from hearth.casework.panels.questions import rules
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.text import upper_first

SHOWN = {"mine": "You asked", "to_answer": "For you to answer", "all": "All that you may read"}
WITH = ("panel", "area", "asked_by__organisation", "answered_by__organisation", "withdrawn_by")


def questions(reader: Any, show: str, page: Any = 1) -> Page:
    """A page of questions: what waits first, then the latest. One query."""
    rows = Question.objects.visible_to(reader)
    if show == "mine":
        rows = rows.filter(asked_by=reader)
    if show == "to_answer":
        rows = rows.to_answer(reader)
    waiting_first = (F("answered_at").asc(nulls_first=True), "-asked_at", "id")
    order = ("asked_at", "id") if show == "to_answer" else waiting_first if show == "all" else ("-asked_at", "id")
    return page_of(rows.select_related(*WITH).order_by(*order), page)


def question_of(reader: Any, reference: str) -> Question:
    """The question, or a page that never says whether it exists."""
    found = Question.objects.visible_to(reader).select_related(*WITH).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def panels_to_ask(reader: Any) -> list[Panel]:
    """Panels that somebody chairs or coordinates: one query."""
    runs = PanelMember.objects.now().filter(Q(is_chair=True) | Q(place="coordinator"), panel=OuterRef("pk"))
    rows = Panel.objects.visible_to(reader).filter(Exists(runs), ended_at=None)
    return list(rows.select_related("area").order_by("name", "id"))


def districts_to_ask_of() -> list[Area]:
    """Districts where early help has begun."""
    return list(Area.objects.filter(code__in=[code for code, _ in open_districts()]).order_by("name"))


def hub_words() -> str:
    """What the safeguarding hub is called here."""
    return upper_first(pack().words.social_care_front_door)


def asked_of(question: Question) -> str:
    """Whom a question was asked."""
    return question.panel.name if question.panel is not None else hub_words()


def news_of(reader: Any) -> list[Question]:
    """What waits for the reader: questions to answer, and answers to their own that they have not read. One query."""
    unread = Q(asked_by=reader, answered_at__isnull=False, answer_read_at=None, withdrawn_at=None)
    rows = Question.objects.filter(unread | (answers(reader) & Q(answered_at=None)))
    return list(rows.select_related("panel").order_by("asked_at", "id")[:20])


def what_may(reader: Any, question: Question) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "answer": rules.why_not_answer(reader, question) is None,
        "read": question.answer_read_at is None and rules.why_not_read(reader, question) is None,
        "take_back": rules.why_not_take_back(reader, question) is None,
    }


def may_ask(reader: Any) -> bool:
    """Whether the reader is offered to ask."""
    return rules.why_not_ask(reader) is None
