"""What is typed of something that is behind. Field names are the action's argument names."""

from django import forms

from hearth.foundation.ui import fields


class WriteExceptionReportForm(forms.Form):
    """Why, what is done, and when it is looked at again."""

    why = fields.LongTextField(
        "Why is it where it is?", max_length=2000, missing="Write why it is where it is",
        help_text="What you have found out, and what you do not know. Nobody’s name: whoever sees figures reads it.",
    )  # fmt: skip
    doing = fields.LongTextField(
        "What is done about it?", max_length=2000, missing="Write what is done about it",
        help_text="What, by which post or service, and by when.",
    )  # fmt: skip
    review_on = fields.DateField(
        "When is it looked at again?",
        missing="Enter the day on which it is looked at again",
        help_text="Within a year.",
    )
