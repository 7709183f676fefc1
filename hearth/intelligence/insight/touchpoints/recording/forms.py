"""What somebody types of a touchpoint that happened. Field names are the actions' argument names."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.ui import fields
from hearth.intelligence.insight.touchpoints.recording.actions import LONGEST, LONGEST_WORDS

ME, SOMEBODY = "me", "somebody"


class RecordTouchpointForm(forms.Form):
    """When it was, and who met the family."""

    met_on = fields.DateField("When was it?", latest="today", missing="Enter the day it happened")
    who = fields.RadiosField(
        "Who met the family?",
        choices=[(ME, "I did"), (SOMEBODY, "Somebody else")],
        reveals={SOMEBODY: ["met_by"]},
        missing="Choose who met the family",
    )
    met_by = fields.TextField(
        "Who was it?",
        max_length=LONGEST,
        missing="Enter who met the family",
    )
    words = fields.LongTextField(
        "Anything to know of it?",
        help_text="Whoever may open the family reads this: how you know, or what was agreed. What was found belongs in a note of the case.",
        required=False,
        rows=3,
        max_length=LONGEST_WORDS,
    )
    key = fields.HiddenField(max_length=36)

    def __init__(self, *args: Any, me: str = "", usually: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me
        who = " or ".join(each[:1].lower() + each[1:] for each in usually)
        self.fields["met_by"].help_text = f"A name, or what they do. Mostly it is: {who}."

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault

    def clean(self) -> dict[str, Any]:
        """Who met the family in words, whoever it was."""
        cleaned = super().clean() or {}
        if cleaned.pop("who", None) == ME:
            cleaned["met_by"] = self.me
        return cleaned


class WithdrawTouchpointForm(forms.Form):
    """Take back what was recorded by mistake."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")
