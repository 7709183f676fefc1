"""A source of a hundred thousand pounds, and shares of it for the first district and the second."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hearth.records.money import actions
from hearth.records.money.models import Account, Entry, Fund, Line, Share

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
