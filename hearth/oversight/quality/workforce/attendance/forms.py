"""What an organiser types about who was there."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields


class RecordAttendanceForm(forms.Form):
    """A tick for each who was there."""

    attended = fields.CheckboxesField(
        "Who was there?",
        required=False,
        help_text="Tick everybody who was there to the end. Whoever is not ticked gets no certificate.",
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attended"].choices = list(people)
