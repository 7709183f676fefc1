"""What people type about an action."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from hearth.casework.plans.forms import SOMEBODY_ELSE, WhoForm
from hearth.casework.plans.who_does_what import rules
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields

WHOLE_PLAN = "plan"


class AddActionForm(WhoForm):
    """Who does what by when."""

    what = fields.LongTextField("What will be done?", rows=3, max_length=2000, missing="Write what will be done")
    who = fields.RadiosField("Who will do it?", missing="Choose who will do it", reveals={SOMEBODY_ELSE: ["who_name"]})
    who_name = fields.TextField("Their name", missing="Enter the name of whoever will do it")
    due_on = fields.DateField("By when?", missing="Enter the day it will be done by")
    outcome = fields.SelectField("For which outcome?", empty="", missing="Choose which outcome it is for")

    def __init__(self, *args: Any, outcomes: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {str(each.number): each for each in outcomes}
        words = [(key, f"{key}. {each.want or each.from_need}"[:90]) for key, each in self.outcomes.items()]
        self.fields["outcome"].choices = [*words, (WHOLE_PLAN, "The plan as a whole")]

    def clean_due_on(self) -> dt.date:
        """Something to be done from now on: its day has not gone by. One that is late already may be changed."""
        day: dt.date = self.cleaned_data["due_on"]
        if refusal := rules.why_not_due(day, before=self.initial.get("due_on")):
            raise ValidationError(refusal.sentence.rstrip("."), code="past")
        return day

    def clean_outcome(self) -> Any:
        """The outcome in place of its number; none for the plan as a whole."""
        return self.outcomes.get(self.cleaned_data["outcome"])


class ChangeActionForm(AddActionForm):
    """The same, changed, and how it stands."""

    state = fields.RadiosField("How does it stand?", missing="Choose how the action stands")
    note = fields.LongTextField("Anything to say about it?", required=False, rows=3, max_length=2000)
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [state for state in pack().plans.action_states if not state.retired]
        self.fields["state"].choices = [(state.code, state.label) for state in states]
        self.fields["state"].hints = {state.code: state.hint for state in states if state.hint}
