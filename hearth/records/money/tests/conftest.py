"""A source of a hundred thousand pounds, shares of it for the first district and the second, and budgets of the first's.

The district's is held by its development officer, the other by a lead practitioner.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hearth.records.money import actions, queries
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.loading.actions import load_ledger
from hearth.records.money.loading.reading import read
from hearth.records.money.models import Account, Budget, Entry, Fund, Line, Purchase, Share
from hearth.records.money.purchases.actions import ask_for_purchase

DAY = dt.date(2011, 4, 1)
SAID: dict[str, Any] = {"happened_on": DAY, "words": "As the paper says"}


def balanced() -> None:
    """What the database asks when a transaction ends: asked now, and again at the end."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


@pytest.fixture
def keeper(cast: Any) -> Any:
    """Who keeps the ledger."""
    return cast.commissioner


@pytest.fixture
def fund(keeper: Any, as_: Any) -> Fund:
    """A source that gave £100,000."""
    with as_(keeper):
        made = actions.add_fund(by=keeper, name="Forum 2011/12", given_by="The forum", begins_on=DAY)
        actions.receive_money(by=keeper, fund=made, pence=10_000_000, **SAID)
    return made


@pytest.fixture
def give(keeper: Any, fund: Fund, as_: Any) -> Callable[..., Share]:
    """`give(area, 8_000_000)` allocates £80,000 of it to a district."""

    def make(area: Any, pence: int, **told: Any) -> Share:
        with as_(keeper):
            entry = actions.allocate_money(
                by=keeper,
                fund=fund,
                area=area,
                pence=pence,
                **({"year": 2011, "purpose": "Early support"} | SAID | told),
            )
        assert entry.share is not None
        return entry.share

    return make


@pytest.fixture
def share(give: Any, area: Any) -> Share:
    """The first district's £80,000."""
    return give(area, 8_000_000)


@pytest.fixture
def commit(keeper: Any, as_: Any) -> Callable[..., Entry]:
    """`commit(share, 100_00)` promises a hundred pounds of it to a charity."""

    def make(share: Share, pence: int, **told: Any) -> Entry:
        with as_(keeper):
            return actions.commit_money(
                by=keeper, share=share, pence=pence, **({"with_whom": "Lantern Family Support"} | SAID | told)
            )

    return make


def standing(fund: Fund) -> dict[str, int]:
    """What stands in each kind of account of a source, each account the sum of its own lines."""
    found: dict[str, int] = {}
    for account in Account.objects.filter(fund=fund):
        assert account.pence == sum(Line.objects.filter(account=account).values_list("pence", flat=True))
        found[account.kind] = found.get(account.kind, 0) + account.pence
    assert sum(found.values()) == 0
    return found


ASKED: dict[str, Any] = {
    "need": "transport", "what": "Bus passes for a term", "supplier": "Northshire Buses", "pence": 12_000,
    "why": "They can come to the group.", "source": "plan", "basis": "PL-4F7K3QX",
}  # fmt: skip


@pytest.fixture
def budget(keeper: Any, share: Share, cast: Any, as_: Any) -> Budget:
    """The district's: £500, of which its holder approves up to £200 at once."""
    with as_(keeper):
        made = budgets.open_budget(
            by=keeper, share=share, name="Spot purchases", kind="district", holder=cast.development_officer,
            by_rule_pence=1_000, most_pence=20_000,
        )  # fmt: skip
        budgets.delegate_money(by=keeper, budget=made, pence=50_000, **SAID)
    return made


@pytest.fixture
def own_budget(keeper: Any, share: Share, cast: Any, as_: Any) -> Budget:
    """A lead practitioner's: £100, of which up to £30 are approved by rule."""
    with as_(keeper):
        made = budgets.open_budget(
            by=keeper, share=share, name="Joanne's", kind="practitioner", holder=cast.family_worker, by_rule_pence=3_000,
            most_pence=5_000,
        )  # fmt: skip
        budgets.delegate_money(by=keeper, budget=made, pence=10_000, **SAID)
    return made


@pytest.fixture
def ask(cast: Any, budget: Budget, case: Any, as_: Any) -> Callable[..., Purchase]:
    """`ask(pence=500)` asks for bus passes for the Ashworths, as the family worker, from the district's budget."""

    def make(by: Any = None, **told: Any) -> Purchase:
        by = by or cast.family_worker
        with as_(by):
            said = {"budget": budget, "family": case.family, "area": case.area} | ASKED | told
            return ask_for_purchase(by=by, **said)

    return make


@pytest.fixture
def load(keeper: Any, as_: Any) -> Callable[..., int]:
    """`load(workbook(rows))` loads it as whoever keeps the ledger."""

    def make(content: bytes, by: Any = None) -> int:
        by = by or keeper
        with as_(by):
            areas = queries.districts()
            book = read(content, queries.district_codes(areas))
            return load_ledger(by=by, file_name="a.xlsx", book=book, areas={area.code: area for area in areas})

    return make
