"""What whoever approves or publishes a report types."""

from django import forms

from hearth.foundation.ui import fields


class ApproveReportForm(forms.Form):
    """It is approved as it stands."""


class SendBackReportForm(forms.Form):
    """What is to be changed."""

    words = fields.LongTextField(
        "What is to be changed?", max_length=4000, rows=5, missing="Write what is to be changed", help_text="Nobody’s name."
    )  # fmt: skip


class PublishReportForm(forms.Form):
    """Somebody read it for what figures cannot tell."""

    looked = fields.TickField("I read its words: no name stands in them, and no small number", required=True)
