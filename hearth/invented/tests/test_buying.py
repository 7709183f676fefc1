"""A demonstration has what is bought at every step: intentions, grants, tenders, contracts with outcomes and payments, returns."""

from collections import Counter
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.invented import authority, bought, contracts, money, returned, tendered, unmet, worth
from hearth.invented.cast import load_cast


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """A few families are told in a database of their own, and then what was bought for them."""
    load_cast(pack())
    cast, places = authority._tell_all(24, 11, lambda _: None)
    unmet.tell_unmet(cast, places, 11)
    money.tell_money(cast, places)
    contracts.tell_contracts(cast, places)
    worth.tell_worth(cast, places)
    tendered.tell_tenders(cast, places, bought.tell_bought(cast, places))
    returned.tell_returns(cast, places)

    def asked(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return asked


def test_contracts_are_signed_by_two_and_one_ends_before_its_time(rows: Any) -> None:
    found = Counter(state for (state,) in rows("select state from contracts_contract"))
    assert found["signed"] >= 2 and found["decommissioned"] == 1
    assert rows("select count(*) from contracts_contract where first_signed_by_id = signed_by_id") == [(0,)]


def test_an_outcome_is_verified_by_somebody_else_and_paid_and_another_waits(rows: Any) -> None:
    found = rows(
        "select state, claimed_by_id = checked_by_id, checked_by_id is null from contracts_outcomeclaim order by state"
    )
    assert [state for state, _, _ in found] == ["claimed", "paid"]
    assert found[0][2] and found[1][1] is False
    paid = rows("""select p.pence, sum(l.pence), count(l.entry_id) from contracts_payment p
        join contracts_paymentline l on l.payment_id = p.id where p.claim_id is not null group by p.id""")
    assert [(pence, together) for pence, together, _ in paid] == [(250_00, 250_00)] and paid[0][2] >= 1
    named = rows("""select count(*) from contracts_claimwords w where exists (select 1 from people_membership m join people_person p
        on p.id = m.person_id where m.family_id = w.family_id and p.family_name <> '' and position(p.family_name in w.words) > 0)""")
    assert named == [(0,)]


def test_a_milestone_is_paid_and_another_waits_to_be_certified(rows: Any) -> None:
    found = Counter(state for (state,) in rows("select state from contracts_milestone"))
    assert found["paid"] >= 1 and found["reached"] >= 1 and found["due"] >= 1


def test_the_ledger_balances_and_no_account_is_overdrawn(rows: Any) -> None:
    assert rows("select count(*) from money_account where pence < 0 and kind <> 'given'") == [(0,)]
    assert rows("select sum(pence) from money_account") == [(0,)]


def test_returns_are_certified_queried_and_late(rows: Any) -> None:
    found = dict(rows("select state, count(*) from returns_return group by state"))
    assert found == {"certified": 1, "queried": 1, "draft": 1}
    assert rows("select count(*) from returns_return where state = 'draft' and due_on < current_date") in (
        [(1,)],
        [(0,)],
    )
    assert rows("select count(*) from returns_return where state = 'queried' and answer_due_on is null") == [(0,)]
    assert rows("select count(*) > 0 from returns_returnchase") == [(True,)]


def test_tenders_stand_at_their_steps_and_no_bid_lies_open_before_its_time(rows: Any) -> None:
    states = Counter(state for (state,) in rows("select state from procurement_tender"))
    assert sum(states.values()) >= 2 and len(states) >= 2, states
    assert rows("select count(*) > 0 from procurement_bid") == [(True,)]


def test_intentions_and_grants_are_there_at_every_stage(rows: Any) -> None:
    assert len({state for (state,) in rows("select state from needs_intention")}) >= 2
    grants = Counter(state for (state,) in rows("select state from grants_grantapplication"))
    assert grants["awarded"] >= 1 and len(grants) >= 3, grants


def test_what_it_was_worth_rests_on_counted_days(rows: Any) -> None:
    assert rows("select count(*) from value_valuation") >= [(1,)] and rows("select count(*) from value_caredays") >= [
        (1,)
    ]
