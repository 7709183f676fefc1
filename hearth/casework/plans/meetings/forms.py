"""What people type about a meeting."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.plans.forms import known_names
from hearth.casework.plans.queries import Choice
from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class PlanMeetingForm(forms.Form):
    """When, where, what for and who."""

    kind = fields.RadiosField("What kind of meeting?", missing="Choose what kind of meeting it is")
    family_led = fields.YesNoField(
        "Does the family lead it?",
        missing="Choose whether the family leads it",
        help_text="They choose who comes and what is talked about; practitioners come when they are asked in.",
    )
    day = fields.DateField("On which day?", missing="Enter the day of the meeting")
    time = fields.TimeField("At what time?", missing="Enter the time of the meeting")
    place = fields.TextField(
        "Where?", required=False, help_text="A place the family can get to and feels safe in, or a link."
    )
    purpose = fields.LongTextField("What is it for?", required=False, rows=3, max_length=2000)
    invited = fields.CheckboxesField("Who is asked to come?", required=False)
    others = fields.LongTextField("Anybody else", required=False, rows=2, max_length=2000, help_text="One name a line.")

    def __init__(self, *args: Any, choices: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in pack().plans.meeting_kinds if not kind.retired]
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]
        self.fields["kind"].hints = {kind.code: kind.hint for kind in kinds if kind.hint}
        self.known = {choice.key: choice.who for choice in choices}
        self.fields["invited"].choices = [(each.key, each.words) for each in choices]
        self.fields["invited"].hints = {each.key: each.hint for each in choices if each.hint}

    def clean(self) -> dict[str, Any]:
        """One moment from the day and the time; people in place of their keys."""
        cleaned = super().clean() or {}
        day, time = cleaned.pop("day", None), cleaned.pop("time", None)
        if day is not None and time is not None:
            cleaned["planned_for"] = clock.in_london(dt.datetime.combine(day, time))
        others = known_names(cleaned.pop("others", ""))
        cleaned["invited"] = [*(self.known[key] for key in cleaned.get("invited", ())), *others]
        return cleaned


class ChangeMeetingForm(PlanMeetingForm):
    """The same, changed."""

    seen_version = fields.VersionField()


class RecordMeetingForm(forms.Form):
    """Who came, what was said and what was decided."""

    mark_optional = False  # beside each name, "optional" would read as if coming were

    held_on = fields.DateField("When was it held?", latest="today", missing="Enter the day of the meeting")
    chair = fields.TextField("Who chaired it? (optional)", required=False)
    also_came = fields.LongTextField(
        "Who else came? (optional)", required=False, rows=2, max_length=2000, help_text="One name a line."
    )
    minutes = fields.LongTextField("What was said?", missing="Write what was said", rows=8)
    family_words = fields.LongTextField(
        "What did the family say? (optional)", required=False, help_text="Their own words.", max_length=4000
    )
    decisions = fields.LongTextField(
        "What was decided? (optional)",
        required=False,
        max_length=4000,
        help_text="You can turn each decision into an action afterwards.",
    )
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, asked: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"came_{row.id.hex}": row for row in asked}
        choices = offered(pack().plans.attendances)
        for name, row in self.asked.items():
            self.fields[name] = fields.SelectField(
                row.who,
                choices=choices,
                empty="Not known",
                required=False,
                initial=row.came,
                missing="Choose whether they came",
            )

    def clean(self) -> dict[str, Any]:
        """Who came, by row."""
        cleaned = super().clean() or {}
        cleaned["attendance"] = {row: cleaned.pop(name, "") for name, row in self.asked.items()}
        cleaned["also_came"] = known_names(cleaned.get("also_came", ""))
        return cleaned


class CancelMeetingForm(forms.Form):
    """Why it is cancelled."""

    cancelled_why = fields.LongTextField(
        "Why is it cancelled?", rows=3, max_length=2000, missing="Write why it is cancelled"
    )
