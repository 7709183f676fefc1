"""Ask for a purchase, decide it, buy it, say that it came, pay it, or cancel it. Money is committed as it is approved."""

import datetime as dt
import uuid
from typing import Any, NotRequired, TypedDict

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.money import posting
from hearth.records.money.models import Budget, Entry, EntryKind, Purchase, PurchaseState, PurchaseWords, Share
from hearth.records.money.posting import Posting
from hearth.records.money.purchases import rules
from hearth.records.money.purchases.queries import who_decides


class Asked(TypedDict):
    """What whoever asks says: from which budget, what is needed, what would be bought, from whom, for how much, why; the page's key."""

    budget: Budget
    need: str
    what: str
    supplier: str
    pence: int
    why: str
    key: NotRequired[uuid.UUID | None]


@action
def ask_for_purchase(
    *, by: Any, budget: Budget, family: Any, area: Any, source: str, basis: str, need: str, what: str, supplier: str, pence: int,
    why: str, key: uuid.UUID | None = None,
) -> Purchase:  # fmt: skip
    """Ask for something for a family, from a plan or at a panel; approved at once where the budget's rule says so.

    `area` is the family's district; `basis` the reference of the plan or of the panel's item.
    """
    budget.hold()
    refuse(rules.why_not_ask(by, budget, area))
    what, supplier, why = _line(what, 200), _line(supplier, 120), clean(why).strip()
    refuse(rules.why_not_this_purchase(by, budget, need=need, what=what, supplier=supplier, pence=pence, why=why))
    key = key_of_sending(key, budget, family, source, basis, need, what, supplier, pence, why)
    sent_before = Purchase.objects.filter(asked_by=by, key=key).first()
    if sent_before is not None:
        record("money.purchase_sent_again", subject=sent_before)
        return sent_before
    purchase = Purchase(
        reference=drawn_reference("SP"), budget=budget, need=need, what=what, supplier=supplier, pence=pence, asked_by=by,
        asked_on=clock.today(), key=key,
    )  # fmt: skip
    purchase.save(force_insert=True)
    PurchaseWords(purchase=purchase, family=family, source=source, basis=basis, why=why).save(force_insert=True)
    record("money.purchase_asked", family=family, subject=purchase, pence=pence, budget=budget.reference, need=need)
    if rules.approved_by_rule(by, budget, pence):
        _approve(by, purchase, by_rule=True)
        record("money.purchase_approved_by_rule", subject=purchase, pence=pence, budget=budget.reference)
        return purchase
    for person in who_decides(purchase):
        _tell(by, person, purchase, "purchase_asked")
    return purchase


@action
def decide_purchase(*, by: Any, purchase: Purchase, approve: bool, words: str = "") -> Purchase:
    """Approve a purchase, which commits its money; or decline it, saying why."""
    _hold(purchase)
    refuse(rules.why_not_decide(by, purchase))
    purchase.decision = _line(words, 200)
    purchase.decided_by, purchase.decided_on = by, clock.today()
    if approve:
        _approve(by, purchase)
    else:
        purchase.state = PurchaseState.DECLINED
    purchase.save(update_fields=["state", "decision", "decided_by", "decided_on", "commitment"])
    record("money.purchase_approved" if approve else "money.purchase_declined", subject=purchase, pence=purchase.pence)
    _tell(by, purchase.asked_by, purchase, "purchase_decided")
    return purchase


@action
def order_purchase(*, by: Any, purchase: Purchase) -> Purchase:
    """It is bought: the supplier was asked for it."""
    _hold(purchase)
    refuse(rules.why_not_order(by, purchase))
    purchase.state, purchase.bought_on = PurchaseState.BOUGHT, clock.today()
    purchase.save(update_fields=["state", "bought_on"])
    record("money.purchase_bought", subject=purchase)
    return purchase


@action
def receive_purchase(*, by: Any, purchase: Purchase) -> Purchase:
    """It came: what was bought was given to the family."""
    _hold(purchase)
    refuse(rules.why_not_receive(by, purchase))
    purchase.state, purchase.received_on = PurchaseState.RECEIVED, clock.today()
    purchase.save(update_fields=["state", "received_on"])
    record("money.purchase_received", subject=purchase)
    return purchase


@action
def pay_purchase(*, by: Any, purchase: Purchase, pence: int, happened_on: dt.date, voucher: str = "") -> Purchase:
    """Pay the supplier; what was approved and not needed is available in the budget again."""
    _hold(purchase)
    refuse(rules.why_not_pay(by, purchase))
    refuse(rules.why_not_pay_so_much(purchase, pence))
    _post(by, EntryKind.PAID, purchase, pence, happened_on, voucher)
    if pence < purchase.pence:
        _post(by, EntryKind.RELEASED, purchase, purchase.pence - pence, happened_on)
    purchase.state, purchase.paid_on, purchase.paid_pence = PurchaseState.PAID, happened_on, pence
    purchase.save(update_fields=["state", "paid_on", "paid_pence"])
    record("money.purchase_paid", subject=purchase, pence=pence)
    return purchase


@action
def cancel_purchase(*, by: Any, purchase: Purchase, why: str) -> Purchase:
    """It is not wanted after all: what was committed for it is available again."""
    _hold(purchase)
    refuse(rules.why_not_cancel(by, purchase, why))
    if purchase.commitment_id is not None:
        _post(by, EntryKind.RELEASED, purchase, purchase.pence, clock.today())
    purchase.state, purchase.decision = PurchaseState.CANCELLED, _line(why, 200)
    purchase.save(update_fields=["state", "decision"])
    record("money.purchase_cancelled", subject=purchase)
    return purchase


def _tell(by: Any, to: Any, purchase: Purchase, template: str) -> None:
    """That there is something to decide, or an answer: never what, for whom or how much."""
    if to.id != by.id:
        link = f"/money/purchases/{purchase.reference}/"
        send(by=by, to=to, template=template, link=link, key=f"{template} {purchase.id} {to.id}")


def _line(text: str, most: int) -> str:
    return " ".join(clean(text).split())[:most]


def _hold(purchase: Purchase) -> None:
    """The purchase as it now is; of two who act at once the second sees what the first did."""
    purchase.hold()
    purchase.budget.refresh_from_db()


def _approve(by: Any, purchase: Purchase, *, by_rule: bool = False) -> None:
    purchase.commitment = _post(by, EntryKind.COMMITTED, purchase, purchase.pence, clock.today())
    purchase.state, purchase.by_rule = PurchaseState.APPROVED, by_rule
    if by_rule:
        purchase.decided_on = clock.today()
        purchase.save(update_fields=["state", "by_rule", "decided_on", "commitment"])


def _post(by: Any, kind: EntryKind, purchase: Purchase, pence: int, happened_on: dt.date, voucher: str = "") -> Entry:
    """An entry of the purchase. Its words are the pack's: what somebody typed is not read with the ledger."""
    share = Share.objects.select_related("fund", "area").get(pk=purchase.budget.share_id)
    words = f"Spot purchase: {label_of(pack().unmet.needs, purchase.need)}"
    return posting.post(
        by,
        Posting(
            kind=kind, fund=share.fund, pence=pence, happened_on=happened_on, words=words, share=share, budget=purchase.budget,
            commitment=purchase.commitment, with_whom=purchase.supplier, voucher=voucher,
        ),
    )  # fmt: skip
