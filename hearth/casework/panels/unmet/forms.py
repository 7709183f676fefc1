"""What people type about unmet needs. Field names are the action's argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.cases.queries import open_districts
from hearth.casework.panels.unmet import words
from hearth.casework.panels.unmet.actions import ANOTHER, SAME
from hearth.casework.panels.unmet.figures import Wanted
from hearth.foundation.ui import fields
from hearth.foundation.ui.filters import day


def say_the_wait(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    """How long they wait, where there is anything to wait for; an error where it is not said."""
    if "wait" in cleaned and cleaned.get("reason"):
        cleaned["wait"] = words.wait_of(cleaned["reason"], cleaned["wait"])
        if not cleaned["wait"]:
            form.add_error("wait", "Choose how long they wait for it")
    return cleaned


class RecordUnmetNeedForm(forms.Form):
    """What could not be offered: one screen, mostly taps."""

    need = fields.SelectField(
        "What was needed?", choices=lambda: words.choices("need"), missing="Choose what was needed"
    )
    looked_for = fields.TextField(
        "What exactly did you look for?",
        help_text="In a line, such as “A group for young carers after school”. Those who open this family read it.",
        required=False,
        max_length=200,
    )
    age_band = fields.RadiosField(
        "Whose need is it?", choices=lambda: words.choices("age_band"), missing="Choose the age of whoever needs it"
    )
    reason = fields.RadiosField(
        "Why could it not be offered?",
        choices=lambda: words.choices("reason"),
        missing="Choose why it could not be offered",
    )
    wait = fields.SelectField(
        "How long do they wait for it?",
        choices=lambda: words.choices("wait"),
        required=False,
        help_text=words.WAIT_HINT,
    )
    instead = fields.LongTextField(
        "What was done instead?",
        help_text="If nothing could be done, say that.",
        missing="Say what was done instead",
        rows=3,
        max_length=2000,
    )

    again = fields.RadiosField(
        "Is it the same need?",
        choices=[
            (SAME, "It is the same: add what I wrote to it, and count it once"),
            (ANOTHER, "It is another one: record it too"),
        ],
        missing="Say whether it is the same need",
    )

    def clean(self) -> dict[str, Any]:
        """Nobody is asked how long one waits for what is not there."""
        return say_the_wait(self, super().clean() or {})

    def __init__(self, *args: Any, standing: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].hints = words.hints("reason")
        typed = (self.data.get("need"), self.data.get("age_band"))
        self.same = next((each for each in standing if typed == (each.need, each.age_band)), None)
        if self.same is None:
            del self.fields["again"]
            return
        said = f"{self.same.recorded_by.full_name} recorded it on {day(self.same.recorded_on)}, for the same age"
        self.fields["again"].help_text = f"{said}: {self.same.reference}. It has no answer yet."
        self.order_fields(["again"])


class WithdrawUnmetNeedForm(forms.Form):
    """Take back what was recorded by mistake."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")


class UnmetForm(forms.Form):
    """Filters of the figures; what cannot be read is left out, never an error."""

    mark_optional = False

    area = fields.SelectField("District", choices=open_districts, required=False, empty="Every district")
    need = fields.SelectField(
        "What was needed", choices=lambda: words.choices("need"), required=False, empty="Everything"
    )
    period = fields.SelectField(
        "Period",
        choices=[
            ("half", "This month and the 5 before"),
            ("year", "This month and the 11 before"),
            ("two_years", "This month and the 23 before"),
        ],
        required=False,
        empty="",
        initial="year",
    )

    def wanted(self) -> Wanted:
        """What was asked, field by field."""
        self.is_valid()
        return Wanted(**{key: value for key, value in self.cleaned_data.items() if value})
