"""Many people move money in the same second, each in a connection of their own: nothing is spent twice, and it still adds up."""

import random
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.conftest import Cast
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused, happened_at_once
from hearth.records.money import actions
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.models import Account, AccountKind, Budget, Entry, EntryKind, Fund, Line, Purchase, Share
from hearth.records.money.purchases.actions import ask_for_purchase, decide_purchase
from hearth.records.money.tests.conftest import ASKED, DAY, SAID, standing
from hearth.records.money.tests.test_properties import step
from hearth.records.people.actions import open_family

MANY = 6


@pytest.fixture
def keeper(own_database: Any) -> Iterator[Any]:
    """Who keeps the ledger. What is done here is saved for good, in a database of this file's own."""
    yield Cast().commissioner
    connections.close_all()


@pytest.fixture
def fund(keeper: Any) -> Fund:
    """A source of a thousand pounds."""
    with acting_as(keeper):
        made = actions.add_fund(by=keeper, name=f"Source {uuid.uuid4()}", given_by="Somebody", begins_on=DAY)
        actions.receive_money(by=keeper, fund=made, pence=100_000, **SAID)
    return made


def at_once(keeper: Any, *work: Callable[[], Any]) -> list[str]:
    """Each in a thread and a transaction of its own, begun together: done, or the code of its refusal."""
    together = Barrier(len(work), timeout=60)

    def one(do: Callable[[], Any]) -> str:
        try:
            together.wait()
            with acting_as(keeper):
                do()
            return "done"
        except Refused as refused:
            return refused.refusal.code
        except Exception as fault:
            if happened_at_once(fault):
                return "at once"
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as threads:
        return sorted(threads.map(one, work))


def _give(keeper: Any, fund: Fund, pence: int) -> Share:
    with acting_as(keeper):
        entry = actions.allocate_money(by=keeper, fund=fund, year=2011, purpose="Early support", pence=pence, **SAID)
    assert entry.share is not None
    return entry.share


def test_a_share_is_never_promised_beyond_what_is_left_of_it(keeper: Any, fund: Fund) -> None:
    share = _give(keeper, fund, 10_000)
    work = [
        lambda: actions.commit_money(by=keeper, share=share, pence=4_000, with_whom="Somebody", **SAID)
        for _ in range(MANY)
    ]
    assert at_once(keeper, *work) == ["done"] * 2 + ["money.not_enough"] * (MANY - 2)
    with acting_as(keeper):
        assert standing(fund)["available"] == 2_000


def test_the_same_commitment_is_never_paid_beyond_it_nor_an_entry_reversed_twice(keeper: Any, fund: Fund) -> None:
    share = _give(keeper, fund, 10_000)
    with acting_as(keeper):
        commitment = actions.commit_money(by=keeper, share=share, pence=1_000, with_whom="Somebody", **SAID)
    pay = [lambda: actions.pay_money(by=keeper, commitment=commitment, pence=1_000, **SAID) for _ in range(MANY)]
    assert at_once(keeper, *pay) == ["done"] + ["money.not_enough"] * (MANY - 1)
    with acting_as(keeper):
        paid = Entry.objects.select_related("fund").get(kind=EntryKind.PAID, fund=fund)
    undo = [lambda: actions.reverse_entry(by=keeper, entry=paid, why="Wrong") for _ in range(MANY)]
    assert at_once(keeper, *undo) == ["done"] + ["money.reversed_already"] * (MANY - 1)
    with acting_as(keeper):
        assert standing(fund)["committed"] == 1_000


def test_a_budget_is_never_overspent_by_two_in_the_same_second(keeper: Any, fund: Fund) -> None:
    share, cast = _give(keeper, fund, 50_000), Cast()
    worker = cast.family_worker
    with acting_as(keeper):
        told = {"by": keeper, "share": share, "by_rule_pence": 3_000, "most_pence": 9_000}
        own = budgets.open_budget(name="Own", kind="practitioner", holder=worker, **told)
        other = budgets.open_budget(name="Other", kind="practitioner", holder=worker, **told | {"by_rule_pence": 0})
        for each in (own, other):
            budgets.delegate_money(by=keeper, budget=each, pence=10_000, **SAID)
    with acting_as(worker):
        area = Area.objects.get(code="burnley")
        family = open_family(by=worker, name="Atonce", area=area)

    def ask(budget: Budget, number: int) -> Purchase:
        said = ASKED | {"pence": 3_000, "what": f"Passes {number}"}
        return ask_for_purchase(by=worker, budget=budget, family=family, area=area, **said)

    by_rule = [partial(ask, own, number) for number in range(MANY)]
    assert at_once(worker, *by_rule) == ["done"] * 3 + ["money.not_enough"] * (MANY - 3)
    with acting_as(worker):
        waiting = [ask(other, number) for number in range(MANY)]
    decided = [partial(decide_purchase, by=keeper, purchase=purchase, approve=True) for purchase in waiting]
    assert at_once(keeper, *decided) == ["done"] * 3 + ["money.not_enough"] * (MANY - 3)
    with acting_as(keeper):
        standing(fund)
        left = Account.objects.filter(budget__in=[own, other], kind=AccountKind.AVAILABLE)
        assert sorted(left.values_list("pence", flat=True)) == [1_000, 1_000]
        assert Purchase.objects.filter(state="approved").count() == 6


