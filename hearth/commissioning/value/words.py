"""What was changed, in words that a history can show."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hearth.foundation.ui.filters import pounds
from hearth.records.money.models.ledger import year_words

YEARS = ("cost_year", "prices", "care_year")
NAMES = {
    "of": "Reference", "bought": "What was bought", "begins_on": "First day", "ends_on": "Last day", "cost_pence": "Cost",
    "cost_year": "Price year of the cost", "cost_bias": "Added to the cost for optimism", "prices": "Told in prices of",
    "words": "Words", "number_source": "What the number rests on", "invested_pence": "Money in", "cap_pence": "Cap",
    "day_pence": "Paid for a day", "wait_months": "Months until paid", "fewest_children": "Fewest children",
    "months": "Months followed", "recruit_months": "Months over which they begin", "care_pence": "Cost of a day in care",
    "care_year": "Price year of a day in care", "care_source": "Source of the cost of a day in care",
}  # fmt: skip
MOST = 300


def percent(figure: Decimal) -> str:
    """As it is read: 12.5, and 20 for 20.00."""
    return f"{figure:.2f}".rstrip("0").rstrip(".")


def cases_in_words(assumption: Any) -> str:
    """Such as 35, 20, 10 per cent; or 1, 2, 3 years."""
    cases = [percent(Decimal(each)) for each in (assumption.cautious, assumption.central, assumption.hopeful)]
    return f"{', '.join(cases)} {'years' if assumption.is_years else 'per cent'}"


def changes_in_words(before: Mapping[str, Any], after: Mapping[str, Any], changed: Iterable[str]) -> str:
    """Each column that changed, from what to what; long words only say that they did."""
    told = []
    for name in changed:
        label = NAMES.get(name, name.replace("_", " ").capitalize())
        long = name in ("words", "number_source", "care_source")
        told.append(label if long else f"{label} from {_said(name, before[name])} to {_said(name, after[name])}")
    words = "; ".join(told)
    return words if len(words) <= MOST else f"{words[: MOST - 1]}…"


def _said(name: str, value: Any) -> str:
    if name.endswith("_pence"):
        return pounds(int(value))
    if name in YEARS:
        return year_words(int(value))
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return percent(value) if isinstance(value, Decimal) else str(value) or "nothing"
