"""What narrows figures of every kind: a district and a period; and the month of a figure that is opened."""

import datetime as dt

from django import forms

from hearth.casework.cases.queries import open_districts
from hearth.foundation.ui import fields


class PeriodForm(forms.Form):
    """Which district, and how far back. What cannot be read is left out, never an error."""

    mark_optional = False

    area = fields.SelectField("District", choices=open_districts, required=False, empty="Every district")
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


def month_of(typed: str) -> dt.date | None:
    """The first day of the month that an address names."""
    try:
        return dt.date.fromisoformat(typed).replace(day=1)
    except ValueError:
        return None
