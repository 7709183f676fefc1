"""What the workforce lead chooses for a need. Field names are the action's argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields


class AnswerNeedForm(forms.Form):
    """Which course answers it."""

    course = fields.SelectField("Which course answers it?", missing="Choose the course that answers it")

    def __init__(self, *args: Any, courses: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {each.reference: each for each in courses}
        self.fields["course"].choices = [(code, each.title) for code, each in self.courses.items()]

    def clean(self) -> dict[str, Any]:
        """The course in place of its reference."""
        cleaned = super().clean() or {}
        if "course" in cleaned:
            cleaned["course"] = self.courses[cleaned["course"]]
        return cleaned
