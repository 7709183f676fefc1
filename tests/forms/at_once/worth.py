"""What something was worth: two who change the same figure see each other's, and nothing is withdrawn or counted twice."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import actions
from hearth.commissioning.value.investing import actions as investing
from hearth.commissioning.value.investing.queries import TYPED
from hearth.commissioning.value.models import Assumption
from hearth.commissioning.value.views import ASSUMED, OUTCOME, VALUATION
from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_in
from tests.forms.at_once import Two, row

KEEPERS = ("commissioner", "strategic_lead")


def _told(thing: Any, names: tuple[str, ...], **told: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names} | told | {"seen": seen_in(thing, names), "why": "At once"}


def _cost(pence: int) -> Any:
    return lambda by, v: actions.change_valuation(by=by, valuation=v, **_told(v, VALUATION, cost_pence=pence))


def _number(many: int) -> Any:
    return lambda by, o: actions.change_valued_outcome(by=by, outcome=o, **_told(o, OUTCOME, number=Decimal(many)))


def _assumed(town: Any) -> Assumption:
    rows = Assumption.objects.select_related("outcome")
    return rows.get(outcome=town.find("valued_outcome"), what="deadweight")


def _cautious(percent: int) -> Any:
    return lambda by, a: actions.change_assumption(by=by, assumption=a, **_told(a, ASSUMED, cautious=Decimal(percent)))


def _paid(pence: int) -> Any:
    return lambda by, i: investing.change_investment(by=by, investment=i, **_told(i, TYPED, day_pence=pence))


def _count(by: Any, investment: Any) -> Any:
    day = clock.today() - dt.timedelta(days=1)
    return investing.record_care_days(
        by=by, investment=investment, from_on=day, until_on=day, children=1, child_days=1, care_days=0, source="At once"
    )


TABLE = [
    Two("value.change_valuation", row("valuation", "area"), _cost(9_000_00), _cost(8_000_00), "conflict", who=KEEPERS),
    Two("value.change_valued_outcome", row("valued_outcome"), _number(2), _number(3), "conflict", who=KEEPERS),
    Two("value.change_assumption", _assumed, _cautious(50), _cautious(60), "conflict", who=KEEPERS),
    Two("value.withdraw_valued_outcome", row("idle_outcome"), lambda by, o: actions.withdraw_valued_outcome(by=by, outcome=o, why="No"),
        comes="value.withdrawn", who=KEEPERS),
    Two("value.change_investment", row("investment", "area"), _paid(40_00), _paid(30_00), "conflict", who=KEEPERS),
    Two("value.record_care_days", row("investment", "area"), _count, comes="value.days_twice", who=KEEPERS),
    Two("value.withdraw_care_days", row("care_days"), lambda by, c: investing.withdraw_care_days(by=by, counted=c, why="No"),
        comes="value.days_withdrawn", who=KEEPERS),
]  # fmt: skip