def test_a_share_that_many_make_at_once_is_one(keeper: Any, fund: Fund) -> None:
    work = [
        lambda: actions.allocate_money(by=keeper, fund=fund, year=2012, purpose="New", pence=100, **SAID)
        for _ in range(MANY)
    ]
    assert at_once(keeper, *work) == ["done"] * MANY
    with acting_as(keeper):
        assert Share.objects.filter(fund=fund).count() == 1 and standing(fund)["available"] == 100 * MANY


def test_the_same_page_and_the_same_number_sent_many_times_at_once_make_one_entry(keeper: Any, fund: Fund) -> None:
    key = uuid.uuid4()
    told = {"by": keeper, "fund": fund, "pence": 5, **SAID}
    same = [lambda: actions.receive_money(key=key, **told) for _ in range(MANY)]
    assert set(at_once(keeper, *same)) <= {"done", "at once"}
    numbered = [lambda: actions.receive_money(voucher="JV1", **told) for _ in range(MANY)]
    assert at_once(keeper, *numbered) == ["done"] + ["money.voucher_twice"] * (MANY - 1)
    with acting_as(keeper):
        assert standing(fund)["unallocated"] == 100_010


@pytest.mark.parametrize("seed", range(3))
def test_whatever_many_do_at_once_in_whatever_order_it_balances(seed: int, keeper: Any, fund: Fund) -> None:
    _give(keeper, fund, 20_000)
    kinds = ["receive", "elsewhere", "allocate", "commit", "commit", "pay", "pay", "release", "recover", "reverse"]

    def many(number: int) -> Callable[[], None]:
        dice = random.Random(f"{seed} {number}")

        def work() -> None:
            for _ in range(12):
                try:
                    with transaction.atomic():
                        step(keeper, fund, dice.choice(kinds), dice.randrange(20), dice.randrange(1, 9_000))
                except Refused:
                    continue

        return work

    assert set(at_once(keeper, *(many(number) for number in range(MANY)))) <= {"done", "at once"}
    with acting_as(keeper):
        standing(fund)
        assert [each.kind for each in Account.objects.filter(fund=fund, pence__lt=0)] == [AccountKind.GIVEN]
        for entry in Entry.objects.filter(fund=fund):
            assert sum(Line.objects.filter(entry=entry).values_list("pence", flat=True)) == 0


def test_an_entry_that_stands_takes_no_more_lines(keeper: Any, fund: Fund) -> None:
    with acting_as(keeper):
        entry = Entry.objects.get(fund=fund)
        waiting = Account.objects.get(fund=fund, kind=AccountKind.UNALLOCATED)
        line = Line(entry=entry, account=waiting, pence=5)
        with pytest.raises(ProgrammingError, match="takes no more lines"), transaction.atomic():
            line.save(force_insert=True)


def test_an_entry_without_lines_is_never_saved(keeper: Any, fund: Fund) -> None:
    with pytest.raises(IntegrityError, match="do not balance"), acting_as(keeper):
        Entry(
            reference="LE-4F7K3QX", kind="received", fund=fund, pence=1, posted_by=keeper, key=uuid.uuid4(), **SAID
        ).save(force_insert=True)
    assert not connection.in_atomic_block


def test_not_even_its_owner_edits_the_ledger(keeper: Any, fund: Fund, own_database: Any) -> None:
    with psycopg.connect(own_database.owner) as owner:
        for sql in ("update money_entry set pence = 1", "delete from money_line", "update money_line set pence = 1"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never edited"), owner.transaction():
                owner.execute(sql)
