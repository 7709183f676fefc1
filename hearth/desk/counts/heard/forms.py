"""What narrows the figures. What cannot be read is left out, never an error."""

import datetime as dt

from django import forms

from hearth.casework.cases.queries import open_districts
from hearth.desk.counts.heard import queries
from hearth.foundation.ui import fields


class TimesForm(forms.Form):
    """Which district, which kind of panel, and how far back."""

    mark_optional = False

    area = fields.SelectField("District", choices=open_districts, required=False, empty="Every district")
    kind = fields.SelectField("Kind of panel", choices=queries.kinds, required=False, empty="Every kind")
    period = fields.SelectField(
        "Period",
        choices=[
            ("quarter", "This month and the 2 before"),
            ("year", "This month and the 11 before"),
            ("two_years", "This month and the 23 before"),
        ],
        required=False,
        empty="",
        initial="year",
    )

    def wanted(self) -> queries.Wanted:
        """What was asked, and of a figure that is opened, which month."""
        self.is_valid()
        kept = {key: value for key, value in self.cleaned_data.items() if value}
        return queries.Wanted(**kept, month=_month(self.data.get("month", "")))


def _month(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed).replace(day=1)
    except ValueError:
        return None
