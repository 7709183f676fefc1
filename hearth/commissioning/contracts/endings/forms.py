"""What people type about the end of a contract."""

from django import forms

from hearth.commissioning.contracts.claims.forms import CaseField, OfCaseForm
from hearth.commissioning.contracts.forms import NOBODY
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm


class AskToDecommissionForm(KeyedForm):
    """Why it ends, what is lost, where families go, and when."""

    mark_optional = False
    reasons = fields.LongTextField(
        "Why should it end?", rows=4, max_length=4000, missing="Say why it should end", help_text=NOBODY
    )
    lost = fields.LongTextField(
        "What will families not have any more?",
        rows=3,
        max_length=4000,
        missing="Say what families lose",
        help_text=NOBODY,
    )
    instead = fields.LongTextField(
        "Where do its families go?", rows=3, max_length=4000, missing="Say where its families go",
        help_text=f"Where each one goes is written for that family, once it is decided. {NOBODY}",
    )  # fmt: skip
    families = fields.NumberField(
        "How many families does it help now?", max_value=100_000, missing="Enter how many families it helps now"
    )
    notice_on = fields.DateField(
        "On which day is notice given?", earliest="today", missing="Enter the day of the notice"
    )
    last_day = fields.DateField("Which is its last day?", earliest="today", missing="Enter its last day")


class DecideDecommissioningForm(forms.Form):
    """It ends, or it does not."""

    mark_optional = False
    end = fields.YesNoField("Does it end?", missing="Say whether it ends")
    words = fields.LongTextField(
        "Why?", rows=3, max_length=4000, missing="Say why", help_text=f"Its provider and the district read it. {NOBODY}"
    )


class PlaceFamilyForm(OfCaseForm):
    """Where one family goes."""

    mark_optional = False
    case = CaseField()
    to = fields.TextField("Who helps them from then on?", max_length=200, missing="Say who helps them from then on")
    words = fields.LongTextField(
        "What was agreed with them?",
        rows=3,
        max_length=4000,
        missing="Say what was agreed with them",
        help_text="Only people who may open this family’s plan read it.",
    )


class SettleContractForm(forms.Form):
    """It is over."""

    words = fields.TextField(
        "Anything to say of how it ended? (optional)", max_length=200, required=False, help_text=NOBODY
    )
    mark_optional = False
