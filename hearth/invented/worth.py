"""What an invented authority's contracts were worth, and money invested to save. Told by the product's own actions, and rests on nobody."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import actions
from hearth.commissioning.value.investing import actions as investing
from hearth.commissioning.value.models import Assumption
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place

YEAR = 2024  # the last that the shipped deflator has
# Code, how many, sector, grade, years, drop-off, owed to others.
CAME = (
    ("SS6.0", 60, "standard", "4", 1, 0, 20),
    ("E&S2.0", 4, "education", "3", 2, 25, 40),
    ("SS1.0", 3, "standard", "5", 2, 50, 60),
    ("CR4.0", 6, "crime_and_justice", "4", 1, 0, 50),
)


def tell_worth(cast: dict[str, Any], places: list[Place]) -> None:
    """A contract of the first district that is valued, with an assumption changed; and an investment with a quarter counted."""
    by, area = cast["commissioner"], places[0].area
    with acting_as(by):
        made = actions.add_valuation(
            by=by, area=area, name="Family support at home", bought="contract", of="Family support, lot 1", begins_on=dt.date(YEAR, 4, 1),
            ends_on=dt.date(YEAR + 1, 3, 31), cost_pence=180_000_00, cost_year=YEAR, prices=YEAR,
            words="Counts are of the provider's certified returns.",
        )  # fmt: skip
        for code, number, sector, grade, lasts, drop_off, attribution in CAME:
            came = actions.add_valued_outcome(
                by=by, valuation=made, code=code, number=Decimal(number), number_source="Certified returns of the year", sector=sector,
                grade=grade, lasts=lasts, drop_off=Decimal(drop_off), attribution=Decimal(attribution),
                others_source="Agreed with the provider at the last visit",
            )  # fmt: skip
    with acting_as(cast["strategic_lead"]):
        owed = Assumption.objects.select_related("outcome").get(outcome=came, what="attribution")
        actions.change_assumption(
            by=cast["strategic_lead"], assumption=owed, cautious=Decimal(70), central=Decimal(50), hopeful=Decimal(35),
            source="Youth justice worked with four of the six", why="Said by both teams, and a range is fair",
        )  # fmt: skip
        _invest(cast["strategic_lead"], area)


def _invest(by: Any, area: Any) -> None:
    began = clock.today() - dt.timedelta(days=400)
    made = investing.add_investment(
        by=by, area=area, name="Help at the edge of care", of="", begins_on=began, invested_pence=600_000_00, cap_pence=1_100_000_00,
        day_pence=48_00, wait_months=3, children=70, fewest_children=55, months=24, recruit_months=18, baseline=Decimal(50),
        target=Decimal(30), cautious=Decimal(42), hopeful=Decimal(20), care_pence=139_95, care_year=2013,
        care_source="SS1.0 of the unit costs, divided by 365", prices=YEAR, cashable=Decimal(60), seed=7, words="",
    )  # fmt: skip
    investing.record_care_days(
        by=by, investment=made, from_on=began, until_on=began + dt.timedelta(days=89), children=12, child_days=900, care_days=240,
        source="The placements team's own count",
    )  # fmt: skip
