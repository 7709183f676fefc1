"""What something was worth, which names nobody: a valuation, an outcome of it, an investment, days in care, and a release of the index."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.value import actions, shipped
from hearth.commissioning.value.investing import actions as investing
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

VALUED: dict[str, Any] = {
    "name": "Planted service", "bought": "contract", "of": "CT-PLANTED", "cost_pence": 100_000_00, "cost_year": 2024, "prices": 2024,
}  # fmt: skip
HAPPENED: dict[str, Any] = {
    "code": "SS1.0", "number_source": "Planted return", "sector": "standard", "grade": "4", "lasts": 2, "drop_off": Decimal(10),
    "attribution": Decimal(50), "others_source": "Planted panel",
}  # fmt: skip
INVESTED: dict[str, Any] = {
    "name": "Planted investment", "of": "", "invested_pence": 1_000_000_00, "cap_pence": 2_000_000_00, "day_pence": 50_00, "wait_months": 3,
    "children": 100, "fewest_children": 80, "months": 24, "recruit_months": 12, "baseline": Decimal(50), "target": Decimal(30),
    "cautious": Decimal(45), "hopeful": Decimal(20), "care_pence": 200_00, "care_year": 2024, "care_source": "Planted accounts",
    "prices": 2024, "cashable": Decimal(60), "seed": 1, "words": "",
}  # fmt: skip


def plant(world: Any) -> None:
    """A row of each kind, in the first district."""
    by, more, today = world.cast.commissioner, world.more, clock.today()
    begun = today - dt.timedelta(days=365)
    with acting_as(by):
        more.price_index = actions.load_price_index(
            by=by, publication="Planted release", publisher="Planted", published_on=today - dt.timedelta(days=30), base="2024/25 = 100",
            figures={**shipped.deflator().figures, 2025: Decimal(103)},
        )  # fmt: skip
        more.valuation = actions.add_valuation(by=by, area=world.area, begins_on=begun, ends_on=today, **VALUED)
        more.valued_outcome, more.idle_outcome = (
            actions.add_valued_outcome(by=by, valuation=more.valuation, number=Decimal(number), **HAPPENED)
            for number in (4, 5)
        )
        more.investment = investing.add_investment(by=by, area=world.area, begins_on=begun, **INVESTED)
        more.counted_quarter = quarter_of(clock.today()).isoformat()
        more.care_days = investing.record_care_days(
            by=by, investment=more.investment, from_on=begun, until_on=begun + dt.timedelta(days=30), children=10, child_days=300,
            care_days=90, source="Planted count",
        )  # fmt: skip
    more.assumed = "deadweight"
