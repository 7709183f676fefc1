"""What people type about variations: the contract as it is, in which something is changed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.commissioning.contracts.forms import NOBODY, ProfileField, figures_of
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField


class AskForVariationForm(KeyedForm):
    """The contract as it would be."""

    mark_optional = False
    ends_on = fields.DateField("Until which day does it run?", missing="Enter its last day")
    what = fields.LongTextField("What does the provider do?", max_length=8000, missing="Say what the provider does")
    milestone_name = fields.TextField(
        "A further milestone: what is reached? (optional)", max_length=120, required=False, help_text=NOBODY
    )
    milestone_due_on = fields.DateField("By which day? (optional)", required=False)
    milestone_pence = PoundsField("How much is paid for it? (optional)", min_value=Decimal(0), required=False)
    why = fields.LongTextField(
        "Why is it varied?", rows=3, max_length=4000, missing="Say why it is varied", help_text=NOBODY
    )

    def __init__(
        self, *args: Any, parts: Sequence[Any] = (), targets: Sequence[Mapping[str, Any]] = (), since: str = "", **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.since = since
        self.parts, self.targets = parts, [each["target"] for each in targets]
        order = ["ends_on", "what"]
        for part in parts:
            self.fields[f"part_{part.reference}"] = PoundsField(
                f"How much is paid by {part}?", min_value=Decimal(0), missing=f"Enter what {part} pays"
            )
            order.append(f"part_{part.reference}")
        for target in self.targets:
            self.fields[f"profile_{target.reference}"] = ProfileField(
                f"How much of “{target.name}” is planned in each quarter?",
                help_text=f"One figure for each quarter, from {self.since} to the last one in which it would run; a dash where nothing is planned.",
            )  # fmt: skip
            order.append(f"profile_{target.reference}")
        self.order_fields([*order, "milestone_name", "milestone_due_on", "milestone_pence", "why"])

    def clean(self) -> dict[str, Any]:
        """What is asked for by name: parts and profiles by their reference, and the milestone."""
        typed = super().clean() or {}
        parts = {each.reference: typed.pop(f"part_{each.reference}", None) for each in self.parts}
        profiles = {
            each.reference: self._profile(each, typed.pop(f"profile_{each.reference}", "")) for each in self.targets
        }
        added = {name: typed.pop(f"milestone_{name}", None) for name in ("name", "due_on", "pence")}
        if any(each not in (None, "") for each in added.values()) and any(
            each in (None, "") for each in added.values()
        ):
            self.add_error(
                "milestone_name",
                "Say what is reached, by which day, and how much is paid for it; or leave all three empty",
            )
        return typed | {
            "parts": {key: pence for key, pence in parts.items() if pence is not None}, "profiles": profiles,
            "milestone": added if added["name"] else None,
        }  # fmt: skip

    def _profile(self, target: Any, typed: str) -> list[int | None]:
        try:
            return figures_of(typed, target.unit) if typed else []
        except ValidationError as fault:
            self.add_error(f"profile_{target.reference}", fault)
            return []


class AnswerVariationForm(forms.Form):
    """Agreed, or declined."""

    mark_optional = False
    agree = fields.YesNoField("Is it agreed?", missing="Say whether it is agreed")
    answer = fields.TextField(
        "What do you say of it? (if not agreed, why)", max_length=300, required=False, help_text=NOBODY
    )
    letter = fields.TextField(
        "Where is the provider’s own agreement kept?", max_length=200, required=False,
        help_text="Its reference. It is needed where you answer for the provider, who has not agreed here.",
    )  # fmt: skip

    def __init__(self, *args: Any, for_provider: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_provider:
            del self.fields["letter"]
