"""A valuation of a service in the first district, an outcome of it, and an investment."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from hearth.commissioning.value import actions
from hearth.commissioning.value.investing import actions as investing
from hearth.commissioning.value.models import Assumption, Investment, Outcome, Valuation

VALUED: dict[str, Any] = {
    "name": "Family support at home", "bought": "contract", "of": "CT-4F7K3QX", "begins_on": dt.date(2024, 4, 1),
    "ends_on": dt.date(2025, 3, 31), "cost_pence": 100_000_00, "cost_year": 2024, "prices": 2024,
}  # fmt: skip
HAPPENED: dict[str, Any] = {
    "code": "SS1.0", "number": Decimal(4), "number_source": "The certified return of March", "sector": "standard", "grade": "4", "lasts": 1,
    "drop_off": Decimal(0), "attribution": Decimal(50), "others_source": "The panel of providers",
}  # fmt: skip
OWN: dict[str, Any] = {
    "what": "A young carer has a break", "unit": "Per child", "pence": 1_000_00, "year": 2024, "agency": "Families",
    "value_source": "Asked of forty families", "code": "",
}  # fmt: skip
INVESTED: dict[str, Any] = {
    "name": "Edge of care", "of": "", "begins_on": dt.date(2024, 4, 1), "invested_pence": 1_000_000_00, "cap_pence": 2_000_000_00,
    "day_pence": 50_00, "wait_months": 3, "children": 100, "fewest_children": 80, "months": 24, "recruit_months": 12,
    "baseline": Decimal(50), "target": Decimal(30), "cautious": Decimal(45), "hopeful": Decimal(20), "care_pence": 200_00, "care_year": 2023,
    "care_source": "Our own accounts", "prices": 2024, "cashable": Decimal(60), "seed": 1, "words": "",
}  # fmt: skip
COUNTED: dict[str, Any] = {
    "from_on": dt.date(2024, 4, 1), "until_on": dt.date(2024, 6, 30), "children": 20, "child_days": 1_000, "care_days": 250,
    "source": "The placements team",
}  # fmt: skip


@pytest.fixture
def valuation(cast: Any, area: Any, as_: Any) -> Valuation:
    """£100,000 in prices of 2024/25, in the first district."""
    with as_(cast.commissioner):
        return actions.add_valuation(by=cast.commissioner, area=area, **VALUED)


@pytest.fixture
def count(cast: Any, valuation: Valuation, as_: Any) -> Callable[..., Outcome]:
    """`count(number=2)` says what came of it: children who did not come into care."""

    def make(**told: Any) -> Outcome:
        with as_(cast.commissioner):
            return actions.add_valued_outcome(by=cast.commissioner, valuation=valuation, **(HAPPENED | told))

    return make


@pytest.fixture
def outcome(count: Any) -> Outcome:
    """Four children who did not come into care, half of it owed to others."""
    return count()


@pytest.fixture
def deadweight(outcome: Outcome, cast: Any, as_: Any) -> Assumption:
    """What is assumed of it to have happened anyway."""
    with as_(cast.commissioner):
        return Assumption.objects.select_related("outcome").get(outcome=outcome, what="deadweight")


@pytest.fixture
def investment(cast: Any, area: Any, as_: Any) -> Investment:
    """A million pounds, in the first district."""
    with as_(cast.commissioner):
        return investing.add_investment(by=cast.commissioner, area=area, **INVESTED)
