"""What people type about panels, their members and their meetings. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels import queries
from hearth.casework.panels.models import Place
from hearth.casework.panels.models.panels import WEEKDAYS, WEEKS
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields


def _choices(pairs: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(code), label) for code, label in pairs]


class PatternForm(forms.Form):
    """On which day of its months a panel meets, when and where."""

    week = fields.RadiosField("In which week of the month?", choices=_choices(WEEKS), inline=True, small=True,
                              missing="Choose the week of the month")  # fmt: skip
    weekday = fields.RadiosField("On which day?", choices=_choices(WEEKDAYS), inline=True, small=True,
                                 missing="Choose the day of the week")  # fmt: skip
    starts_at = fields.TimeField("From", missing="Enter when it begins")
    ends_at = fields.TimeField("To", missing="Enter when it ends")
    place = fields.TextField("Where?", required=False, help_text="A room, or a link to join from afar.")

    def clean(self) -> dict[str, Any]:
        """Week and day as numbers; an end after the beginning."""
        cleaned = super().clean() or {}
        for name in ("week", "weekday"):
            if cleaned.get(name):
                cleaned[name] = int(cleaned[name])
        _check_hours(self, cleaned)
        return cleaned


def _check_hours(form: forms.Form, cleaned: dict[str, Any]) -> None:
    begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
    if begins and ends and ends <= begins:
        form.add_error("ends_at", "It must end after it begins")


class AddPanelForm(PatternForm):
    """Set up a panel or group."""

    kind = fields.RadiosField(
        "What kind of panel or group?", choices=queries.kinds, missing="Choose what kind of panel or group it is"
    )
    area = fields.SelectField("For which area?", missing="Choose the area")
    name = fields.TextField(
        "What is it called?", max_length=120, help_text="Such as “Burnley panel”.", missing="Enter what it is called"
    )

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        self.order_fields(["kind", "area", "name"])

    def clean(self) -> dict[str, Any]:
        """The area in place of its code."""
        cleaned = super().clean()
        if "area" in cleaned:
            cleaned["area"] = self.areas[cleaned["area"]]
        return cleaned


class PlanPanelMeetingsForm(PatternForm):
    """Plan the meetings up to a day."""

    until_on = fields.DateField(
        "Up to which day?", earliest="today", missing="Enter the last day to plan for", subject="The last day"
    )


class EndPanelForm(forms.Form):
    """End a panel."""

    why = fields.TextField("Why does it end?", missing="Say why it ends")


class AddPanelMemberForm(forms.Form):
    """Somebody who sits on a panel."""

    user = PersonField("Who sits on it?", missing="Enter the name of who sits on it")
    place = fields.RadiosField("What are they there as?", choices=Place.choices, missing="Choose what they are there as",
                               reveals={Place.CORE: ["is_chair"]})  # fmt: skip
    is_chair = fields.TickField("They chair it", required=False)
    sector = fields.SelectField("For which sector?", choices=queries.sectors, missing="Choose the sector")
    deputy = PersonField(
        "Who comes in their place, when they cannot? (optional)", required=False,
        help_text="Start typing their name. They must be of the same organisation.",
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("user", "deputy"):
            if name in self.fields:
                self.fields[name].reader = reader


class ChangePanelMemberForm(forms.Form):
    """Whether they chair it, and who comes in their place."""

    is_chair = fields.TickField("They chair it", required=False)
    deputy = PersonField(
        "Who comes in their place, when they cannot? (optional)", required=False,
        help_text="Start typing their name. They must be of the same organisation.",
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Any = None, core: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].reader = reader
        if not core:
            del self.fields["is_chair"]


class EndPanelMemberForm(forms.Form):
    """Somebody sits there no more."""


class MovePanelMeetingForm(forms.Form):
    """Another day, hour or place."""

    meets_on = fields.DateField("On which day?", earliest="today", missing="Enter the day", subject="The day")
    starts_at = fields.TimeField("From", missing="Enter when it begins")
    ends_at = fields.TimeField("To", missing="Enter when it ends")
    place = fields.TextField("Where?", required=False, help_text="A room, or a link to join from afar.")

    def clean(self) -> dict[str, Any]:
        """An end after the beginning."""
        cleaned = super().clean() or {}
        _check_hours(self, cleaned)
        return cleaned


class AddPanelMeetingForm(MovePanelMeetingForm):
    """One meeting more, on a day of its own."""


class CancelPanelMeetingForm(forms.Form):
    """It is not held."""

    why = fields.TextField(
        "Why is it called off?",
        missing="Say why it is called off",
        help_text="Everybody who sits there reads it. Nobody’s name.",
    )


class PanelsForm(forms.Form):
    """The filter of the list."""

    mark_optional = False
    words = fields.TextField("Name or area", required=False, width=20)
