"""What people type about claims. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core.text import lower_first
from hearth.foundation.ui import fields

MOST_COUNTED = 10_000
NONE = "none"  # a choice must have a value: nothing chosen is not the same as no need


class NameNeedsForm(forms.Form):
    """Which need of the programme each outcome of the plan is about."""

    mark_optional = False
    seen = fields.SeenField(required=False)

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str, str]], framework: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"need_{number}": key for number, (key, _, _) in enumerate(outcomes, 1)}
        choices = [*((need.code, need.label) for need in framework.claim.needs), (NONE, "No need of this programme")]
        named: Any = self.fields
        for (name, _), (_, called, about) in zip(self.keys.items(), outcomes, strict=True):
            named[name] = fields.SelectField(
                called, choices=choices, help_text=f"The plan says it is about: {about}" if about else "",
                missing=f"Choose which need {lower_first(called)} is about",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each outcome's key with its need; empty where it is about none."""
        said = self.cleaned_data
        needs = {key: said[name] if said[name] != NONE else "" for name, key in self.keys.items() if name in said}
        return {"needs": needs, "seen": said.get("seen", "")}


class LookAgainForm(forms.Form):
    """Somebody looked again at a need that had been met."""

    mark_optional = False
    need = fields.RadiosField("Which need?", missing="Choose which need")
    seen_on = fields.DateField("On which day?", latest="today", missing="Enter the day")
    how = fields.RadiosField("How was it found out?", missing="Choose how it was found out")
    still_met = fields.YesNoField("Was it still met?", missing="Choose whether it was still met")

    def __init__(self, *args: Any, framework: Any, hows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["need"].choices = [(need.code, need.label) for need in framework.claim.needs]
        named["how"].choices = hows
        self.falls = [(need, fall) for need in framework.claim.needs for fall in need.falls]
        for number, (need, fall) in enumerate(self.falls, 1):
            for when in ("before", "after"):
                named[f"{when}_{number}"] = fields.NumberField(
                    f"{fall.label}: how many {when} the help?", required=False, min_value=0, max_value=MOST_COUNTED,
                    help_text=f"Only for “{need.label}”. The programme asks for {fall.at_least_percent}% fewer.",
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """With both counts of each thing that the chosen need wants to have fallen; those of another need are not dropped in silence."""
        said = dict(self.cleaned_data)
        counted = {}
        for number, (need, fall) in enumerate(self.falls, 1):
            given = {name: said.pop(name, None) for name in (f"before_{number}", f"after_{number}")}
            typed = [name for name, many in given.items() if many is not None]
            if typed and said.get("need") not in (None, need.code):
                self.add_error(
                    typed[0], f"This is counted for “{need.label}” alone. Choose that need, or leave this empty"
                )
            elif len(typed) == len(given):
                counted[fall.code] = tuple(given.values())
        return said | {"counted": counted}


class MakeClaimForm(forms.Form):
    """As at which day."""

    as_at = fields.DateField(
        "As at which day?", latest="today", missing="Enter the day of the claim",
        help_text="Only what was so on that day counts. It is worked out for that day when you send it.",
    )  # fmt: skip


class CheckClaimForm(forms.Form):
    """Accepted, or returned with a reason."""

    mark_optional = False
    accept = fields.YesNoField(
        "Does the evidence bear the claim out?", missing="Choose whether the evidence bears it out"
    )
    words = fields.LongTextField(
        "What should whoever made it know?", required=False, rows=4, max_length=4000,
        help_text="If it does not, say why. Do not name anybody of the family.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A claim that is returned has a reason."""
        said = self.cleaned_data
        if said.get("accept") is False and not said.get("words"):
            self.add_error("words", "Say why the evidence does not bear it out")
        return said


class WithdrawClaimForm(forms.Form):
    """Why a claim is taken back."""

    why = fields.LongTextField(
        "Why is it withdrawn?", rows=4, max_length=4000, missing="Say why it is withdrawn",
        help_text="Do not name anybody of the family.",
    )  # fmt: skip


class DrawSampleForm(forms.Form):
    """Which claims to draw from, and how many."""

    framework = fields.SelectField("Of which programme?", required=False, empty="All of them")
    from_on = fields.DateField("Accepted from", latest="today", missing="Enter the first day")
    until_on = fields.DateField(
        "Accepted until", latest="today", missing="Enter the last day", help_text="A day before today."
    )
    size = fields.NumberField("How many claims?", min_value=1, max_value=500, missing="Enter how many claims to draw")
    seed = fields.TextField(
        "Seed", required=False, max_length=40,
        help_text="Leave it empty for one of chance. The same seed draws the same claims again.",
    )  # fmt: skip

    def __init__(self, *args: Any, frameworks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["framework"].choices = frameworks


class NoteFindingForm(forms.Form):
    """What the audit found of one claim."""

    mark_optional = False
    finding = fields.RadiosField("What did you find?", missing="Choose what you found")
    words = fields.LongTextField(
        "What did you look at? What is missing or wrong?", required=False, rows=4, max_length=4000,
        help_text="Do not name anybody of the family.",
    )  # fmt: skip
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, findings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["finding"].choices = findings
