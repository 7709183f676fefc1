"""A purchase waits for somebody at each step: they are told, find it on their first page, and others are not and do not."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.foundation.core import clock
from hearth.foundation.messages.actions import send
from hearth.records.money.models import Budget, Purchase
from hearth.records.money.purchases import actions, queries


@pytest.fixture
def told(monkeypatch: Any) -> Any:
    """What was sent, to whom: the outbox itself is read by the identity that empties it."""
    messages: list[dict[str, Any]] = []

    def noted(**message: Any) -> None:
        messages.append(message)
        send(**message)

    monkeypatch.setattr(actions, "send", noted)
    return lambda template: [each["to"] for each in messages if each["template"] == template]


def _waits(as_: Any, who: Any) -> queries.Waits:
    with as_(who):
        return queries.waiting(who)


NOTHING = queries.Waits(0, 0, 0, 0)


def test_each_step_waits_for_the_one_who_does_it_next(ask: Any, cast: Any, keeper: Any, as_: Any) -> None:
    purchase, worker, holder = ask(), cast.family_worker, cast.development_officer
    assert _waits(as_, holder) == queries.Waits(1, 0, 0, 0)
    assert _waits(as_, keeper) == NOTHING, "its holder may approve so much"
    for who, do, more, waits, whose in (
        (holder, actions.decide_purchase, {"approve": True}, queries.Waits(0, 1, 0, 0), worker),
        (worker, actions.order_purchase, {}, queries.Waits(0, 0, 1, 0), worker),
        (worker, actions.receive_purchase, {}, queries.Waits(0, 0, 0, 1), keeper),
        (keeper, actions.pay_purchase, {"pence": 12_000, "happened_on": clock.today()}, NOTHING, keeper),
    ):
        with as_(who):
            do(by=who, purchase=Purchase.objects.select_related("budget", "asked_by").get(pk=purchase.pk), **more)
        assert _waits(as_, whose) == waits, do
    assert all(_waits(as_, who) == NOTHING for who in (worker, holder, cast.manager, cast.other_family_worker))


def test_above_a_limit_and_of_what_the_holder_asked_for_the_keeper_decides(
    ask: Any, budget: Budget, own_budget: Budget, cast: Any, keeper: Any, as_: Any, told: Any
) -> None:
    ask(pence=20_001)  # the district's officer approves up to 200 pounds
    ask(budget=own_budget, pence=3_001)  # the worker's own, above what the rule approves
    assert told("purchase_asked") == [keeper, keeper]
    assert _waits(as_, keeper).decide == 2
    assert _waits(as_, cast.development_officer) == _waits(as_, cast.family_worker) == NOTHING


def test_the_holder_is_told_and_then_whoever_asked_and_nobody_of_what_needs_nobody(
    ask: Any, own_budget: Budget, cast: Any, as_: Any, told: Any
) -> None:
    purchase, holder = ask(), cast.development_officer
    assert told("purchase_asked") == [holder]
    with as_(holder):
        actions.decide_purchase(
            by=holder, purchase=Purchase.objects.get(pk=purchase.pk), approve=False, words="Ask the school"
        )
    assert told("purchase_decided") == [cast.family_worker]
    ask(budget=own_budget, pence=3_000)
    assert len(told("purchase_asked")) == 1


@pytest.mark.parametrize("template", ["purchase_asked", "purchase_decided"])
def test_a_message_says_neither_what_nor_for_whom_nor_how_much(template: str) -> None:
    words = (Path(actions.__file__).parent.parent / f"templates/messages/{template}.email.txt").read_text()
    assert "{{ link }}" in words and "{{ name" not in words and "pence" not in words


def test_what_waits_is_one_query_however_much_does(ask: Any, cast: Any, keeper: Any, as_: Any) -> None:
    for many in (1, 6):
        for number in range(many):
            ask(pence=100 + number)
        for who, whole in ((cast.development_officer, 1), (keeper, 1)):
            with as_(who), CaptureQueriesContext(connection) as asked:
                queries.waiting(who)
            assert len(asked) == whole, many


def test_the_chronology_tells_what_came_to_whoever_may_read_the_plan(ask: Any, cast: Any, case: Any, as_: Any) -> None:
    purchase, worker, holder = ask(), cast.family_worker, cast.development_officer
    for who, do, more in (
        (holder, actions.decide_purchase, {"approve": True}), (worker, actions.order_purchase, {}), (worker, actions.receive_purchase, {}),
    ):  # fmt: skip
        with as_(worker):
            assert queries.timeline_entries(worker, case.family) == [], "only what came is told"
        with as_(who):
            do(by=who, purchase=Purchase.objects.select_related("budget", "asked_by").get(pk=purchase.pk), **more)
    with as_(worker):
        (entry,) = queries.timeline_entries(worker, case.family)
        assert (entry.kind, entry.title, entry.day) == ("Purchase", "Bought: bus passes for a term", clock.today())
    for stranger in (cast.other_family_worker, cast.commissioner, cast.provider):
        with as_(stranger):
            assert queries.timeline_entries(stranger, case.family) == []
