"""What people type about an outcome."""

from typing import Any

from django import forms

from hearth.casework.plans.forms import WhoseForm
from hearth.casework.plans.models import Outcome
from hearth.casework.plans.rules import why_not_score_so
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class AddOutcomeForm(WhoseForm):
    """Something that somebody in the family wants to be different."""

    want = fields.LongTextField(
        "What do they want to be different?",
        rows=3,
        max_length=2000,
        missing="Write what they want to be different",
        help_text="In their own words: “I want to sleep in my own bed.”",
    )
    person = fields.RadiosField("Whose is it?", missing="Choose whose outcome it is", initial="family")
    area = fields.RadiosField("What is it about?", required=False, missing="Choose what the outcome is about")
    measure = fields.LongTextField(
        "How will we know?",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Something that can be seen or counted: days at school, nights slept through.",
    )
    starting_score = fields.ScaleField("Where are they now?", required=False)
    target_score = fields.ScaleField("Where would be good enough?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = pack().plans
        for name in ("area", "measure", "starting_score"):  # as rules.py asks of a whole outcome
            self.fields[name].until = "needed before the plan is agreed"
        self.fields["area"].choices = offered(plans.outcome_areas)
        for name in ("starting_score", "target_score"):
            self.fields[name].low_words, self.fields[name].high_words = plans.score_low, plans.score_high

    def clean(self) -> dict[str, Any]:
        """The two scores together."""
        cleaned = super().clean() or {}
        if refusal := why_not_score_so(cleaned.get("starting_score"), cleaned.get("target_score")):
            self.add_error("target_score", refusal.sentence.rstrip("."))
        return cleaned


class ChangeOutcomeForm(AddOutcomeForm):
    """The same, changed."""

    seen_version = fields.VersionField()


class EndOutcomeForm(forms.Form):
    """Whether it was reached or is set aside, or is taken up again."""

    state = fields.RadiosField("How does it stand?", missing="Choose how it stands")
    ended_why = fields.LongTextField("What happened?", required=False, max_length=2000, rows=3)

    def __init__(self, *args: Any, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Outcome.State.OPEN: "Take it up again",
            Outcome.State.MET: "It was reached",
            Outcome.State.SET_ASIDE: "It is set aside: the family no longer wants it, or not now",
        }
        self.fields["state"].choices = [(str(code), text) for code, text in words.items() if code != now]
