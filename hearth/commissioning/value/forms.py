"""What people type of what something was worth. Field names are the actions' argument names."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.commissioning.value import queries, shipped
from hearth.commissioning.value.models import Bought
from hearth.commissioning.value.shipped import read_year
from hearth.commissioning.value.working import MOST_YEARS
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField

NOBODY = "Nobody’s name: this is read by many."
WHY = "It stands in the history, with what the result became."


def percent_field(label: str, most: int = 100, **options: Any) -> fields.DecimalField:
    """A percentage, with up to two decimals."""
    told: dict[str, Any] = {
        "min_value": Decimal(0),
        "max_value": Decimal(most),
        "suffix": "%",
        "missing": "Enter a percentage",
    }
    return fields.DecimalField(label, **(told | options))


class PlacedForm(KeyedForm):
    """Something of a district or of the whole authority."""

    area = fields.SelectField("For which district?", required=False, empty="The whole authority")

    def __init__(self, *args: Any, areas: Sequence[Any] = (), whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        if not whole:
            self.fields["area"].required, self.fields["area"].empty = True, "Choose one"

    def clean_area(self) -> Any:
        """The district in place of its code."""
        return self.areas.get(self.cleaned_data.get("area", ""))


class PricesForm(forms.Form):
    """Whatever asks for financial years of prices."""

    years_of: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.years_of:
            self.fields[name].choices = queries.price_years()

    def clean(self) -> dict[str, Any]:
        """Years as numbers."""
        cleaned = super().clean() or {}
        return cleaned | {name: int(cleaned[name]) for name in self.years_of if cleaned.get(name)}


class _ValuationForm(PricesForm):
    """What was bought and what it cost."""

    mark_optional = False
    years_of = ("cost_year", "prices")
    name = fields.TextField(
        "What was bought?",
        max_length=120,
        missing="Say what was bought",
        help_text="A service or a provider’s project; nobody’s name.",
    )
    bought = fields.RadiosField("What is it?", choices=Bought.choices, missing="Choose what it is")
    of = fields.TextField(
        "Its reference (optional)",
        max_length=60,
        required=False,
        width=20,
        help_text="As the contract or the programme is known elsewhere.",
    )
    begins_on = fields.DateField("From which day?", missing="Enter its first day")
    ends_on = fields.DateField("Until which day?", missing="Enter its last day")
    cost_pence = PoundsField(
        "What did it cost?",
        missing="Enter what it cost",
        help_text="All of it, over that time. It counts whole in the first year.",
    )
    cost_year = fields.SelectField("In prices of which financial year?", missing="Choose the price year of its cost")
    cost_bias = percent_field(
        "What is added to its cost for optimism?", most=300,
        help_text="0 where it is spent and known. For what is still planned, What the figures rest on has upper bounds.",
    )  # fmt: skip
    prices = fields.SelectField(
        "Tell everything in prices of which financial year?", missing="Choose a financial year",
        help_text="Values of other years are brought to it by the GDP deflator. Where that has no figure for a year, nothing is added.",
    )  # fmt: skip
    words = fields.LongTextField(
        "What should a reader know? (optional)", required=False, rows=3, max_length=2000, help_text=NOBODY
    )


class AddValuationForm(_ValuationForm, PlacedForm):
    """A valuation begins."""

    field_order = (
        "name",
        "bought",
        "of",
        "area",
        "begins_on",
        "ends_on",
        "cost_pence",
        "cost_year",
        "cost_bias",
        "prices",
        "words",
    )


class ChangeValuationForm(_ValuationForm):
    """What was bought, put right."""

    why = fields.TextField("Why is it changed?", max_length=200, missing="Say why it is changed", help_text=WHY)
    seen = fields.SeenField()


OWN = ("what", "unit", "pence", "year", "agency", "value_source")


class AddValuedOutcomeForm(PricesForm, KeyedForm):
    """An outcome that happened."""

    mark_optional = False
    years_of = ("year",)
    worth = fields.RadiosField(
        "How is it valued?", choices=[("table", "By a published unit cost"), ("own", "By a value of our own")],
        reveals={"table": ["code"], "own": list(OWN)}, missing="Choose how it is valued",
    )  # fmt: skip
    code = fields.SelectField("Which unit cost?", missing="Choose a unit cost")
    what = fields.TextField("What happened?", max_length=200, missing="Say what happened", help_text=NOBODY)
    unit = fields.TextField(
        "What is counted?", max_length=60, missing="Say what is counted", help_text="Such as: per child, per year."
    )
    pence = PoundsField("What is one worth?", missing="Enter what one is worth")
    year = fields.SelectField("In prices of which financial year?", missing="Choose the price year of the value")
    agency = fields.TextField("Whose money would it have been? (optional)", max_length=60, required=False)
    value_source = fields.TextField("Where is the value from?", max_length=200, missing="Say where the value is from")
    number = fields.DecimalField(
        "How many, in its first year?", min_value=Decimal(0), max_value=Decimal(1_000_000), missing="Enter how many"
    )
    number_source = fields.TextField(
        "On what does the number rest?", max_length=200, missing="Say on what the number rests",
        help_text="A provider’s certified return, a count of cases, an evaluation.",
    )  # fmt: skip
    grade = fields.RadiosField("How good is the evidence?", missing="Choose how good the evidence is")
    sector = fields.SelectField(
        "What kind of service is it?", missing="Choose the kind of service",
        help_text="Deadweight and displacement are filled in for it, to be changed afterwards.",
    )  # fmt: skip
    lasts = fields.NumberField(
        "For how many years does it last?",
        min_value=1,
        max_value=MOST_YEARS,
        missing="Enter for how many years it lasts",
    )
    drop_off = percent_field("How much of it is lost each year?", help_text="Drop-off. 0 where it lasts one year.")
    attribution = percent_field(
        "How much of it is owed to others?", help_text="Attribution: what other services and the family’s own did."
    )
    others_source = fields.TextField(
        "Who says so?",
        max_length=300,
        missing="Say where these three are from",
        help_text="Of how long it lasts, what is lost and what is owed to others.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = queries.costs_to_choose()
        self.fields["sector"].choices = list(shipped.SECTORS.items())
        self.fields["grade"].choices = [
            (each.grade, f"{each.words}: {each.percent:f}% is taken off") for each in shipped.grades()
        ]

    def clean(self) -> dict[str, Any]:
        """What the other way of valuing asks for is left out."""
        cleaned = super().clean()
        way = cleaned.pop("worth", "")
        kept = {name: value for name, value in cleaned.items() if name not in (*OWN, "code")}
        names = ("code",) if way == "table" else OWN
        return kept | {name: cleaned[name] for name in names if name in cleaned}


class ChangeValuedOutcomeForm(forms.Form):
    """How often it happened, put right."""

    number = fields.DecimalField(
        "How many, in its first year?", min_value=Decimal(0), max_value=Decimal(1_000_000), missing="Enter how many"
    )
    number_source = fields.TextField(
        "On what does the number rest?", max_length=200, missing="Say on what the number rests"
    )
    why = fields.TextField("Why is it changed?", max_length=200, missing="Say why it is changed", help_text=WHY)
    seen = fields.SeenField()


class WithdrawValuedOutcomeForm(forms.Form):
    """An outcome no longer counts."""

    why = fields.TextField(
        "Why does it no longer count?", max_length=200, missing="Say why it no longer counts", help_text=WHY
    )


class ChangeAssumptionForm(forms.Form):
    """Something else is assumed."""

    cautious = fields.DecimalField(
        "In the cautious case", min_value=Decimal(0), max_value=Decimal(100), missing="Enter a figure"
    )
    central = fields.DecimalField(
        "In the central case", min_value=Decimal(0), max_value=Decimal(100), missing="Enter a figure"
    )
    hopeful = fields.DecimalField(
        "In the hopeful case", min_value=Decimal(0), max_value=Decimal(100), missing="Enter a figure"
    )
    source = fields.TextField("Where is it from?", max_length=300, missing="Say where it is from")
    why = fields.TextField("Why is it changed?", max_length=200, missing="Say why it is changed", help_text=WHY)
    seen = fields.SeenField()


class LoadPriceIndexForm(KeyedForm):
    """A release of the deflator, as it was published."""

    publication = fields.TextField(
        "Which publication is it?", max_length=200, missing="Say which publication it is",
        help_text="Such as: GDP deflators at market prices, and money GDP: September 2026.",
    )  # fmt: skip
    publisher = fields.TextField("Who publishes it?", max_length=120, missing="Say who publishes it")
    published_on = fields.DateField(
        "When was it published?", latest="today", missing="Enter the day on which it was published"
    )
    base = fields.TextField(
        "Which year is 100?",
        max_length=40,
        width=10,
        missing="Say which year is 100",
        help_text="Such as: 2024/25 = 100.",
    )
    figures = fields.LongTextField(
        "Its figures", rows=12, max_length=8000, missing="Enter a line for each financial year",
        help_text="A line for each financial year: the year, a comma, and the index. For example: 2024/25, 100",
    )  # fmt: skip

    def clean_figures(self) -> dict[int, Decimal]:
        """Each line as a year and its figure; the first that is none, in a sentence."""
        found: dict[int, Decimal] = {}
        for line in self.cleaned_data["figures"].splitlines():
            if not line.strip():
                continue
            first, _, second = line.replace("\t", ",").partition(",")
            year, figure = read_year(first), second.strip()
            plain = figure.isascii() and figure.replace(".", "", 1).isdigit() and len(figure) <= 20
            if year is None or not plain:
                raise ValidationError(
                    f"“{line.strip()[:40]}” is no financial year with its index. Enter lines such as 2024/25, 100."
                )
            if year in found:
                raise ValidationError(f"{first.strip()} is there twice. Enter each year once.")
            found[year] = Decimal(figure)
        return found
