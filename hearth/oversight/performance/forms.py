"""What narrows figures: a district and a quarter. What cannot be read is left out, never an error."""

from typing import Any

from django import forms

from hearth.casework.cases.queries import open_districts
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields
from hearth.oversight.performance import quarters, queries


def _quarters() -> list[tuple[str, str]]:
    return [(each.code, each.words) for each in quarters.quarters()]


class PlaceForm(forms.Form):
    """Which district."""

    mark_optional = False
    area = fields.SelectField("District", choices=open_districts, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].empty = f"The whole of {pack().authority.short_name}"

    def wanted(self) -> Any:
        """The district that was chosen; empty for the whole authority."""
        self.is_valid()
        return str(self.cleaned_data.get("area", ""))


class ScorecardForm(PlaceForm):
    """Which district, and which quarter."""

    quarter = fields.SelectField("Quarter", choices=_quarters, required=False, empty="")

    def wanted(self) -> queries.Wanted:
        """What was asked."""
        self.is_valid()
        told = self.cleaned_data
        quarter = queries.quarter_named(told.get("quarter", "")) or queries.latest()
        return queries.Wanted(quarter, told.get("area", ""), told.get("measure", ""))


class MeasureForm(ScorecardForm):
    """The same of one measure."""

    measure = fields.SelectField("Measure", required=False, empty="")
    field_order = ("measure", "area", "quarter")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(each.code, each.label) for each in queries.measures()]
