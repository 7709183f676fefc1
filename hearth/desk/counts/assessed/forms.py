"""What narrows the figures. What cannot be read is left out, never an error."""

import datetime as dt
import uuid
from typing import Any

from django import forms

from hearth.casework.cases.queries import open_districts
from hearth.desk.counts.assessed import queries
from hearth.foundation.ui import fields


class CountsForm(forms.Form):
    """Which district, and how far back."""

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

    def wanted(self) -> queries.Wanted:
        """What was asked, and of a figure that is opened, which."""
        self.is_valid()
        kept = {key: value for key, value in self.cleaned_data.items() if value}
        return queries.Wanted(**kept, **self._figure())

    def _figure(self) -> dict[str, Any]:
        asked = self.data
        return {
            "month": _month(asked.get("month", "")),
            "agency": _agency(asked.get("agency", "")),
            "column": asked.get("column", ""),
        }


def _month(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed).replace(day=1)
    except ValueError:
        return None


def _agency(typed: str) -> str:
    if typed == queries.NOBODY:
        return typed
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return ""
