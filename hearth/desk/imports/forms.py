"""What a person says when they send a workbook."""

from typing import Any

from django import forms

from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields


class ImportWorkbookForm(forms.Form):
    """A workbook, whose system it is from, and the area its families belong to."""

    source = fields.TextField(
        "Which system is it from?",
        max_length=120,
        missing="Write which system or authority the workbook is from",
        help_text="Write it the same way each time: rows are recognised by it, so nothing is loaded twice.",
    )
    area_code = fields.SelectField(
        "Which area do the families belong to?",
        choices=[],
        missing="Choose an area",
        help_text="The workbook does not say.",
    )
    workbook = fields.FileField("The workbook", accept=".xlsx", missing="Choose the workbook")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = [("", "Choose one"), *((d.code, d.name) for d in pack().areas.districts)]
