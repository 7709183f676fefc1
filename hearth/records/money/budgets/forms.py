"""What people type about budgets."""

from typing import Any

from django import forms

from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields
from hearth.records.money.budgets.rules import HOLDS
from hearth.records.money.forms import EntryForm, PoundsField
from hearth.records.money.models import BudgetKind


class ChangeBudgetForm(forms.Form):
    """Who answers for a budget, its limits and its last day."""

    mark_optional = False
    holder = PersonField("Who answers for it?", permission=HOLDS, missing="Say who answers for it")
    by_rule_pence = PoundsField(
        "Up to how much is approved by rule?", min_value=0, missing="Enter an amount, or 0",
        help_text="What its holder asks for, up to this, needs nobody else. Enter 0 if everything does.",
    )  # fmt: skip
    most_pence = PoundsField(
        "Up to how much does its holder approve?", missing="Enter an amount",
        help_text="One purchase above it is approved by whoever keeps the ledger.",
    )  # fmt: skip
    ends_on = fields.DateField("Until which day? (optional)", required=False, earliest="today")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].reader = reader


class OpenBudgetForm(ChangeBudgetForm):
    """A budget of a share."""

    field_order = ("name", "kind")
    name = fields.TextField("What is it called?", max_length=120, missing="Say what the budget is called")
    kind = fields.RadiosField("Whose is it?", choices=BudgetKind.choices, missing="Choose whose it is")


class DelegateMoneyForm(EntryForm):
    """Part of the share goes into the budget."""


class ReturnMoneyForm(EntryForm):
    """What is left goes back to the share."""


class EndBudgetForm(forms.Form):
    """A budget ends."""

    why = fields.TextField("Why does it end?", missing="Say why it ends")
