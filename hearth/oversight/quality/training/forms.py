"""What people type about findings and training. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields

MONTHS = ("3", "6", "12", "24", "36")
NO_NAMES = "Nobody’s name, neither of a family nor of a worker."


class FindingsForm(forms.Form):
    """Over how long; what cannot be read is left out, never an error."""

    mark_optional = False
    months = fields.SelectField(
        "Settled in the last", choices=[(each, f"{each} months") for each in MONTHS], required=False, empty="12 months"
    )

    def wanted(self) -> int:
        """How many months; twelve, where nothing was chosen."""
        return int(self.cleaned_data["months"] or 12) if self.is_valid() else 12


class RaiseTrainingNeedForm(forms.Form):
    """What people need to learn, and why."""

    title = fields.TextField(
        "What do people need to learn?",
        max_length=120,
        missing="Say what people need to learn",
        help_text=f"In a line. {NO_NAMES}",
    )
    why = fields.LongTextField(
        "What did audits find?", rows=4, max_length=4000, missing="Say what audits found", help_text=NO_NAMES
    )
    area = fields.SelectField("In which district?", required=False, empty="The whole authority")
    item = fields.SelectField("Because of one item?", required=False, empty="No single item")

    def __init__(
        self, *args: Any, areas: Sequence[tuple[str, str]], items: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices, self.fields["item"].choices = list(areas), list(items)


class MeetTrainingNeedForm(forms.Form):
    """How it was met."""

    met_words = fields.LongTextField(
        "How was it met?",
        rows=3,
        max_length=2000,
        missing="Say how it was met",
        help_text=f"What was done, for whom, when. {NO_NAMES}",
    )
