"""What people type about universal activity. Field names are the action's argument names."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.casework.universal import queries
from hearth.casework.universal.models import BANDS
from hearth.casework.universal.rules import MOST_PEOPLE
from hearth.foundation.ui import fields


class RecordUniversalActivityForm(forms.Form):
    """What was done, with how many, and what it achieved: one screen."""

    mark_optional = False  # one of the four numbers must be there: "optional" at each would say something else

    what = fields.TextField(
        "What was done?",
        help_text="In a line, such as “Stay and play at the library”. Nobody’s name.",
        missing="Say in a line what was done",
    )
    kind = fields.SelectField(
        "What kind of activity?", choices=queries.kinds, missing="Choose what kind of activity it was"
    )
    setting = fields.SelectField("Where?", choices=queries.settings, missing="Choose where it was")
    area = fields.SelectField("In which district?", missing="Choose the district")
    happened_on = fields.DateField("When?", latest="today", missing="Enter the day of the activity")
    achievements = fields.CheckboxesField(
        "What did it achieve?", choices=queries.achievements, missing="Tick what it achieved, or “Too early to say”"
    )
    how_we_know = fields.LongTextField(
        "How do you know? (optional)",
        help_text="What you saw or were told. Nobody’s name.",
        required=False,
        rows=3,
        max_length=2000,
    )
    key = fields.HiddenField(max_length=36)

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        for name, label in BANDS:
            self.fields[name] = fields.NumberField(label, required=False, max_value=MOST_PEOPLE, width=4)
        self.order_fields(["what", "kind", "setting", "area", "happened_on", *(name for name, _ in BANDS)])

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault

    def clean(self) -> dict[str, Any]:
        """The district in place of its code, and nobody where no number was typed."""
        cleaned = super().clean() or {}
        cleaned["area"] = self.areas.get(cleaned.get("area", ""))
        people = {name: cleaned.get(name) or 0 for name, _ in BANDS}
        if not any(people.values()) and not any(name in self.errors for name in people):
            self.add_error(BANDS[0][0], "Say how many people took part. One conversation is one person")
        return cleaned | people


class CorrectUniversalActivityForm(RecordUniversalActivityForm):
    """The same, as it should have been recorded."""


class WithdrawUniversalActivityForm(forms.Form):
    """Take back what was recorded by mistake."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")


class UniversalForm(forms.Form):
    """Filters of the list; what cannot be read is left out, never an error."""

    mark_optional = False

    whose = fields.SelectField("Whose", choices=[("ours", "My organisation’s")], required=False, empty="All I may see")
    area = fields.SelectField("District", required=False, empty="Every district")
    kind = fields.SelectField("Kind", choices=queries.kinds, required=False, empty="Every kind")
    period = fields.SelectField(
        "Period",
        choices=[("quarter", "The last 3 months"), ("year", "The last 12 months"), ("two_years", "The last 2 years")],
        required=False,
        empty="",
        initial="year",
    )

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(each.code, each.name) for each in areas]

    def wanted(self) -> queries.Wanted:
        """What was asked, field by field."""
        self.is_valid()
        return queries.Wanted(**{key: value for key, value in self.cleaned_data.items() if value})
