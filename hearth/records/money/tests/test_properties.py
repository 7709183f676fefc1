"""Whatever is done with money in whatever order, the ledger balances, and no account falls below nothing."""

import contextlib
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from hearth.foundation.core.refusals import Refused
from hearth.records.money import actions
from hearth.records.money.models import Account, AccountKind, Entry, EntryKind, Fund, Share
from hearth.records.money.tests.conftest import SAID, balanced, standing

# What is done, to which of those that are there, and how much: often more than there is.
STEPS = some.lists(
    some.tuples(
        some.sampled_from(["receive", "elsewhere", "allocate", "commit", "pay", "release", "recover", "reverse"]),
        some.integers(0, 20),
        some.integers(1, 3_000),
    ),
    min_size=4,
    max_size=14,
)


def step(by: Any, fund: Fund, what: str, which: int, pence: int) -> None:
    """One of them, done to something that is there; nothing where there is none of the kind."""
    shares = list(Share.objects.filter(fund=fund).order_by("purpose"))
    entries = list(Entry.objects.filter(fund=fund).select_related("fund", "share").order_by("created_at", "id"))
    commitments = [entry for entry in entries if entry.kind == EntryKind.COMMITTED]
    of: dict[str, Any] = {"by": by, "pence": pence, **SAID}
    if what == "receive":
        actions.receive_money(fund=fund, **of)
    elif what == "elsewhere":
        actions.pass_elsewhere(fund=fund, **of)
    elif what == "allocate":
        actions.allocate_money(fund=fund, year=2011, purpose=f"Purpose {which % 3}", **of)
    elif what == "commit" and shares:
        actions.commit_money(share=shares[which % len(shares)], with_whom="Somebody", **of)
    elif what in ("pay", "release", "recover") and commitments:
        do = {"pay": actions.pay_money, "release": actions.release_money, "recover": actions.recover_money}[what]
        do(commitment=commitments[which % len(commitments)], **of)
    elif what == "reverse" and entries:
        actions.reverse_entry(by=by, entry=entries[which % len(entries)], why="Wrong")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_balances_whatever_is_done_in_whatever_order(
    steps: list[tuple[str, int, int]], fund: Fund, keeper: Any, as_: Any
) -> None:
    with as_(keeper), transaction.atomic():
        for what, which, pence in [("allocate", 0, 2_000), ("commit", 0, 1_000), *steps]:
            with contextlib.suppress(Refused):
                step(keeper, fund, what, which, pence)
            balanced()
            standing(fund)
        below = [account.kind for account in Account.objects.filter(fund=fund, pence__lt=0)]
        assert below == [AccountKind.GIVEN]
        transaction.set_rollback(True)
