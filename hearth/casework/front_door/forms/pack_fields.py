"""A question of the practice pack as a field."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from hearth.foundation.core.pack import offered
from hearth.foundation.core.packs.questions import Question
from hearth.foundation.ui import fields

PLAIN = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]


def _choice(question: Question, **same: Any) -> forms.Field:
    return fields.RadiosField(question.label, choices=offered(question.options), hints=hints(question.options), **same)


def _many(question: Question, **same: Any) -> forms.Field:
    return fields.CheckboxesField(
        question.label, choices=offered(question.options), hints=hints(question.options), **same
    )


MADE: dict[str, Callable[..., forms.Field]] = {
    "text": lambda question, **same: fields.TextField(question.label, max_length=500, **same),
    "long_text": lambda question, **same: fields.LongTextField(question.label, rows=question.rows, **same),
    "strengths_and_needs": lambda question, **same: fields.LongTextField(question.label, rows=question.rows, **same),
    "choice": _choice,
    "many": _many,
    "scale_0_10": lambda question, **same: fields.ScaleField(
        question.label, low_words=question.low, high_words=question.high, **same
    ),
    "date": lambda question, **same: fields.DateField(question.label, **same),
    "yes_no_not_sure": lambda question, **same: fields.RadiosField(question.label, choices=PLAIN, inline=True, **same),
}


def hints(options: Iterable[Any]) -> dict[str, str]:
    """The hints of choices that have one."""
    return {option.code: option.hint for option in options if option.hint}


def field_for(question: Question) -> forms.Field:
    """The field that asks a question of the pack."""
    return MADE[question.kind](question, help_text=question.help, required=question.required)


def as_answer(value: Any) -> Any:
    """An answer as it is kept: nothing that JSON cannot hold."""
    return value.isoformat() if isinstance(value, dt.date) else value
