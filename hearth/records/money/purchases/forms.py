"""What people type about purchases."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.money.budgets.queries import choices
from hearth.records.money.forms import KeyedForm, PoundsField
from hearth.records.money.models import PurchaseState

NOBODY = "Nobody’s name: whoever pays reads it too."


def _needs() -> list[tuple[str, str]]:
    return offered(pack().unmet.needs)


class AskForPurchaseForm(KeyedForm):
    """Something for the family of a plan."""

    mark_optional = False
    budget = fields.SelectField("From which budget?", missing="Choose the budget")
    need = fields.SelectField("What is needed?", choices=_needs, missing="Choose what is needed")
    what = fields.TextField("What would be bought?", help_text=NOBODY, missing="Say what would be bought")
    supplier = fields.TextField(
        "From whom?", max_length=120, help_text="A shop or an organisation.", missing="Say from whom"
    )
    pence = PoundsField("How much may it cost?", missing="Enter how much it may cost")
    why = fields.LongTextField(
        "What will it change for the family?", rows=3, max_length=2000, missing="Say what it will change for the family",
        help_text="Read with the plan, by those who may read that.",
    )  # fmt: skip

    def __init__(self, *args: Any, budgets: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budgets = {each.reference: each for each in budgets}
        self.fields["budget"].choices = choices(budgets)

    def clean(self) -> dict[str, Any]:
        """The budget in place of its reference."""
        cleaned = super().clean() or {}
        return cleaned | {"budget": self.budgets.get(cleaned.get("budget", ""))}


class DecidePurchaseForm(forms.Form):
    """Approve it, or decline it."""

    approve = fields.YesNoField("Is it approved?", missing="Say whether it is approved", reveals={"no": ["words"]})
    words = fields.TextField("Why not?", help_text=NOBODY, missing="Say why not")


class PayPurchaseForm(forms.Form):
    """The supplier is paid."""

    mark_optional = False
    pence = PoundsField("How much is paid?", missing="Enter how much is paid")
    happened_on = fields.DateField("When?", latest="today", missing="Enter the day")
    voucher = fields.TextField("Its number in the council’s books (optional)", max_length=40, required=False, width=10)


class CancelPurchaseForm(forms.Form):
    """It is not wanted after all."""

    why = fields.TextField("Why is it cancelled?", help_text=NOBODY, missing="Say why it is cancelled")


class PurchasesForm(forms.Form):
    """Which of them; what cannot be read is left out, never an error."""

    mark_optional = False
    state = fields.SelectField("Which", choices=PurchaseState.choices, required=False, empty="All of them")

    def state_wanted(self) -> str:
        """The state that was chosen."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))
