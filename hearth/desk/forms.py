"""What a reader may ask the list of cases for."""

from typing import Any

from django import forms

from hearth.casework.cases.models import Stage
from hearth.desk.queries import Wanted
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields

WHOSE = [("mine", "My cases"), ("all", "All I may open"), ("nobody", "No lead practitioner")]
DUE = [("late", "Late"), ("week", "Due in the next 7 days"), ("none", "Nothing due")]


class WorkForm(forms.Form):
    """Filters of the list of cases; what cannot be read is left out, never an error."""

    mark_optional = False
    whose = fields.SelectField("Whose", choices=WHOSE, required=False, empty="")
    name = fields.TextField("Family name begins with", required=False, max_length=60)
    area = fields.SelectField("Area", required=False, empty="Every area")
    stage = fields.SelectField("Stage", choices=Stage.choices, required=False, empty="Every open stage")
    due = fields.SelectField("Due", choices=DUE, required=False, empty="Any time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(d.code, d.name) for d in pack().areas.districts]

    def wanted(self, whose: str) -> Wanted:
        """What was asked, field by field; `whose` is used where none was chosen."""
        self.is_valid()
        chosen = {key: value for key, value in self.cleaned_data.items() if value}
        return Wanted(**{"whose": whose, **chosen})
