"""What people type about strategies. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.commissioning.contracts.forms import ChosenForm
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

NOBODY = "It is about the service: no family’s name, and nothing by which one could be told."


class StrategyForm(forms.Form):
    """What a strategy says."""

    title = fields.TextField("What is it called?", max_length=120, missing="Say what it is called")
    what = fields.LongTextField("What is it for?", max_length=4000, missing="Say what it is for", help_text=NOBODY)
    from_on = fields.DateField("From which day?", missing="Enter its first day")
    until_on = fields.DateField("Until which day?", missing="Enter its last day")


class StartStrategyForm(StrategyForm, ChosenForm):
    """A new one, with where it is for."""

    area = fields.SelectField("For which district?", required=False, empty="The whole authority")


class ChangeStrategyForm(StrategyForm):
    """The same of one that is there, with the letters for what its writer saw."""

    seen = fields.SeenField(required=False)


class AddPriorityForm(forms.Form):
    """A priority."""

    title = fields.TextField(
        "What is the priority?", max_length=160, missing="Say what the priority is", help_text=f"In a line. {NOBODY}"
    )
    what = fields.LongTextField("What is meant by it?", required=False, rows=3, max_length=2000, help_text=NOBODY)


class StrategyActionForm(ChosenForm):
    """Who does what for it, by when, and what would show it."""

    what = fields.TextField("What will be done?", max_length=200, missing="Say what will be done", help_text=NOBODY)
    shows = fields.TextField(
        "What would show that it is done?", max_length=300, missing="Say what would show it", help_text=NOBODY
    )
    owner = fields.SelectField(
        "Who answers for it?", missing="Choose who answers for it", help_text="They say how it goes."
    )
    due_on = fields.DateField("By when?", missing="Enter the day by which it is done")


class ChangeStrategyActionForm(StrategyActionForm):
    """The same of one that is there, with the letters for what its writer saw."""

    seen = fields.SeenField(required=False)


class NoteStrategyProgressForm(forms.Form):
    """How it stands today."""

    stands = fields.RadiosField(
        "How does it stand?", choices=lambda: offered(pack().governance.standings), missing="Choose how it stands"
    )
    words = fields.LongTextField(
        "Why, and what comes next?", rows=4, max_length=4000, missing="Say why", help_text=NOBODY
    )


class AddStrategyEvidenceForm(forms.Form):
    """What shows it."""

    shown_by = fields.SelectField("What shows it?", missing="Choose what shows it")
    words = fields.LongTextField(
        "What does it show?", rows=3, max_length=2000, missing="Say what it shows", help_text=NOBODY
    )

    def __init__(self, *args: Any, shown: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_by"].choices = list(shown)


class ReportToBoardForm(forms.Form):
    """What the board is told beside it."""

    words = fields.LongTextField(
        "What is the board told beside it?",
        required=False,
        rows=5,
        max_length=4000,
        help_text=f"What was achieved, what is hard. {NOBODY}",
    )
