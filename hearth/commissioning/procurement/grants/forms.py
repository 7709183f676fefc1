"""What people type about grants. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField

NOBODY = "Nobody’s name."


def needs() -> list[tuple[str, str]]:
    """Needs of the practice pack, for a list to choose from."""
    return offered(pack().unmet.needs)


class PlacedForm(forms.Form):
    """A form that asks for a district, or none for the whole authority."""

    area = fields.SelectField("For which district?", required=False, empty="The whole authority")

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]

    def clean(self) -> dict[str, Any]:
        """The district in place of its code."""
        cleaned = super().clean() or {}
        return cleaned | {"area": self.areas.get(cleaned.get("area", ""))}


class OpenGrantRoundForm(PlacedForm, KeyedForm):
    """A round of small grants."""

    mark_optional = False
    title = fields.TextField("What is the round called?", max_length=120, missing="Say what the round is called")
    purpose = fields.LongTextField(
        "What is it for, and for whom?", max_length=4000, missing="Say what it is for", help_text="Whoever may apply reads this."
    )  # fmt: skip
    needs = fields.CheckboxesField("For which needs?", choices=needs, small=True, missing="Tick at least one need")
    share = fields.SelectField("From which share of the ledger?", missing="Choose the share from which it is paid")
    pence = PoundsField("How much does the round give in all?", missing="Enter how much it gives in all")
    most_pence = PoundsField("How much does one grant give at most?", missing="Enter the most that one grant gives")
    opens_on = fields.DateField("From which day may somebody apply?", missing="Enter the first day")
    closes_on = fields.DateField("Until which day?", earliest="today", missing="Enter the last day")
    field_order = ("title", "purpose", "area", "needs", "share", "pence", "most_pence", "opens_on", "closes_on")

    def __init__(self, *args: Any, shares: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shares = {each.reference: each for each in shares}
        self.fields["share"].choices = [(code, f"{each}, {each.fund.name}") for code, each in self.shares.items()]

    def clean(self) -> dict[str, Any]:
        """The share in place of its reference."""
        cleaned = super().clean() or {}
        return cleaned | {"share": self.shares.get(cleaned.get("share", ""))}


class ApplyForGrantForm(KeyedForm):
    """The light form: five questions."""

    mark_optional = False
    title = fields.TextField(
        "What would you do?", max_length=120, help_text="In a line.", missing="Say in a line what you would do"
    )
    need = fields.SelectField("Which need is it for?", missing="Choose the need that it is for")
    what = fields.LongTextField(
        "How, for how many, and where?", max_length=4000, help_text=NOBODY, missing="Say how, for how many, and where"
    )
    change = fields.LongTextField(
        "What would change for families, and how would you know?", max_length=2000, rows=3, help_text=NOBODY,
        missing="Say what would change for families",
    )  # fmt: skip
    pence = PoundsField("How much do you ask for?", missing="Enter how much you ask for")

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(code, label_of(pack().unmet.needs, code)) for code in codes]


class DecideGrantForm(forms.Form):
    """Award it, or decline it."""

    mark_optional = False
    no_interest = fields.TickField(
        "I have no interest in this organisation, nor in what it asks for", required=True,
        missing="Say that you have no interest in it, or go back and declare the one that you have",
    )  # fmt: skip
    award = fields.YesNoField("Is it awarded?", missing="Say whether it is awarded", reveals={"yes": ["pence"]})
    pence = PoundsField("How much?", missing="Enter how much is awarded")
    reasons = fields.LongTextField(
        "What do you tell the applicant?", max_length=2000, missing="Write what is told to the applicant",
        help_text=f"Why, in words that help them. {NOBODY}",
    )  # fmt: skip


class PayGrantForm(forms.Form):
    """A grant is paid."""

    mark_optional = False
    happened_on = fields.DateField("When is it paid?", latest="today", missing="Enter the day")
    voucher = fields.TextField("Its number in the council’s books (optional)", max_length=40, required=False, width=10)


class WithdrawGrantForm(forms.Form):
    """An application is not wanted after all."""

    why = fields.TextField("Why is it withdrawn?", missing="Say why it is withdrawn")


class EndGrantRoundForm(forms.Form):
    """A round ends before its time."""

    why = fields.TextField("Why does it end?", missing="Say why it ends")


class DeclareGrantInterestForm(forms.Form):
    """An interest of somebody who decides."""

    organisation = fields.SelectField("In which organisation?", missing="Choose the organisation")
    words = fields.TextField(
        "Which interest?", help_text="For example that you sit on its board, or worked there.", missing="Say which interest you have"
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations}
        self.fields["organisation"].choices = [(key, each.name) for key, each in self.organisations.items()]

    def clean(self) -> dict[str, Any]:
        """The organisation in place of its key."""
        cleaned = super().clean() or {}
        return cleaned | {"organisation": self.organisations.get(cleaned.get("organisation", ""))}
