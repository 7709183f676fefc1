"""What is typed of a district's targets. Field names are the actions' argument names."""

import datetime as dt
from typing import Any

from django import forms

from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields
from hearth.oversight.performance.agreements import queries, rules
from hearth.oversight.performance.rules import MOST

WHY = "Which local need it answers, and who agreed it. Nobody’s name: whoever sees figures reads it."


def _measures() -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in queries.aimed_for()]


def _quarters() -> list[tuple[str, str]]:
    return [(each.code, each.words) for each in rules.quarters_ahead()]


class ChangeLocalTargetForm(forms.Form):
    """What is aimed for, and why."""

    figure = fields.NumberField(
        "What is aimed for in a quarter?", min_value=1, max_value=MOST, missing="Enter what is aimed for",
        help_text="A percentage, or days, as the measure says.",
    )  # fmt: skip
    why = fields.LongTextField(
        "Why?", max_length=1000, help_text=WHY, missing="Write which local need it answers, and who agreed it"
    )
    seen = fields.SeenField()


class SetLocalTargetForm(forms.Form):
    """The same of a measure, from a quarter on."""

    measure = fields.SelectField("Which measure?", choices=_measures, empty="Choose one", missing="Choose a measure")
    from_on = fields.SelectField("From which quarter?", choices=_quarters, empty="", missing="Choose a quarter")
    figure = fields.NumberField(
        "What is aimed for in a quarter?", min_value=1, max_value=MOST, missing="Enter what is aimed for",
        help_text="A percentage, or days, as the measure says.",
    )  # fmt: skip
    why = fields.LongTextField(
        "Why?", max_length=1000, help_text=WHY, missing="Write which local need it answers, and who agreed it"
    )

    def clean_from_on(self) -> dt.date:
        """The first day of the quarter."""
        return dt.date.fromisoformat(self.cleaned_data["from_on"])


class AgreementForm(forms.Form):
    """Which district. What cannot be read is left out, never an error."""

    mark_optional = False
    area = fields.SelectField("District", required=False, empty="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = sorted(pack().areas.districts, key=lambda each: each.name)
        self.fields["area"].choices = [(each.code, each.name) for each in districts]

    def wanted(self) -> str:
        """The district that was chosen."""
        self.is_valid()
        return str(self.cleaned_data.get("area", ""))
