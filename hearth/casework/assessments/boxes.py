"""A form's boxes: what can be written in, one for each question, or two where strengths stand beside needs.

The smallest thing that two people can write at once. Plain functions on a form and values; no database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.packs.assessment_form import AssessmentForm, Section
from hearth.foundation.core.packs.questions import Question
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import day

STRENGTHS, NEEDS = "strengths", "needs"
PARTS = {STRENGTHS: "Strengths", NEEDS: "Needs"}
FAMILY, EACH_CHILD = "family", "each_child"
YES_NO_NOT_SURE = (("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure"))


@dataclass(frozen=True)
class Box:
    """Where one answer is written. `name` is the form field's; no code has the double underscore that parts it."""

    question: Question
    part: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"{self.question.code}__{self.part}" if self.part else self.question.code

    @property
    def key(self) -> tuple[str, str]:
        """The question's code and the part: how its answer is stored."""
        return self.question.code, self.part

    @property
    def label(self) -> str:
        """What is asked, with the part where there are two."""
        return f"{self.question.label}: {PARTS[self.part].lower()}" if self.part else self.question.label


def boxes_of(section: Section) -> tuple[Box, ...]:
    """Every box of a section, in the form's order."""
    return tuple(box for question in section.questions for box in boxes_for(question))


def boxes_for(question: Question) -> tuple[Box, ...]:
    """The boxes of one question."""
    if question.kind == "strengths_and_needs":
        return tuple(Box(question, part) for part in PARTS)
    return (Box(question),)


def boxes_of_form(form: AssessmentForm, scope: str = "") -> Iterator[tuple[Section, Box]]:
    """Every box of a form with its section; of one scope, where one is named."""
    for section in form.sections:
        if not scope or section.scope == scope:
            for box in boxes_of(section):
                yield section, box


def tidy(value: Any) -> Any:
    """A value as it is stored: cleaned text, dates as text, nothing for what is empty."""
    if isinstance(value, str):
        return clean(value).strip() or None
    if isinstance(value, list | tuple):
        return [clean(str(each)) for each in value] or None
    return value.isoformat() if isinstance(value, dt.date) else value


def in_words(question: Question, value: Any) -> str:
    """An answer as people read it; empty for none."""
    if value in (None, "", []):
        return ""
    if question.kind == "many":
        return ", ".join(_label(question, code) for code in value)
    if question.kind in ("choice", "yes_no_not_sure"):
        return _label(question, value)
    return day(dt.date.fromisoformat(value)) if question.kind == "date" else str(value)


def _label(question: Question, code: str) -> str:
    choices = (
        dict(YES_NO_NOT_SURE) if question.kind == "yes_no_not_sure" else {o.code: o.label for o in question.options}
    )
    return choices.get(code, str(code))
