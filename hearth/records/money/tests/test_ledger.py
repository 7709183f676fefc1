"""The ledger always adds up; nothing in it is edited; no account falls below nothing; and the database itself holds that."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money import actions, queries
from hearth.records.money.models import Account, AccountKind, Entry, EntryKind, Fund, Line, Share
from hearth.records.money.tests.conftest import DAY, SAID, balanced, standing


def _refused(do: Callable[..., Any], **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(**told)
    return refused.value.refusal.code


def test_a_pound_goes_from_its_source_to_whom_it_was_paid_and_back(
    keeper: Any, fund: Fund, share: Share, commit: Any, as_: Any
) -> None:
    commitment = commit(share, 3_000_000)
    with as_(keeper):
        of = {"by": keeper, "commitment": commitment, **SAID}
        actions.pay_money(pence=2_000_001, **of)
        actions.release_money(pence=500_000, **of)
        actions.recover_money(pence=1, **of)
        actions.pass_elsewhere(by=keeper, fund=fund, pence=1_500_000, **SAID)
        balanced()
        assert standing(fund) == {
            "given": -10_000_000, "unallocated": 500_000, "elsewhere": 1_500_000,
            "available": 5_500_001, "committed": 499_999, "paid": 2_000_000,
        }  # fmt: skip
        (statement,) = queries.statements(keeper)
        assert (statement.received, statement.allocated, statement.to_allocate) == (10_000_000, 8_000_000, 500_000)
        (row,) = queries.shares(keeper, queries.Wanted())
        assert (row.allocated, row.committed, row.paid, row.available) == (8_000_000, 499_999, 2_000_000, 5_500_001)


def test_every_figure_opens_into_lines_that_make_it(
    keeper: Any, fund: Fund, share: Share, commit: Any, as_: Any
) -> None:
    commitment = commit(share, 3_000_000)
    with as_(keeper):
        actions.pay_money(by=keeper, commitment=commitment, pence=1_200_000, **SAID)
        figures = queries.share_figures(keeper, share)
        for kind in queries.OF_SHARE:
            rows = queries.lines_of_share(keeper, share, kind, 1).rows
            assert sum(line.pence for line in rows) == figures.of[kind]
        statement = queries.statements(keeper, fund)[0]
        for kind in queries.OF_SOURCE:
            rows = queries.lines_of_fund(keeper, fund, kind, 1).rows
            assert sum(line.pence for line in rows) == statement.of[kind]
        (found,) = queries.commitments(keeper, share)
        assert (found.entry, found.paid, found.left) == (commitment, 1_200_000, 1_800_000)


def test_more_than_is_there_is_taken_from_nowhere(
    keeper: Any, fund: Fund, share: Share, commit: Any, area: Any, as_: Any
) -> None:
    commitment = commit(share, 1_000_000)
    with as_(keeper):
        of = {"by": keeper, "commitment": commitment, **SAID}
        too_much = "money.not_enough"
        assert _refused(actions.pay_money, pence=1_000_001, **of) == too_much
        assert _refused(actions.release_money, pence=1_000_001, **of) == too_much
        assert _refused(actions.recover_money, pence=1, **of) == too_much
        assert _refused(actions.pass_elsewhere, by=keeper, fund=fund, pence=2_000_001, **SAID) == too_much
        assert (
            _refused(actions.commit_money, by=keeper, share=share, pence=7_000_001, with_whom="x", **SAID) == too_much
        )
        given = {"by": keeper, "fund": fund, "area": area, "year": 2011, "purpose": "More", **SAID}
        assert _refused(actions.allocate_money, pence=2_000_001, **given) == too_much
        before = standing(fund)
        actions.pay_money(pence=1_000_000, **of)
        assert standing(fund)["paid"] == 1_000_000 and before["committed"] == 1_000_000


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"pence": 0}, "money.amount"),
        ({"pence": -5}, "money.amount"),
        ({"pence": 10**15}, "money.amount"),
        ({"happened_on": clock.today() + dt.timedelta(days=1)}, "money.in_the_future"),
        ({"happened_on": dt.date(1066, 10, 14)}, "money.too_long_ago"),
        ({"words": " \u202e "}, "money.words"),
        ({"year": 12}, "money.year"),
        ({"purpose": " "}, "money.purpose"),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, Any], code: str, keeper: Any, fund: Fund, as_: Any) -> None:
    right = {"year": 2011, "purpose": "Early support", "pence": 100, **SAID}
    with as_(keeper):
        assert _refused(actions.allocate_money, by=keeper, fund=fund, **(right | told)) == code
        assert not Share.objects.exists() or code not in ("money.year", "money.purpose")


def test_a_source_is_named_once_and_ends_after_it_begins(keeper: Any, fund: Fund, as_: Any) -> None:
    with as_(keeper):
        told = {"by": keeper, "given_by": "Somebody", "begins_on": DAY}
        assert _refused(actions.add_fund, name="FORUM 2011/12 ", **told) == "money.fund_twice"
        assert _refused(actions.add_fund, name=" ", **told) == "money.fund_name"
        assert _refused(actions.add_fund, name="Other", ends_on=dt.date(2001, 1, 1), **told) == "money.fund_ends"


def test_what_nobody_was_given_of_a_source_that_has_ended_is_not_explained(keeper: Any, share: Share, as_: Any) -> None:
    with as_(keeper):
        fund = actions.add_fund(
            by=keeper, name="Forum 2010/11", given_by="The forum", begins_on=DAY, ends_on=dt.date(2012, 3, 31)
        )
        actions.receive_money(by=keeper, fund=fund, pence=4_000_000, **SAID)
        going_on, ended = queries.statements(keeper)[::-1]
        assert (ended.not_explained, ended.to_allocate) == (4_000_000, 0)
        assert (going_on.not_explained, going_on.to_allocate) == (0, 2_000_000)


def test_an_entry_is_reversed_once_by_its_mirror_and_both_stay(keeper: Any, fund: Fund, share: Share, as_: Any) -> None:
    with as_(keeper):
        entry = Entry.objects.get(kind=EntryKind.ALLOCATED)
        mirror = actions.reverse_entry(by=keeper, entry=entry, why="It was for the other district")
        balanced()
        assert standing(fund)["available"] == 0 and standing(fund)["unallocated"] == 10_000_000
        assert {(line.account_id, line.pence) for line in Line.objects.filter(entry=mirror)} == {
            (line.account_id, -line.pence) for line in Line.objects.filter(entry=entry)
        }
        for wrong, code in ((entry, "money.reversed_already"), (mirror, "money.reversal")):
            assert _refused(actions.reverse_entry, by=keeper, entry=Entry.objects.get(pk=wrong.pk), why="Again") == code
        assert Entry.objects.count() == 3


def test_what_was_spent_since_is_reversed_first(keeper: Any, share: Share, commit: Any, as_: Any) -> None:
    commitment, beside = commit(share, 1_000_000), commit(share, 2_000_000)
    with as_(keeper):
        paid = actions.pay_money(by=keeper, commitment=commitment, pence=900_000, **SAID)
        allocated = Entry.objects.get(kind=EntryKind.ALLOCATED)
        for entry in (allocated, commitment):  # though another commitment still has more than enough
            assert _refused(actions.reverse_entry, by=keeper, entry=entry, why="Wrong") == "money.not_enough"
        actions.reverse_entry(by=keeper, entry=paid, why="Wrong")
        actions.reverse_entry(by=keeper, entry=commitment, why="Wrong")
        balanced()
        assert standing(share.fund)["committed"] == beside.pence
        commitment = Entry.objects.get(pk=commitment.pk)
        assert _refused(actions.pay_money, by=keeper, commitment=commitment, pence=1, **SAID) == "money.reversed"


def test_a_page_sent_twice_makes_one_entry_and_other_words_another(keeper: Any, fund: Fund, as_: Any) -> None:
    key = uuid.uuid4()
    with as_(keeper):
        told = {"by": keeper, "fund": fund, "pence": 500, "key": key, **SAID}
        assert actions.receive_money(**told) == actions.receive_money(**told)
        assert actions.receive_money(**told) != actions.receive_money(**(told | {"pence": 501}))
        assert standing(fund)["unallocated"] == 10_001_001


def test_a_number_of_the_councils_books_is_posted_once_until_it_is_reversed(keeper: Any, fund: Fund, as_: Any) -> None:
    with as_(keeper):
        told = {"by": keeper, "fund": fund, "pence": 500, "voucher": "JV 100", **SAID}
        entry = actions.receive_money(**told)
        assert _refused(actions.receive_money, **told) == "money.voucher_twice"
        actions.reverse_entry(by=keeper, entry=entry, why="It was £6")
        assert actions.receive_money(**(told | {"pence": 600})).voucher == "JV100"


def test_a_sum_is_allotted_by_a_formula_to_the_penny(
    keeper: Any, fund: Fund, area: Any, other_area: Any, as_: Any
) -> None:
    with as_(keeper):
        told = {"by": keeper, "fund": fund, "year": 2011, "purpose": "By formula", "pence": 100_001, **SAID}
        entries = actions.allot_money(parts=[(area, 2), (other_area, 1)], **told)
        assert {code: entry.pence for code, entry in entries.items()} == {area.code: 66_667, other_area.code: 33_334}
        balanced()
        for parts in ([], [(area, 0)], [(area, -1), (other_area, 2)]):
            assert _refused(actions.allot_money, parts=parts, **told) == "money.parts"


def test_each_posting_is_on_record(keeper: Any, share: Share, as_: Any) -> None:
    with as_(keeper):
        verbs = list(
            AuditEvent.objects.filter(actor_id=keeper.id, verb__startswith="money.").values_list("verb", flat=True)
        )
    assert sorted(verbs) == ["money.entry_posted", "money.entry_posted", "money.fund_added"]


# What the database holds by itself, whatever the code above it forgets.


def _raw(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _entry(keeper: Any, fund: Fund, **told: Any) -> Entry:
    entry = Entry(
        reference="LE-4F7K3QX", fund=fund, posted_by=keeper, key=uuid.uuid4(),
        **({"kind": "received", "pence": 5} | SAID | told),
    )  # fmt: skip
    entry.save(force_insert=True)
    return entry


def _written(keeper: Any, fund: Fund, moved: dict[Account, int], **told: Any) -> None:
    """An entry with these lines, past every action; and what the database asks when the transaction ends."""
    with transaction.atomic():
        entry = _entry(keeper, fund, **told)
        for account, pence in moved.items():
            Line(entry=entry, account=account, pence=pence).save(force_insert=True)
        balanced()


def test_the_database_takes_no_entry_that_does_not_balance(keeper: Any, fund: Fund, share: Share, as_: Any) -> None:
    with as_(keeper):
        given = Account.objects.get(fund=fund, kind=AccountKind.GIVEN)
        waiting = Account.objects.get(fund=fund, kind=AccountKind.UNALLOCATED)
        for wrong in ({}, {given: -5}, {given: -5, waiting: 4}, {given: -6, waiting: 6}):
            with pytest.raises(IntegrityError, match="do not balance"):
                _written(keeper, fund, wrong)
        balanced()


def test_the_database_lets_no_account_fall_below_nothing(keeper: Any, fund: Fund, share: Share, as_: Any) -> None:
    with as_(keeper):
        left = Account.objects.get(share=share, kind=AccountKind.AVAILABLE)
        waiting = Account.objects.get(fund=fund, kind=AccountKind.UNALLOCATED)
        with pytest.raises(IntegrityError, match="never_below_nothing"):
            _written(keeper, fund, {left: -9_000_000, waiting: 9_000_000}, kind="allocated", pence=9_000_000)


def test_the_database_takes_no_reversal_that_is_no_mirror_and_no_second_one(
    keeper: Any, fund: Fund, share: Share, as_: Any
) -> None:
    with as_(keeper):
        given = Account.objects.get(fund=fund, kind=AccountKind.GIVEN)
        waiting = Account.objects.get(fund=fund, kind=AccountKind.UNALLOCATED)
        allocated = Entry.objects.get(kind=EntryKind.ALLOCATED)
        moved = {given: -8_000_000, waiting: 8_000_000}
        with pytest.raises(IntegrityError, match="does not mirror"):
            _written(keeper, fund, moved, kind="reversed", reverses=allocated, pence=8_000_000)
        actions.reverse_entry(by=keeper, entry=Entry.objects.get(pk=allocated.pk), why="Wrong")
        with pytest.raises(IntegrityError), transaction.atomic():
            _entry(keeper, fund, kind="reversed", reverses=allocated)


def test_the_database_lets_nobody_edit_the_ledger(keeper: Any, fund: Fund, share: Share, as_: Any) -> None:
    with as_(keeper):
        for sql in (
            "update money_entry set pence = 1",
            "delete from money_entry",
            "update money_line set pence = 1",
            "delete from money_line",
            "update money_account set pence = 0",
            "delete from money_account",
            "update money_share set purpose = 'x'",
            "update money_fund set name = 'x'",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                _raw(sql)


def test_money_stays_with_its_source(keeper: Any, fund: Fund, as_: Any) -> None:
    with as_(keeper):
        other = actions.add_fund(by=keeper, name="Other", given_by="Somebody", begins_on=DAY)
        actions.receive_money(by=keeper, fund=other, pence=5, **SAID)
        theirs = Account.objects.get(fund=other, kind=AccountKind.UNALLOCATED)
        given = Account.objects.get(fund=fund, kind=AccountKind.GIVEN)
        with pytest.raises(IntegrityError, match="between sources"):
            _written(keeper, fund, {given: -5, theirs: 5})
