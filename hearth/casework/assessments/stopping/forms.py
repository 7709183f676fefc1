"""What is asked when an assessment is stopped."""

from django import forms

from hearth.foundation.ui import fields


class StopAssessmentForm(forms.Form):
    """Why it will not be finished."""

    because = fields.LongTextField(
        "Why is it stopped?",
        help_text="For example: the family chose not to go on, or has moved away. Say what the family was told.",
        max_length=2000,
        rows=4,
        missing="Say why the assessment is stopped",
    )
