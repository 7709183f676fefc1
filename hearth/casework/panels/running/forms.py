"""What is typed while a panel meets. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels.queries import sector_words
from hearth.casework.panels.running import consequences, queries, rules
from hearth.casework.panels.unmet import words as unmet
from hearth.casework.panels.unmet.forms import say_the_wait
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.core.pack import pack
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui import fields
from hearth.foundation.ui.filters import day

MISSED = ("need", "age_band", "reason", "wait", "instead")  # what an unmet need says


class RecordPanelAttendanceForm(forms.Form):
    """Who is there."""

    there = fields.CheckboxesField("Who is here?", missing="Tick who is here")

    def __init__(self, *args: Any, candidates: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {each.user.reference: each for each in candidates}
        box = self.fields["there"]
        box.choices = [(key, each.user.full_name) for key, each in self.candidates.items()]
        box.hints = {
            key: f"{each.user.organisation.name}, for {lower_first(sector_words(each.sector))}"
            + (f", in place of {each.instead_of}" if each.instead_of else "")
            + ("" if each.is_member else "; no member, and told of something on the list")
            for key, each in self.candidates.items()
        }

    def clean_there(self) -> dict[Any, str]:
        """Each with their sector."""
        found = [self.candidates[key] for key in self.cleaned_data["there"]]
        return {each.user: each.sector for each in found}


class DeclareInterestForm(forms.Form):
    """Somebody's own interest in an item."""

    user = PersonField("Whose interest is it?", missing="Enter whose interest it is")
    words = fields.LongTextField("What is it?", rows=3, max_length=2000, missing="Say what the interest is")
    leaves = fields.YesNoField("Do they leave the room for it?", missing="Say whether they leave the room")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].reader = reader


class DecidePanelItemForm(forms.Form):
    """One decision, and the action that follows from it."""

    kind = fields.RadiosField(
        "What was decided?", choices=queries.decisions, missing="Choose what was decided",
        reveals={
            "lead_practitioner": ["lead"], "resource": ["cost", "budget"], "spot_purchase": ["spot_cost", "spot_budget"],
            "could_not_be_offered": ["need", "age_band", "reason", "wait", "instead"],
        },
    )  # fmt: skip
    need = fields.SelectField(
        "What was needed?", choices=lambda: unmet.choices("need"), missing="Choose what was needed"
    )
    age_band = fields.RadiosField(
        "Whose need is it?", choices=lambda: unmet.choices("age_band"), missing="Choose the age of whoever needs it",
        small=True,
    )  # fmt: skip
    reason = fields.RadiosField(
        "Why could it not be offered?", choices=lambda: unmet.choices("reason"), small=True,
        missing="Choose why it could not be offered",
    )  # fmt: skip
    wait = fields.SelectField(
        "How long do they wait for it?",
        choices=lambda: unmet.choices("wait"),
        required=False,
        help_text=unmet.WAIT_HINT,
    )
    instead = fields.LongTextField(
        "What is done instead?", help_text="If nothing can be done, say that.", rows=3, max_length=2000,
        missing="Say what is done instead",
    )  # fmt: skip
    lead = PersonField("Who leads?", permission="work_case", missing="Enter the name of who leads")
    cost = fields.DecimalField("What does it cost?", prefix="£", min_value=0, max_value=1_000_000, width=5,
                               help_text="Nought where it costs nothing.", missing="Enter what it costs")  # fmt: skip
    budget = fields.TextField("Which budget pays?", missing="Say which budget pays")
    spot_cost = fields.DecimalField("What does it cost?", prefix="£", min_value=0, max_value=1_000_000, width=5,
                                    missing="Enter what it costs")  # fmt: skip
    spot_budget = fields.TextField("Which budget pays?", missing="Say which budget pays")
    words = fields.LongTextField(
        "In words", rows=4, max_length=6000, help_text="Who does what, with what; whoever brought it reads this.",
        missing="Write what was decided",
    )  # fmt: skip
    reasons = fields.LongTextField("Why?", rows=3, max_length=6000, missing="Write why it was decided")
    acts = fields.YesNoField(
        "Does somebody do something now?", reveals={"yes": ["what", "owner", "due_on"]},
        missing="Say whether somebody does something now",
    )  # fmt: skip
    what = fields.TextField("What?", max_length=300, missing="Write what is to be done")
    owner = PersonField("Who does it?", missing="Enter the name of who does it")
    due_on = fields.DateField("By when?", earliest="today", missing="Enter the day", subject="The day")

    def __init__(
        self, *args: Any, reader: Any = None, of_family: bool = True, escalates: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = queries.decisions(of_family=of_family)
        self.fields["kind"].hints = {each.code: each.hint for each in pack().panels.decisions if each.hint}
        if escalates:
            self.fields["kind"].hints |= {rules.ESCALATE: escalates}
        for name in ("lead", "owner"):
            self.fields[name].reader = reader

    def clean(self) -> dict[str, Any]:
        """What it costs and who pays, whichever kind it is; and what could not be offered, as an unmet need."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == rules.COULD_NOT:
            cleaned = say_the_wait(self, cleaned)
        spot = {name: cleaned.pop(f"spot_{name}", None) for name in ("cost", "budget")}
        if cleaned.get("kind") == "spot_purchase":
            cleaned |= {name: value for name, value in spot.items() if value is not None}
        cleaned.pop("acts", None)
        missed = {name: cleaned.pop(name, "") or "" for name in MISSED}
        if cleaned.get("kind") == rules.COULD_NOT:
            cleaned["missed"] = consequences.Missed(**missed)
        return cleaned


class AddPanelActionForm(forms.Form):
    """Something that somebody will do."""

    what = fields.TextField("What?", max_length=300, missing="Write what is to be done")
    owner = PersonField("Who does it?", missing="Enter the name of who does it")
    due_on = fields.DateField("By when?", earliest="today", missing="Enter the day", subject="The day")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].reader = reader


class TakeBackDecisionForm(forms.Form):
    """What was written by mistake."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")


class PutOffItemForm(forms.Form):
    """A later meeting."""

    to = fields.RadiosField("To which meeting?", missing="Choose the meeting")

    def __init__(self, *args: Any, meetings: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {each.reference: each for each in meetings}
        self.fields["to"].choices = [(key, day(each.meets_on)) for key, each in self.meetings.items()]

    def clean_to(self) -> Any:
        """The meeting in place of its reference."""
        return self.meetings[self.cleaned_data["to"]]


class FinishPanelActionForm(forms.Form):
    """It is done."""

    done_words = fields.LongTextField("What came of it?", rows=4, max_length=4000, missing="Write what came of it")
