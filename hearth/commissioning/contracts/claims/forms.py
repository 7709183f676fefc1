"""What people type about outcomes."""

from typing import Any

from django import forms

from hearth.commissioning.contracts.claims.queries import case_to_claim
from hearth.commissioning.contracts.forms import NOBODY, ChosenForm
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm


class CaseField(fields.TextField):
    """The reference of a case; whose it is the form looks up for its reader, who must be able to open the family's plan."""

    def __init__(self, label: str = "Which family? Enter the reference of its case", **options: Any) -> None:
        told: dict[str, Any] = {
            "max_length": 12,
            "width": 10,
            "missing": "Enter the reference of the case",
            "help_text": "For example EH-4F7K2QX. No name.",
        }
        super().__init__(label, **(told | options))


class OfCaseForm(forms.Form):
    """A form with a case's reference; None where the reader may not open its family's plan, as if there were none."""

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean(self) -> dict[str, Any]:
        """The case in place of its reference."""
        cleaned = super().clean() or {}
        return cleaned | {"case": case_to_claim(self.reader, (cleaned.get("case") or "").strip().upper())}


class ClaimOutcomeForm(OfCaseForm, ChosenForm, KeyedForm):
    """An outcome happened."""

    mark_optional = False
    term = fields.SelectField("Which outcome?", missing="Choose the outcome")
    case = CaseField()
    happened_on = fields.DateField("When did it happen?", latest="today", missing="Enter the day")
    evidence = fields.TextField(
        "Where is the evidence kept?", max_length=200, missing="Say where the evidence is kept",
        help_text=f"Its reference, which everybody who reads the contract sees. {NOBODY}",
    )  # fmt: skip
    words = fields.LongTextField(
        "What happened, and how does one know?", max_length=4000, rows=4, missing="Say what happened",
        help_text="Only people who may open this family’s plan read it.",
    )  # fmt: skip
    field_order = ("term", "case", "happened_on", "evidence", "words")


class LookAtClaimForm(forms.Form):
    """Verified, or refused."""

    mark_optional = False
    verify = fields.YesNoField(
        "Did it happen as it is claimed?", missing="Say whether it happened", help_text="Look at the evidence first."
    )
    words = fields.TextField(
        "What do you say to the provider? (if refused, why)", max_length=300, required=False, help_text=NOBODY
    )
