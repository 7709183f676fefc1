"""What people type when they write a contract. Field names are the actions' argument names; pounds become whole pence."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.commissioning.contracts.models import TargetKind, TargetUnit
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField

NOBODY = "Nobody’s name."


def needs() -> list[tuple[str, str]]:
    """Needs of the practice pack."""
    return offered(pack().unmet.needs)


def outcomes() -> list[tuple[str, str]]:
    """Outcomes that may be paid for."""
    return offered(pack().contracts.outcomes)


class ChosenForm(forms.Form):
    """A form of which some fields choose one of the things that it is given: `things` by the field's name, by what is sent."""

    def __init__(
        self, *args: Any, things: Mapping[str, Mapping[str, tuple[Any, str]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.things = things or {}
        for name, found in self.things.items():
            self.fields[name].choices = [(key, words) for key, (_, words) in found.items()]

    def clean(self) -> dict[str, Any]:
        """The things themselves in place of what was sent."""
        cleaned = super().clean() or {}
        chosen = {name: found.get(cleaned.get(name) or "", (None, ""))[0] for name, found in self.things.items()}
        return cleaned | chosen


class ContractForm(ChosenForm):
    """What a contract says."""

    mark_optional = False
    title = fields.TextField(
        "What is it called?",
        max_length=120,
        missing="Say what the contract is called",
        help_text=f"In a line. {NOBODY}",
    )
    what = fields.LongTextField(
        "What does the provider do?", max_length=8000, missing="Say what the provider does", help_text=NOBODY
    )
    needs = fields.CheckboxesField("For which needs?", choices=needs, small=True, missing="Tick at least one need")
    award = fields.SelectField("From which award?", required=False, empty="None: there was no tender")
    no_tender_why = fields.TextField("If there was no tender, why? (optional)", max_length=300, required=False)
    provider = fields.SelectField("Who delivers it?", required=False, empty="Whom it was awarded to")
    starts_on = fields.DateField("From which day?", missing="Enter its first day")
    ends_on = fields.DateField("Until which day?", missing="Enter its last day")
    manager = fields.SelectField(
        "Who answers for it?",
        missing="Choose who answers for it",
        help_text="They are told what waits and what is late.",
    )
    intention = fields.SelectField("Which intention does it carry out?", required=False, empty="None")
    theme = fields.SelectField("Which theme of unmet need does it answer?", required=False, empty="None")
    agreement = fields.SelectField(
        "Under which agreement may the provider’s people be matched?", required=False, empty="None",
        help_text="Without one, its returns are not compared with casework.",
    )  # fmt: skip
    document = fields.TextField(
        "Where is the signed contract kept? (optional)", max_length=200, required=False, help_text="Its reference."
    )


class WriteContractForm(ContractForm, KeyedForm):
    """A new contract."""


class ChangeContractForm(ContractForm):
    """A draft, with the letters for what its writer saw."""

    seen = fields.SeenField(required=False)


class AddPartForm(ChosenForm):
    """Who pays how much, for which district."""

    mark_optional = False
    organisation = fields.SelectField("Who pays?", missing="Choose who pays")
    area = fields.SelectField("For which district?", required=False, empty="The whole authority")
    share = fields.SelectField(
        "From which share of the ledger?", required=False, empty="None: from their own books",
        help_text="What the authority pays is paid from a share. It is committed when the contract is signed.",
    )  # fmt: skip
    pence = PoundsField("How much, for the whole of the contract?", missing="Enter how much they pay")


class AddMilestoneForm(forms.Form):
    """What is reached, by when, and what is paid for it."""

    mark_optional = False
    name = fields.TextField("What is reached?", max_length=120, missing="Say what is reached", help_text=NOBODY)
    due_on = fields.DateField("By which day?", missing="Enter the day")
    pence = PoundsField(
        "How much is paid for it?", min_value=Decimal(0), missing="Enter how much is paid, or 0", help_text="0 where nothing is."
    )  # fmt: skip


class ProfileField(fields.TextField):
    """One figure a quarter, with commas between them; a dash where nothing is planned. What they count, the form's `unit` says."""

    def __init__(self, label: str = "How much is planned in each quarter?", **options: Any) -> None:
        super().__init__(label, max_length=600, **({"missing": "Enter one figure for each quarter"} | options))


def figures_of(typed: str, unit: str) -> list[int | None]:
    """Whole numbers, pence or hundredths of a per cent; None for a dash. Raises ValidationError with a sentence."""
    return [_figure(each.strip(), unit) for each in typed.replace(";", ",").split(",")]


def _figure(typed: str, unit: str) -> int | None:
    if typed in ("-", "–", "—"):
        return None
    try:
        found = Decimal(typed.replace("£", "").replace("%", "").replace(" ", "")) * (
            1 if unit == TargetUnit.NUMBER else 100
        )
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or found != found.to_integral_value() or abs(found) > 10**13:
        raise ValidationError(
            f"“{typed[:20]}” is not a figure. Enter one for each quarter, with commas between them, such as 10, 20, -, 40"
        )
    return int(found)


class AddTargetForm(forms.Form):
    """What is counted, and how much of it is planned."""

    mark_optional = False
    kind = fields.RadiosField("What is it of?", choices=TargetKind.choices, missing="Choose what it is of")
    name = fields.TextField(
        "What is counted?",
        max_length=120,
        missing="Say what is counted",
        help_text="For example young people who start.",
    )
    definition = fields.LongTextField(
        "What counts, and what does not?", rows=3, max_length=2000, missing="Say what counts and what does not"
    )
    unit = fields.RadiosField("In what?", choices=TargetUnit.choices, missing="Choose in what it is counted")
    figures = ProfileField()

    def __init__(self, *args: Any, quarters: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figures"].help_text = profile_help(quarters)

    def clean(self) -> dict[str, Any]:
        """The figures as numbers."""
        cleaned = super().clean() or {}
        if "figures" in cleaned and "unit" in cleaned:
            try:
                cleaned["figures"] = figures_of(cleaned["figures"], cleaned["unit"])
            except ValidationError as fault:
                self.add_error("figures", fault)
        return cleaned


def profile_help(quarters: Sequence[str]) -> str:
    """For which quarters figures are typed."""
    return f"{len(quarters)} figures with commas between them, a dash where nothing is planned. For: {'; '.join(quarters)}."


class AddPaymentTermForm(forms.Form):
    """Payment by results."""

    mark_optional = False
    outcome = fields.SelectField("Which outcome is paid for?", choices=outcomes, missing="Choose the outcome")
    pence = PoundsField("How much for each family?", missing="Enter how much is paid for each")
    cap_pence = PoundsField("How much at most, for all of them?", missing="Enter the most that is paid for all of them")


class SignContractForm(forms.Form):
    """A signature."""

    read = fields.TickField(
        "I have read it, and sign it for the authority", required=True, missing="Tick that you have read it, or go back"
    )  # fmt: skip
