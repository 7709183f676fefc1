"""What is typed after the meeting."""

from django import forms

from hearth.foundation.ui import fields


class RecordFirstHelpForm(forms.Form):
    """When help began."""

    first_help_on = fields.DateField(
        "When did the first help begin that the panel decided?", latest="today", missing="Enter the day help began",
        subject="The day",
    )  # fmt: skip
