"""What people type about scores."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.commissioning.procurement.models import CriterionKind
from hearth.commissioning.procurement.models.scoring import MOST
from hearth.commissioning.procurement.reach import SEES
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields


class NameScorerForm(forms.Form):
    """Somebody who scores."""

    scorer = PersonField("Who is to score?", permission=SEES, missing="Say who is to score")
    chairs = fields.YesNoField("Do they chair the panel?", missing="Say whether they chair the panel")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scorer"].reader = reader


class DeclareConflictForm(forms.Form):
    """Whether somebody has a conflict of interest."""

    conflict = fields.YesNoField(
        "Do you have a conflict of interest with anybody who bid?", missing="Say whether you have a conflict of interest",
        reveals={"yes": ["words"]}, help_text="Work, money, family or friendship: now, or in the last years.",
    )  # fmt: skip
    words = fields.LongTextField("What is it?", rows=3, max_length=2000, missing="Say what it is")


class ScoreForm(forms.Form):
    """Points and a reason for each criterion that is scored."""

    asks_why = "The bidder may be told."

    def __init__(self, *args: Any, criteria: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [each for each in criteria if each.kind == CriterionKind.QUALITY]
        for each in self.asked:
            self.fields[f"points_{each.number}"] = fields.ScaleField(
                each.name, highest=MOST, low_words="nothing", high_words="all that was asked for", missing=f"Give “{each.name}” its points"
            )  # fmt: skip
            self.fields[f"words_{each.number}"] = fields.LongTextField(
                f"Why these points for “{each.name}”?", rows=3, max_length=4000, help_text=self.asks_why, missing=f"Say why for “{each.name}”"
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Points and words by the number of the criterion."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        return {
            "scores": {
                each.number: (typed[f"points_{each.number}"], typed[f"words_{each.number}"]) for each in self.asked
            }
        }


class AgreeScoresForm(ScoreForm):
    """The same, as the panel agreed on it."""

    asks_why = "The bidder is told this."


def initial_of(scores: dict[int, Any]) -> dict[str, Any]:
    """What was given before, as the form has it."""
    found: dict[str, Any] = {}
    for number, each in scores.items():
        found[f"points_{number}"], found[f"words_{number}"] = str(each.points), each.words
    return found
