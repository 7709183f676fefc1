"""What people type about a plan. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.plans.models import AgreedHow
from hearth.casework.plans.queries import Choice, StartingPoint
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

SOMEBODY_ELSE = "somebody_else"
NOBODY_ALONE = "family"


class WhoForm(forms.Form):
    """Somebody of the team or the family, or anybody by name. Subclasses have the fields `who` and `who_name`."""

    def __init__(self, *args: Any, choices: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {choice.key: choice.who for choice in choices}
        self.fields["who"].choices = [*((each.key, each.words) for each in choices), (SOMEBODY_ELSE, "Somebody else")]
        self.fields["who"].hints = {each.key: each.hint for each in choices if each.hint}

    def clean(self) -> dict[str, Any]:
        """The person in place of their key; the name, for somebody else."""
        cleaned = super().clean() or {}
        name = cleaned.pop("who_name", "")
        if cleaned.get("who"):
            cleaned["who"] = name if cleaned["who"] == SOMEBODY_ELSE else self.known[cleaned["who"]]
        return cleaned


class WhoseForm(forms.Form):
    """The whole family's, or one member's. Subclasses have the field `person`."""

    def __init__(self, *args: Any, choices: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {choice.key: choice.who for choice in choices}
        self.fields["person"].choices = [
            (NOBODY_ALONE, "The whole family"),
            *((each.key, each.words) for each in choices),
        ]

    def clean_person(self) -> Any:
        """The person in place of their key; nobody for the whole family."""
        return self.known.get(self.cleaned_data["person"])


def known_names(text: str) -> list[str]:
    """One name a line."""
    return [line.strip()[:200] for line in text.split("\n") if line.strip()][:30]


def _types() -> dict[str, str]:
    return {each.code: each.description for each in pack().plans.types}


class StartPlanForm(forms.Form):
    """Start a plan."""

    type = fields.RadiosField(
        "What kind of plan?", choices=lambda: offered(pack().plans.types), missing="Choose the kind of plan"
    )
    starting_points = fields.CheckboxesField(
        "What will it begin from?",
        required=False,
        help_text="Each one you tick becomes an outcome to write with the family. You can add others.",
    )

    def __init__(self, *args: Any, points: Sequence[StartingPoint] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {point.key: point for point in points}
        self.fields["type"].hints = _types()
        self.fields["starting_points"].choices = [(point.key, point.words) for point in points]
        if not points:
            del self.fields["starting_points"]

    def clean_starting_points(self) -> list[StartingPoint]:
        """The points in place of their keys."""
        return [self.points[key] for key in self.cleaned_data["starting_points"]]


class DescribePlanForm(forms.Form):
    """The words of the plan as a whole."""

    aim = fields.LongTextField(
        "What will life look like when this has worked?",
        required=False,
        max_length=4000,
        help_text="The family’s own words.",
    )
    strengths = fields.LongTextField("What is working well already, to build on?", required=False, max_length=4000)
    if_harder = fields.LongTextField(
        "What will we do if things get harder, and whom does the family ring?",
        required=False,
        max_length=4000,
    )
    seen_version = fields.VersionField()


class ChangePlanTypeForm(forms.Form):
    """Make it another kind of plan."""

    type = fields.RadiosField("What kind of plan will it be?", missing="Choose the kind of plan")
    why = fields.LongTextField("Why?", max_length=2000, missing="Write why it becomes another kind of plan")

    def __init__(self, *args: Any, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [each for each in offered(pack().plans.types) if each[0] != now]
        self.fields["type"].hints = _types()


class AgreePlanForm(forms.Form):
    """The family agrees the plan."""

    mark_optional = False  # somebody must have agreed: which of the two boxes says so is left to the writer

    agreed_on = fields.DateField(
        "When did the family agree?", latest="today", missing="Enter the day the family agreed"
    )
    agreed_by = fields.CheckboxesField("Who agreed?", required=False)
    others = fields.LongTextField(
        "Anybody else who agreed (optional)", required=False, rows=2, max_length=400, help_text="One name a line."
    )

    how = fields.RadiosField("How did they agree?", choices=AgreedHow.choices, missing="Choose how they agreed")
    disagreement = fields.LongTextField(
        "Does anybody in the family see it differently? (optional)",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Who, and what they do not agree with, in their words. It is shown with the plan.",
    )

    def __init__(self, *args: Any, choices: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {choice.key: choice.who for choice in choices}
        self.fields["agreed_by"].choices = [(each.key, each.words) for each in choices]

    def clean(self) -> dict[str, Any]:
        """People in place of their keys, and at least one."""
        cleaned = super().clean() or {}
        who = [self.known[key] for key in cleaned.get("agreed_by", ())] + known_names(cleaned.pop("others", ""))
        if not who and "agreed_by" not in self.errors:
            self.add_error("agreed_by", "Choose who agreed. A plan is agreed with the family, or it is not agreed")
        cleaned["agreed_by"] = who
        return cleaned


class EndPlanForm(forms.Form):
    """End a plan while the case goes on."""

    why = fields.LongTextField("Why does this plan end?", max_length=2000, missing="Write why the plan ends")
