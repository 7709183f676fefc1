"""What whoever awards a lot types."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields


class AwardLotForm(forms.Form):
    """Which bid wins, why, and what each bidder is told."""

    bid = fields.RadiosField("Which bid wins?", missing="Choose the bid that wins")
    reasons = fields.LongTextField(
        "Why, as everybody reads it in the notice?", rows=4, max_length=4000, missing="Say why", help_text="Nobody’s name."
    )  # fmt: skip

    def __init__(self, *args: Any, results: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bids = {each.bid.reference: each.bid for each in results}
        best = [each for each in results if each.place == 1]
        self.fields["bid"].choices = [
            (each.bid.reference, f"{each.bid.organisation.name}, {each.total} points") for each in best
        ]
        for each in results:
            self.fields[f"words_{each.bid.reference}"] = fields.LongTextField(
                f"What is {each.bid.organisation.name} told?", rows=3, max_length=4000, missing=f"Say what {each.bid.organisation.name} is told",
                help_text=f"Beside its own scores and the winner’s. Place {each.place}, {each.total} points.",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The bid itself, and what each is told by its reference."""
        typed = super().clean() or {}
        words = {reference: typed.pop(f"words_{reference}", "") for reference in self.bids}
        return typed | {"bid": self.bids.get(typed.get("bid", "")), "words": words}
