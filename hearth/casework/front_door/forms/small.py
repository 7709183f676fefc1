"""The short forms of whoever asks."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.casework.front_door.forms.pack_fields import hints
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class SignsForm(forms.Form):
    """The question that comes before every other: is a child in danger?"""

    signs = fields.CheckboxesField(none="No, none of these", missing="Tick what is true, or “No, none of these”")
    key = fields.HiddenField(max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form = pack().request_form
        self.fields["signs"].label = form.safeguarding_question
        self.fields["signs"].choices = offered(form.exit_signs)
        self.fields["signs"].hints = hints(form.exit_signs)

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault


class AnswerFrontDoorForm(forms.Form):
    """The referrer answers, or adds something."""

    words = fields.LongTextField("Your answer", missing="Write your answer", max_length=6000)


class DiscardRequestForm(forms.Form):
    """Nothing to type: it is thrown away."""


class WithdrawRequestForm(forms.Form):
    """The referrer takes the request back."""

    because = fields.LongTextField(
        "Why is it no longer needed?", rows=3, missing="Say why it is no longer needed", max_length=2000
    )
