"""Who may open a budget and put money in it, and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.records.money.models import Budget, BudgetKind, Share

HOLDS = "hold_budget"


def why_not_see_budgets(user: Any) -> Refusal | None:
    """The list: whoever may hold a budget, ask from one, or sees the ledger."""
    if any(user.may(each) for each in (HOLDS, "see_ledger", "work_case")):
        return None
    return Refusal("money.no_budgets", "Your role does not include budgets. Ask a manager if it should.")


def why_not_hold(holder: Any, share: Share) -> Refusal | None:
    """A budget is held by somebody whose role may hold one where its money is."""
    if holder is None:
        return Refusal("money.no_holder", "Enter the e-mail address or the name of somebody who signs in here.")
    if holder.may(HOLDS, share.area):
        return None
    where = share.area.name if share.area else "the whole authority"
    return Refusal("money.may_not_hold", f"{holder.full_name} has no role in which they may hold a budget of {where}.")


def why_not_these_limits(by_rule: int, most: int, ends_on: dt.date | None) -> Refusal | None:
    """What is approved by rule is never more than what its holder may approve."""
    if not 0 <= by_rule <= most or most <= 0:
        return Refusal(
            "money.limits", "What is approved by rule must not be more than the most that its holder approves."
        )
    if ends_on is not None and ends_on < clock.today():
        return Refusal("money.ended_before", "The last day of the budget has passed. Enter today or a later day.")
    return None


def why_not_name(share: Share, name: str, kind: str) -> Refusal | None:
    """A budget has a name of its own in its share."""
    if not name.strip() or kind not in BudgetKind.values:
        return Refusal("money.budget_name", "Say what the budget is called, and whose it is.")
    if kind == BudgetKind.DISTRICT and share.area is None:
        return Refusal(
            "money.no_district", "This share is of the whole authority. Choose a lead practitioner’s budget."
        )
    if Budget.objects.filter(share=share, name__iexact=name.strip()).exists():
        return Refusal("money.budget_twice", "There is a budget of that name. Open it, or give this one another.")
    return None


def why_not_open_now(budget: Budget) -> Refusal | None:
    """Putting money into a budget, and asking from it: while it is open."""
    if budget.is_open:
        return None
    return Refusal("money.budget_ended", "This budget has ended. Choose another, or have one opened.")


def why_not_change(budget: Budget) -> Refusal | None:
    """Its limits, its holder and its last day: until it is ended, also where its last day has passed."""
    return Refusal("money.budget_ended", "This budget has ended already.") if budget.ended_at is not None else None


def why_not_end(budget: Budget, open_purchases: int, why: str) -> Refusal | None:
    """Ending: once nothing that was asked from it is still to be decided, bought or paid."""
    if budget.ended_at is not None:
        return Refusal("money.budget_ended", "This budget has ended already.")
    if open_purchases:
        return Refusal(
            "money.still_open", "Something asked from it is not finished. Decide it, pay it or cancel it first."
        )
    return None if why.strip() else Refusal("money.no_reason", "Say why it ends.")
