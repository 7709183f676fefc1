"""What people type about money. Field names are the actions' argument names; pounds become whole pence."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core import clock
from hearth.foundation.ui import fields
from hearth.records.money import queries
from hearth.records.money.models.ledger import financial_year, year_words
from hearth.records.money.rules import MOST

NOBODY = "Nobody’s name: the ledger is read by many."


class PoundsField(fields.DecimalField):
    """Pounds and pence, as whole pence."""

    def __init__(self, label: str = "How much?", **options: Any) -> None:
        most = Decimal(MOST) / 100
        told: dict[str, Any] = {
            "min_value": Decimal("0.01"),
            "max_value": most,
            "max_digits": 12,
            "prefix": "£",
            "width": 10,
        }
        super().__init__(label, **(told | options))

    def prepare_value(self, value: Any) -> Any:
        """Whole pence that a page begins with, as pounds."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """The amount, with a pound sign or without."""
        return super().to_python(value.replace("£", "") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        """Whole pence; the field itself holds that there are no parts of one."""
        found = super().clean(value)
        return None if found is None else int(found * 100)


class KeyedForm(forms.Form):
    """A form whose page has a key: sent twice, it makes one row."""

    key = fields.HiddenField(max_length=36)

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault


class AddFundForm(forms.Form):
    """A source of money."""

    name = fields.TextField("What is it called?", max_length=120, missing="Say what the source is called")
    given_by = fields.TextField("Who gives it?", max_length=120, missing="Say who gives it")
    begins_on = fields.DateField("From which day?", missing="Enter its first day")
    ends_on = fields.DateField(
        "Until which day? (optional)", required=False,
        help_text="After it, what has not been allocated counts as not explained.",
    )  # fmt: skip
    words = fields.LongTextField(
        "What is it for, and on what paper does it rest? (optional)",
        required=False,
        rows=3,
        max_length=2000,
        help_text=NOBODY,
    )
    mark_optional = False


class EntryForm(KeyedForm):
    """What every entry says."""

    mark_optional = False
    pence = PoundsField(missing="Enter how much")
    happened_on = fields.DateField("When?", latest="today", missing="Enter the day")
    words = fields.TextField("What for?", max_length=200, help_text=NOBODY, missing="Say in a line what it is for")
    voucher = fields.TextField(
        "Its number in the council’s books (optional)", max_length=40, required=False, width=10,
        help_text="So that it is never posted twice.",
    )  # fmt: skip


class ReceiveMoneyForm(EntryForm):
    """A source gave money."""


class PassElsewhereForm(EntryForm):
    """Part of a source was used for what is not followed here."""


class AllocateMoneyForm(EntryForm):
    """A share for a district, or for the whole authority."""

    area = fields.SelectField("For which district?", required=False, empty="The whole authority")
    year = fields.SelectField("For which financial year?", missing="Choose the financial year")
    purpose = fields.TextField(
        "For what purpose?",
        max_length=80,
        missing="Say what the money is for",
        help_text="In a few words, the same ones each time.",
    )

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        now = financial_year(clock.today())
        self.fields["year"].choices = [(str(year), year_words(year)) for year in range(now + 3, 2005, -1)]
        self.order_fields(["pence", "area", "year", "purpose", "happened_on", "words", "voucher"])

    def clean(self) -> dict[str, Any]:
        """The district in place of its code, and the year as a number."""
        cleaned = super().clean() or {}
        year = cleaned.get("year")
        return cleaned | {"area": self.areas.get(cleaned.get("area", "")), "year": int(year) if year else 0}


class CommitMoneyForm(EntryForm):
    """A promise of part of a share."""

    with_whom = fields.TextField(
        "To whom is it promised?",
        max_length=120,
        missing="Say to whom it is promised",
        help_text="An organisation, not a person.",
    )
    field_order = ("pence", "with_whom", "happened_on", "words", "voucher")


class PayMoneyForm(EntryForm):
    """A payment of what was committed."""


class ReleaseMoneyForm(EntryForm):
    """Part of a commitment is not needed."""


class RecoverMoneyForm(EntryForm):
    """Money that was paid came back."""


class ReverseEntryForm(forms.Form):
    """An entry was wrong."""

    why = fields.TextField("Why is it reversed?", max_length=200, help_text=NOBODY, missing="Say why it is reversed")


class LedgerForm(forms.Form):
    """Filters of the ledger; what cannot be read is left out, never an error."""

    mark_optional = False
    area = fields.SelectField("District", required=False, empty="Everywhere")
    year = fields.SelectField("Financial year", required=False, empty="Every year")
    fund = fields.SelectField("Source", required=False, empty="Every source")

    def __init__(
        self, *args: Any, areas: Sequence[Any] = (), years: Sequence[Any] = (), funds: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [
            (queries.CENTRE, "The whole authority"),
            *((each.code, each.name) for each in areas),
        ]
        self.fields["year"].choices, self.fields["fund"].choices = list(years), list(funds)

    def wanted(self) -> queries.Wanted:
        """What was asked, field by field."""
        self.is_valid()
        return queries.Wanted(**{key: value for key, value in self.cleaned_data.items() if value})
