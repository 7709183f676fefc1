"""The one thing that may be typed on a pathway's page."""

import datetime as dt

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.ui import fields

OLDEST = 110  # years
PREGNANT = dt.timedelta(weeks=42)  # from today, the latest day on which a baby can be due


class PathwayForm(forms.Form):
    """For whom a pathway is shown."""

    born_on = fields.DateField(
        "When was the child born, or when is the baby due?",
        subject="The date",
        help_text="For example 27 3 2026. We show what is due now and what comes next.",
        missing="Enter the day of birth, or the day on which the baby is due",
        earliest=lambda: dt.date(clock.today().year - OLDEST, 1, 1),
        latest=lambda: clock.today() + PREGNANT,
    )

    def born(self) -> dt.date | None:
        """The day, where one was sent that can be."""
        return self.cleaned_data["born_on"] if self.is_bound and self.is_valid() else None
