"""What narrows the figures. What cannot be read is left out, never an error."""

import uuid
from typing import Any

from hearth.desk.counts.assessed import queries
from hearth.desk.counts.forms import PeriodForm, month_of


class CountsForm(PeriodForm):
    """Which district, and how far back."""

    def wanted(self) -> queries.Wanted:
        """What was asked, and of a figure that is opened, which."""
        self.is_valid()
        kept = {key: value for key, value in self.cleaned_data.items() if value}
        return queries.Wanted(**kept, **self._figure())

    def _figure(self) -> dict[str, Any]:
        asked = self.data
        return {
            "month": month_of(asked.get("month", "")),
            "agency": _agency(asked.get("agency", "")),
            "column": asked.get("column", ""),
        }


def _agency(typed: str) -> str:
    if typed == queries.NOBODY:
        return typed
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return ""
