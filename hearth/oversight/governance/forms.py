"""What information governance types about a record that has passed its time. Field names are the actions' argument names."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core import clock
from hearth.foundation.core.references import read_reference
from hearth.foundation.ui import fields
from hearth.oversight.governance.rules import LONGEST_HOLD


class DeleteRecordForm(forms.Form):
    """That this record is meant, with all that goes with it, for good."""

    mark_optional = False
    seen = fields.SeenField(required=False)
    reference = fields.TextField(
        "Type the record’s reference", max_length=12, width=10, spellcheck=False, missing="Type the record’s reference",
        help_text="So that no slip of the finger deletes a record.",
    )  # fmt: skip
    sure = fields.TickField(
        "I have read what kinds of thing go with it and how many, and they may all be deleted for good", required=True,
        missing="Tick the box to delete it",
    )  # fmt: skip

    def __init__(self, *args: Any, meant: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = meant

    def clean_reference(self) -> str:
        """The record's own."""
        typed: str = self.cleaned_data["reference"]
        if self.meant not in (read_reference(typed), typed.strip().upper()):
            raise ValidationError(f"That is not the reference of this record. It is {self.meant}")
        return self.meant


class HoldRecordForm(forms.Form):
    """Why, and until when."""

    reason = fields.LongTextField(
        "Why must it be kept longer?", max_length=2000, rows=3, missing="Say why it must be kept",
        help_text="Such as an inquiry, a complaint or a claim in court. Nobody’s name.",
    )  # fmt: skip
    until_on = fields.DateField(
        "Until when?",
        earliest="today",
        missing="Enter the last day",
        help_text="The hold ends by itself on the day after.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields["until_on"]
        named.latest = lambda: clock.today() + dt.timedelta(days=LONGEST_HOLD)
