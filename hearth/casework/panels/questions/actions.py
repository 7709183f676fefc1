"""Ask without a name, answer, read the answer, and take a question back."""

from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.models import Panel, Question
from hearth.casework.panels.questions import rules
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send


@action
def ask_without_name(
    *, by: Any, themes: Sequence[str], words: str, panel: Panel | None = None, area: Any = None
) -> Question:
    """Ask a panel's coordinator, or the safeguarding hub where no panel is named, about a case of which nobody is named."""
    words, asked = clean(words).strip(), rules.who_is_asked(panel)
    refuse(rules.why_not_ask(by) or rules.why_not_this_question(by, panel, area, themes, words, asked))
    question = Question(
        reference=drawn_reference("QU"), panel=panel, area=panel.area if panel is not None else area,
        themes=sorted(set(themes)), words=words, asked_by=by, organisation=by.organisation, asked_at=clock.now(),
    )  # fmt: skip
    question.save(force_insert=True)
    record("panels.question_asked", subject=question, of=panel.reference if panel is not None else "hub")
    link = f"/questions/{question.reference}/"
    for person in asked:
        send(by=by, to=person, template="question_asked", link=link, key=f"question {question.id} {person.id}")
    return question


@action
def answer_question(*, by: Any, question: Question, answer: str) -> Question:
    """Answer a question. Whoever asked is told that there is an answer, and not what it says."""
    refuse(rules.why_not_answer(by, question))
    question.hold()
    answer = clean(answer).strip()
    refuse(rules.why_not_answer(by, question) or rules.why_not_answer_so(by, answer))
    question.answer, question.answered_by, question.answered_at = answer, by, clock.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record("panels.question_answered", subject=question)
    link = f"/questions/{question.reference}/"
    send(by=by, to=question.asked_by, template="question_answered", link=link, key=f"question_answered {question.id}")
    return question


@action
def read_question_answer(*, by: Any, question: Question) -> Question:
    """Whoever asked has read the answer."""
    refuse(rules.why_not_read(by, question))
    question.hold()
    question.answer_read_at = question.answer_read_at or clock.now()
    question.save(update_fields=["answer_read_at"])
    record("panels.question_answer_read", subject=question)
    return question


@action
def take_back_question(*, by: Any, question: Question, why: str) -> Question:
    """Take a question back: those who were asked read it no more. It is kept for whoever asked and their managers."""
    refuse(rules.why_not_take_back(by, question))
    question.hold()
    refuse(rules.why_not_take_back(by, question))
    why = " ".join(clean(why).split())[:200]
    if not why:
        refuse(Refusal("panels.no_reason", "Say why it is taken back."))
    question.withdrawn_at, question.withdrawn_by, question.withdrawn_why = clock.now(), by, why
    question.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("panels.question_taken_back", subject=question)
    if by.id != question.asked_by_id:
        link = f"/questions/{question.reference}/"
        send(by=by, to=question.asked_by, template="question_answered", link=link, key=f"question_back {question.id}")
    return question
