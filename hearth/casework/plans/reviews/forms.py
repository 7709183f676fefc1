"""What people type about a review."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.plans.queries import Choice
from hearth.casework.plans.reviews.rules import goes_on
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class CorrectReviewForm(forms.Form):
    """What was found together, as it is put right. Each outcome has a score and words beside those of last time."""

    mark_optional = False  # a score may be left out only with a reason: "optional" would say something else

    reviewed_on = fields.DateField("When was the review?", latest="today", missing="Enter the day of the review")
    changed = fields.LongTextField(
        "What has changed since last time?", max_length=4000, missing="Write what has changed since last time"
    )
    child_words = fields.LongTextField(
        "What do the children say? (optional)", required=False, max_length=4000, help_text="Their own words."
    )
    family_words = fields.LongTextField(
        "What does the family say? (optional)", required=False, max_length=4000, help_text="Their own words."
    )
    worries = fields.LongTextField("What are we still worried about? (optional)", required=False, max_length=4000)
    decision = fields.RadiosField("What happens next?", missing="Choose what happens next")
    decision_why = fields.LongTextField("Why? (optional)", required=False, max_length=2000, rows=3)
    next_review_on = fields.DateField(
        "When is the next review?",
        earliest="today",
        required=False,
        help_text="Leave it empty if the plan does not go on.",
    )
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, outcomes: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {each.number: each for each in outcomes}
        self.fields["decision"].choices = offered(pack().plans.review_decisions)
        for number in self.outcomes:
            self._ask_for(number)

    def _ask_for(self, number: int) -> None:
        plans = pack().plans
        self.fields[f"score_{number}"] = fields.ScaleField(
            "Where are they now?", required=False, low_words=plans.score_low, high_words=plans.score_high
        )
        self.fields[f"why_{number}"] = fields.LongTextField(
            "What makes it this number, or why could it not be scored?", required=False, rows=2, max_length=2000
        )

    def clean(self) -> dict[str, Any]:
        """A score or a reason for each outcome, and the day of the next review where the plan goes on."""
        cleaned = super().clean() or {}
        cleaned["scores"] = {outcome: self._score(cleaned, number) for number, outcome in self.outcomes.items()}
        missing = cleaned.get("decision") and not cleaned.get("next_review_on") and "next_review_on" not in self.errors
        if missing and goes_on(cleaned["decision"]):
            self.add_error("next_review_on", "Enter the day of the next review")
        return cleaned

    def _score(self, cleaned: dict[str, Any], number: int) -> tuple[int | None, str]:
        score, why = cleaned.pop(f"score_{number}", None), cleaned.pop(f"why_{number}", "")
        if score is None and not why and f"score_{number}" not in self.errors:
            self.add_error(f"score_{number}", f"Score outcome {number}, or say why it could not be scored")
        return score, why


class RecordReviewForm(CorrectReviewForm):
    """A new review: who took part in it, and at which meeting, are asked once."""

    field_order = ("reviewed_on", "took_part", "meeting")

    took_part = fields.CheckboxesField("Who took part?", missing="Choose who took part")
    meeting = fields.SelectField("Was it part of a meeting?", empty="", required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice] = (), meetings: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {choice.key: choice.who for choice in choices}
        self.meetings = {str(each.number): each for each in meetings}
        names = {key: f"{each.planned_for.day} {each.planned_for:%B %Y}" for key, each in self.meetings.items()}
        self.fields["took_part"].choices = [(each.key, each.words) for each in choices]
        self.fields["took_part"].hints = {each.key: each.hint for each in choices if each.hint}
        self.fields["meeting"].choices = [("", "No"), *((key, f"The meeting of {name}") for key, name in names.items())]

    def clean(self) -> dict[str, Any]:
        """People and the meeting in place of their keys."""
        cleaned = super().clean()
        cleaned["took_part"] = [self.known[key] for key in cleaned.get("took_part", ())]
        cleaned["meeting"] = self.meetings.get(cleaned.get("meeting", ""))
        return cleaned
