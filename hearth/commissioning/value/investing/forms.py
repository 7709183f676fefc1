"""What people type of money invested to save."""

from typing import Any

from django import forms

from hearth.commissioning.value.forms import NOBODY, WHY, PlacedForm, PricesForm, percent_field
from hearth.commissioning.value.investing.rules import MOST_CHILDREN, MOST_MONTHS
from hearth.foundation.ui import fields
from hearth.records.money.forms import PoundsField


def _months(label: str, least: int = 1, most: int = MOST_MONTHS, **options: Any) -> fields.NumberField:
    return fields.NumberField(
        label, min_value=least, max_value=most, suffix="months", missing="Enter how many months", **options
    )


class _InvestmentForm(PricesForm):
    """What was agreed, and what is expected."""

    mark_optional = False
    years_of = ("care_year", "prices")
    name = fields.TextField("What is it called?", max_length=120, missing="Say what it is called")
    of = fields.TextField(
        "Its reference (optional)",
        max_length=60,
        required=False,
        width=20,
        help_text="As the contract or the bond is known elsewhere.",
    )
    begins_on = fields.DateField("From which day?", missing="Enter its first day")
    invested_pence = PoundsField(
        "How much do investors put in?", missing="Enter how much is put in", help_text="It stands at the beginning."
    )
    day_pence = PoundsField(
        "What are they paid for each day in care that did not happen?", missing="Enter what is paid for a day"
    )
    cap_pence = PoundsField("What is the most they are ever paid?", missing="Enter the cap")
    wait_months = _months("How long after a quarter’s end are they paid?", least=0, most=60)
    children = fields.NumberField(
        "How many children are followed?", min_value=1, max_value=MOST_CHILDREN, missing="Enter how many children"
    )
    fewest_children = fields.NumberField(
        "As few as may come?",
        min_value=1,
        max_value=MOST_CHILDREN,
        missing="Enter how few may come",
        help_text="The range is drawn between this and all of them.",
    )
    months = _months("For how long is each followed?")
    recruit_months = _months("Over how long do they begin?")
    baseline = percent_field(
        "Share of days in care, had nothing been done",
        help_text="The baseline, against which days are counted as saved.",
    )
    target = percent_field("Share of days in care that is aimed at")
    cautious = percent_field("Share of days in care, if it goes badly")
    hopeful = percent_field("Share of days in care, if it goes well")
    care_pence = PoundsField("What does a day in care cost the council?", missing="Enter what a day costs")
    care_year = fields.SelectField(
        "In prices of which financial year?", missing="Choose the price year of a day in care"
    )
    care_source = fields.TextField("Where is that cost from?", max_length=200, missing="Say where the cost is from")
    prices = fields.SelectField(
        "Of which financial year are the payments’ prices?",
        missing="Choose a financial year",
        help_text="A day in care is brought to it by the GDP deflator.",
    )
    cashable = percent_field(
        "How much of what is saved is cashable?",
        help_text="The share that leaves a budget. A bed that stays open, or is filled by another child, does not.",
    )
    seed = fields.NumberField(
        "Seed of the dice",
        min_value=1,
        max_value=999_999,
        missing="Enter a whole number",
        help_text="The same seed draws the same range again.",
    )
    words = fields.LongTextField(
        "On what paper does it rest? (optional)", required=False, rows=3, max_length=2000, help_text=NOBODY
    )


class AddInvestmentForm(_InvestmentForm, PlacedForm):
    """An investment begins."""

    field_order = ("name", "of", "area", "begins_on")


class ChangeInvestmentForm(_InvestmentForm):
    """What was agreed or expected, put right."""

    why = fields.TextField("Why is it changed?", max_length=200, missing="Say why it is changed", help_text=WHY)
    seen = fields.SeenField()


class RecordCareDaysForm(forms.Form):
    """Days that were counted."""

    from_on = fields.DateField("From which day was it counted?", latest="today", missing="Enter the first day")
    until_on = fields.DateField("Until which day?", latest="today", missing="Enter the last day")
    children = fields.NumberField(
        "How many children were followed?", min_value=1, max_value=MOST_CHILDREN, missing="Enter how many children"
    )
    child_days = fields.NumberField(
        "How many days were they followed, together?",
        min_value=1,
        max_value=100_000_000,
        missing="Enter how many days",
        width=10,
    )
    care_days = fields.NumberField(
        "How many of these were days in care?",
        min_value=0,
        max_value=100_000_000,
        missing="Enter how many days",
        width=10,
    )
    source = fields.TextField(
        "Who counted, and from what?", max_length=200, missing="Say who counted", help_text=NOBODY
    )


class RecordCountedDaysForm(forms.Form):
    """What Hearth counted of a quarter is right, as far as whoever records it can tell."""

    seen = fields.SeenField()


class WithdrawCareDaysForm(forms.Form):
    """What was counted was wrong."""

    why = fields.TextField("What was wrong?", max_length=200, missing="Say what was wrong", help_text=WHY)
