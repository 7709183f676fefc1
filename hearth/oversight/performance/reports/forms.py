"""What is typed of a report. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.oversight.performance.reports import queries
from hearth.oversight.performance.reports.periods import period_coded, periods
from hearth.oversight.performance.reports.sections import Section


def _periods() -> list[tuple[str, str]]:
    return [(each.code, each.words[0].upper() + each.words[1:]) for each in periods()]


class StartReportForm(forms.Form):
    """Of where, and of which time."""

    mark_optional = False
    area = fields.SelectField("Where", missing="Choose of where it is", empty="Choose one")
    period = fields.SelectField(
        "Which quarter or year", choices=_periods, missing="Choose a quarter or a year", empty="Choose one",
        help_text="Those that are over. An annual report is of the whole authority.",
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = places

    def clean(self) -> dict[str, Any]:
        """The district and the period in place of their codes."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        return {"area": queries.place_coded(typed["area"]), "period": period_coded(typed["period"])}


class WriteReportSectionForm(forms.Form):
    """What somebody writes of a section."""

    mark_optional = False
    words = fields.LongTextField("What you write", rows=12, max_length=10_000, missing="Write something, or go back")
    seen = fields.SeenField()

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = section.title
        self.fields["words"].help_text = f"{section.asks} Nobody’s name, and no small number: it may be published."


class SendReportForm(forms.Form):
    """It is sent as it stands."""


class CorrectReportForm(forms.Form):
    """What was wrong."""

    why = fields.TextField(
        "What was wrong?", max_length=400, missing="Say what was wrong", help_text="It stands in the new version. Nobody’s name."
    )  # fmt: skip
