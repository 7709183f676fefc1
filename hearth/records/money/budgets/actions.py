"""Open a budget, put money into it, take some back, and end it."""

import datetime as dt
from typing import Any, Unpack

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.money import posting
from hearth.records.money import rules as ledger
from hearth.records.money.budgets import rules
from hearth.records.money.models import OPEN, Account, AccountKind, Budget, Entry, EntryKind, Purchase, Share
from hearth.records.money.posting import Posting, Said


@action
def open_budget(
    *, by: Any, share: Share, name: str, kind: str, holder: Any, by_rule_pence: int, most_pence: int,
    ends_on: dt.date | None = None,
) -> Budget:  # fmt: skip
    """Name a budget of a share, who answers for it, and its limits. It is empty until money is put into it."""
    refuse(ledger.why_not_keep_ledger(by))
    name = " ".join(clean(name).split())[:120]
    refuse(rules.why_not_name(share, name, kind))
    refuse(rules.why_not_hold(holder, share))
    refuse(rules.why_not_these_limits(by_rule_pence, most_pence, ends_on))
    budget = Budget(
        reference=drawn_reference("BU"), share=share, area=share.area, name=name, kind=kind, holder=holder,
        by_rule_pence=by_rule_pence, most_pence=most_pence, ends_on=ends_on, opened_by=by,
    )  # fmt: skip
    budget.save(force_insert=True)
    record("money.budget_opened", subject=budget, holder=holder.reference, share=share.reference)
    return budget


@action
def change_budget(
    *, by: Any, budget: Budget, holder: Any, by_rule_pence: int, most_pence: int, ends_on: dt.date | None = None
) -> Budget:
    """Say anew who answers for a budget, its limits and its last day. What was approved before stays approved."""
    refuse(ledger.why_not_keep_ledger(by))
    budget.hold()
    refuse(rules.why_not_change(budget))
    refuse(rules.why_not_hold(holder, budget.share))
    refuse(rules.why_not_these_limits(by_rule_pence, most_pence, ends_on))
    budget.holder, budget.by_rule_pence, budget.most_pence, budget.ends_on = holder, by_rule_pence, most_pence, ends_on
    budget.save(update_fields=["holder", "by_rule_pence", "most_pence", "ends_on"])
    record("money.budget_changed", subject=budget, holder=holder.reference, by_rule=by_rule_pence, most=most_pence)
    return budget


@action
def delegate_money(*, by: Any, budget: Budget, **said: Unpack[Said]) -> Entry:
    """Put part of the share into the budget."""
    refuse(ledger.why_not_keep_ledger(by))
    budget.hold()
    refuse(rules.why_not_open_now(budget))
    return _move(by, EntryKind.DELEGATED, budget, said)


@action
def return_money(*, by: Any, budget: Budget, **said: Unpack[Said]) -> Entry:
    """Take back what is left in the budget, or part of it."""
    refuse(ledger.why_not_keep_ledger(by))
    budget.hold()
    return _move(by, EntryKind.RETURNED, budget, said)


@action
def end_budget(*, by: Any, budget: Budget, why: str) -> Budget:
    """End a budget: what is left in it goes back to its share."""
    refuse(ledger.why_not_keep_ledger(by))
    budget.hold()
    open_purchases = Purchase.objects.filter(budget=budget, state__in=OPEN).count()
    refuse(rules.why_not_end(budget, open_purchases, why))
    left = Account.objects.filter(budget=budget, kind=AccountKind.AVAILABLE).first()
    if left is not None and left.pence:
        posting.hold_accounts([left])
        said = Said(pence=left.pence, happened_on=clock.today(), words="Left when the budget ended")
        _move(by, EntryKind.RETURNED, budget, said)
    budget.ended_at, budget.ended_why = clock.now(), " ".join(clean(why).split())[:200]
    budget.save(update_fields=["ended_at", "ended_why"])
    record("money.budget_ended", subject=budget)
    return budget


def _move(by: Any, kind: EntryKind, budget: Budget, said: Said) -> Entry:
    share = Share.objects.select_related("fund", "area").get(pk=budget.share_id)
    return posting.post(by, Posting(kind=kind, fund=share.fund, share=share, budget=budget, **said))
