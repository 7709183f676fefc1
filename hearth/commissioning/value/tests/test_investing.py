"""An investment is modelled, changed and fed by what is counted; nothing is counted twice, and no child is named."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from hearth.commissioning.value.investing import actions, queries
from hearth.commissioning.value.models import CareDays, Investment, Version
from hearth.commissioning.value.queries import index_held
from hearth.commissioning.value.tests.conftest import COUNTED, INVESTED
from hearth.commissioning.value.tests.test_valuing import code_of
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.core.seen import seen_in


def projected(cast: Any, investment: Investment, as_: Any) -> Any:
    """What it comes to, as the commissioner sees it."""
    with as_(cast.commissioner):
        found = queries.investment_of(cast.commissioner, investment.reference)
        return queries.projection(found, index_held(cast.commissioner), found.counted)


def test_until_days_are_counted_it_rests_on_the_target(investment: Investment, cast: Any, as_: Any) -> None:
    found = projected(cast, investment, as_)
    assert found.counted is None and found.going is None and found.expected == found.planned
    assert found.planned.share == 30 and found.uprated  # a day in care is of 2023/24
    assert [words for words, _ in found.cases] == ["If it goes badly", "As planned", "If it goes well"]


def test_days_that_are_counted_take_the_place_of_the_target(investment: Investment, cast: Any, as_: Any) -> None:
    by = cast.strategic_lead
    with as_(by):
        actions.record_care_days(by=by, investment=investment, **COUNTED)
        again = COUNTED | {"from_on": dt.date(2024, 7, 1), "until_on": dt.date(2024, 9, 30), "care_days": 150}
        actions.record_care_days(by=by, investment=investment, **again)
    found = projected(cast, investment, as_)
    assert found.counted.share == 20 and found.going.share == 20 and found.expected == found.going
    assert found.counted.earned.days == 600  # half of 2,000 days were expected in care, and 400 were
    assert found.counted.earned.paid == 600 * 50_00
    assert found.expected.paid > found.planned.paid


def test_what_was_counted_wrongly_is_withdrawn_and_stays(investment: Investment, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        made = actions.record_care_days(by=by, investment=investment, **COUNTED)
        with pytest.raises(Refused) as refused:
            actions.record_care_days(
                by=by,
                investment=investment,
                **(COUNTED | {"from_on": dt.date(2024, 6, 30), "child_days": 20, "care_days": 0}),
            )
        assert code_of(refused) == "value.days_twice"
        actions.withdraw_care_days(by=by, counted=made, why="A child was counted twice")
        with pytest.raises(Refused) as refused:
            actions.withdraw_care_days(by=by, counted=made, why="Again")
        assert code_of(refused) == "value.days_withdrawn"
        actions.record_care_days(by=by, investment=investment, **COUNTED)
        assert CareDays.objects.filter(investment=investment).count() == 2
        assert Version.objects.filter(investment=investment).count() == 4


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"care_days": 1_001}, "value.days_in_care"),
        ({"child_days": 20 * 91 + 1}, "value.days_too_many"),
        ({"children": 101}, "value.days_children"),
        ({"until_on": dt.date(2024, 3, 1)}, "value.days_when"),
        ({"until_on": dt.date(2199, 3, 1)}, "value.days_when"),
        ({"from_on": dt.date(2024, 3, 31)}, "value.days_before"),
        ({"source": " "}, "value.no_source"),
    ],
)
def test_days_that_cannot_be_are_refused(
    told: dict[str, Any], code: str, investment: Investment, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.record_care_days(by=cast.commissioner, investment=investment, **(COUNTED | told))
    assert code_of(refused) == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " "}, "value.name"),
        ({"cap_pence": 0}, "value.investment_money"),
        ({"care_source": ""}, "value.no_value_source"),
        ({"fewest_children": 101}, "value.children"),
        ({"recruit_months": 0}, "value.months"),
        ({"wait_months": 61}, "value.months"),
        ({"target": Decimal(19)}, "value.order"),
        ({"cashable": Decimal(101)}, "value.percent"),
        ({"care_year": 2026}, "value.no_index"),
        ({"prices": 1900}, "value.year"),
    ],
)
def test_an_investment_that_cannot_be_is_refused(
    told: dict[str, Any], code: str, cast: Any, area: Any, as_: Any
) -> None:
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.add_investment(by=cast.commissioner, area=area, **(INVESTED | told))
    assert code_of(refused) == code


def test_a_change_keeps_a_version_and_two_do_not_overwrite_each_other(
    investment: Investment, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    seen = seen_in(investment, queries.TYPED)
    with as_(by):
        actions.change_investment(
            by=by, investment=investment, why="Agreed anew", seen=seen, **(INVESTED | {"day_pence": 40_00})
        )
        found = Version.objects.filter(investment=investment).order_by("-number")[0]
        assert (
            found.what == "Paid for a day from £50.00 to £40.00"
            and "As planned" in found.came_to
            and "HM Treasury" in found.index
        )
        with pytest.raises(Conflict):
            actions.change_investment(
                by=by, investment=investment, why="Mine", seen=seen, **(INVESTED | {"day_pence": 30_00})
            )
        with pytest.raises(TypeError):
            actions.change_investment(by=by, investment=investment, why="Half", name="x")
