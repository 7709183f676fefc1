"""Who may ask, approve, buy, receive, pay and cancel, and the sentence when they may not."""

from typing import Any

from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import fold
from hearth.foundation.ui.filters import pounds
from hearth.records.money.budgets.rules import why_not_open_now
from hearth.records.money.models import Budget, BudgetKind, Purchase, PurchaseState
from hearth.records.money.reach import KEEPS, holds_whole
from hearth.records.money.rules import MOST

ASKS = "work_case"
WAS = {
    PurchaseState.ASKED: "It has not been approved yet.",
    PurchaseState.APPROVED: "It was approved already.",
    PurchaseState.DECLINED: "It was declined.",
    PurchaseState.BOUGHT: "It was bought already.",
    PurchaseState.RECEIVED: "It was received already.",
    PurchaseState.PAID: "It was paid already.",
    PurchaseState.CANCELLED: "It was cancelled.",
}


def why_not_ask(user: Any, budget: Budget, area: Any) -> Refusal | None:
    """Asking: from the budget of the family's district, or from one's own."""
    refusal = why_not_open_now(budget)
    if refusal is not None:
        return refusal
    own = budget.holder_id == user.id
    if user.may(ASKS) and (own or (budget.kind == BudgetKind.DISTRICT and budget.area_id == area.id)):
        return None
    return Refusal(
        "money.not_this_budget", "You cannot ask from this budget. Choose your own, or the family’s district’s."
    )


def why_not_this_purchase(
    user: Any, budget: Budget, *, need: str, what: str, supplier: str, pence: int, why: str
) -> Refusal | None:
    """It says what is needed, what is bought, from whom, for how much and why; and nobody buys from themselves."""
    found = find(pack().unmet.needs, need)
    if found is None or found.retired:
        return Refusal("money.need", "Choose what is needed.")
    if not what.strip() or not supplier.strip():
        return Refusal("money.what", "Say what is bought, and from whom.")
    if not why.strip():
        return Refusal("money.why", "Say what it will change for the family.")
    if not 0 < pence <= MOST:
        return Refusal("money.amount", f"Enter an amount from {pounds(1)} to {pounds(MOST)}.")
    return why_not_own_organisation(user, supplier)


def why_not_own_organisation(user: Any, supplier: str) -> Refusal | None:
    """A conflict of interest: whoever would be paid neither asks nor approves."""
    if fold(supplier) != fold(user.organisation.name) or user.organisation.is_authority:
        return None
    return Refusal(
        "money.own_organisation", "Your own organisation would be paid. Somebody of another one has to do this."
    )


def approved_by_rule(user: Any, budget: Budget, pence: int) -> bool:
    """Whether what its holder asks for is approved at once: up to the budget's limit."""
    return budget.holder_id == user.id and pence <= budget.by_rule_pence


def why_not_decide(user: Any, purchase: Purchase) -> Refusal | None:
    """Deciding: the budget's holder up to their limit, above it whoever keeps the ledger; nobody their own."""
    if purchase.state != PurchaseState.ASKED:
        return Refusal("money.decided", WAS[PurchaseState(purchase.state)])
    if purchase.asked_by_id == user.id:
        return Refusal("money.own_purchase", "You asked for this yourself. Somebody else approves it.")
    refusal = why_not_own_organisation(user, purchase.supplier)
    if refusal is not None or holds_whole(user, KEEPS):
        return refusal
    if purchase.budget.holder_id != user.id:
        return Refusal(
            "money.not_holder", "Only the holder of the budget, or whoever keeps the ledger, can decide this."
        )
    if purchase.pence > purchase.budget.most_pence:
        most = pounds(purchase.budget.most_pence)
        return Refusal(
            "money.above_limit",
            f"You approve up to {most} from this budget. Whoever keeps the ledger decides this one.",
        )
    return None


def why_not_order(user: Any, purchase: Purchase) -> Refusal | None:
    """Buying: whoever asked, or holds the budget; once it is approved."""
    return _at(user, purchase, PurchaseState.APPROVED)


def why_not_receive(user: Any, purchase: Purchase) -> Refusal | None:
    """Saying that it came: the same; once it is bought."""
    return _at(user, purchase, PurchaseState.BOUGHT)


def _at(user: Any, purchase: Purchase, state: PurchaseState) -> Refusal | None:
    if user.id not in (purchase.asked_by_id, purchase.budget.holder_id):
        return Refusal("money.not_asker", "Only whoever asked for it, or holds the budget, can say this.")
    return None if purchase.state == state else Refusal("money.not_now", WAS[PurchaseState(purchase.state)])


def why_not_pay(user: Any, purchase: Purchase) -> Refusal | None:
    """Paying: whoever keeps the ledger, once somebody else said that it came."""
    if not holds_whole(user, KEEPS):
        return Refusal("money.may_not_keep", "Only whoever keeps the ledger can do this. Ask a commissioner.")
    if purchase.state != PurchaseState.RECEIVED:
        sentence = (
            "Nobody has said yet that it came."
            if purchase.state == PurchaseState.BOUGHT
            else WAS[PurchaseState(purchase.state)]
        )
        return Refusal("money.not_now", sentence)
    return None


def why_not_pay_so_much(purchase: Purchase, pence: int) -> Refusal | None:
    """No more than was approved."""
    if 0 < pence <= purchase.pence:
        return None
    return Refusal(
        "money.above_approved",
        f"{pounds(purchase.pence)} was approved. Pay no more, or have another purchase approved.",
    )


def why_not_cancel(user: Any, purchase: Purchase, why: str) -> Refusal | None:
    """Cancelling: whoever asked, while it waits; the holder or the ledger's keeper, until it came."""
    waits = purchase.state == PurchaseState.ASKED
    answers = purchase.budget.holder_id == user.id or holds_whole(user, KEEPS)
    if not answers and not (waits and purchase.asked_by_id == user.id):
        return Refusal("money.not_cancel", "It is approved. Ask the holder of the budget to cancel it.")
    if purchase.state not in (PurchaseState.ASKED, PurchaseState.APPROVED, PurchaseState.BOUGHT):
        return Refusal("money.not_now", WAS[PurchaseState(purchase.state)])
    return None if why.strip() else Refusal("money.no_reason", "Say why it is cancelled.")
