"""What people type about training. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.oversight.quality.workforce.competence import queries
from hearth.oversight.quality.workforce.courses.queries import competences, districts


class TeamTrainingForm(forms.Form):
    """Whose training to show; what cannot be read is left out, never an error."""

    mark_optional = False
    organisation = fields.SelectField(
        "Organisation", choices=queries.organisations, required=False, empty="Every organisation"
    )
    area = fields.SelectField("District", choices=districts, required=False, empty="Every district")

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:  # a manager has one organisation
            del self.fields["organisation"]

    def wanted(self) -> dict[str, str]:
        """What was chosen, as far as it can be read."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("organisation", "area")}


class RecordTrainingForm(forms.Form):
    """What somebody was trained in elsewhere."""

    competence = fields.SelectField(
        "What were they trained in?", choices=competences, missing="Choose what they were trained in"
    )
    trained_on = fields.DateField("When?", latest="today", missing="Enter the day of the training", subject="The day")
    title = fields.TextField(
        "Which training was it?",
        max_length=200,
        missing="Say which training it was",
        help_text="What it was called, and who held it. Write it down when you have seen the certificate.",
    )


class WithdrawTrainingForm(forms.Form):
    """Why it is taken back."""

    why = fields.TextField("Why is it taken back?", max_length=200, missing="Say why it is taken back")
