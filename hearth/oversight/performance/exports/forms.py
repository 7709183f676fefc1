"""What somebody types to ask for an export and to hand it over. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields


class AskForExportForm(forms.Form):
    """Which file, of when and where, why and for whom."""

    mark_optional = False
    kind = fields.RadiosField("Which file?", missing="Choose which file")
    from_on = fields.DateField(
        "First day of the period", latest="today", missing="Enter the first day",
        help_text="Inspectors ask for the six months before the inspection. The dataset goes six years back by itself.",
    )  # fmt: skip
    to_on = fields.DateField(
        "Last day of the period", latest="today", missing="Enter the last day",
        help_text="Everything is told as it stood at the end of this day.",
    )  # fmt: skip
    area = fields.SelectField("District", required=False, empty="Every district that is mine")
    goes_to = fields.TextField(
        "Who will have it?", max_length=200, missing="Say who will have it", help_text="Such as Ofsted, or the name of a data team.",
    )  # fmt: skip
    purpose = fields.LongTextField(
        "Why is it made, and by what right?", rows=3, max_length=2000, missing="Say why it is made, and by what right",
        help_text="Such as an inspection under section 136 of the Education and Inspections Act 2006. Nobody’s name.",
    )  # fmt: skip

    def __init__(self, *args: Any, districts: Sequence[Any], kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        self.districts = {each.code: each for each in districts}
        named["kind"].choices = kinds
        named["area"].choices = [(each.code, each.name) for each in districts]

    def clean_area(self) -> Any:
        """The district itself, where one was chosen."""
        return self.districts.get(self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        said = self.cleaned_data
        if said.get("from_on") and said.get("to_on") and said["from_on"] > said["to_on"]:
            self.add_error("to_on", "The last day must be on or after the first one")
        return said


class HandOverExportForm(forms.Form):
    """Who was given the file, how and when."""

    mark_optional = False
    to_whom = fields.TextField("Who was given it?", max_length=200, missing="Say who was given it")
    how = fields.RadiosField("How?", missing="Choose how it was handed over")
    handed_on = fields.DateField("On which day?", latest="today", missing="Enter the day")
    words = fields.LongTextField(
        "Anything to note", required=False, rows=3, max_length=2000, help_text="Such as a receipt number. Nobody’s name.",
    )  # fmt: skip

    def __init__(self, *args: Any, hows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["how"].choices = hows
