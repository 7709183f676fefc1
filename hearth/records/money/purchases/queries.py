"""Reads of purchases: the reader first, always through visible_to; for whom one is, through the family's plan."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import lower_first
from hearth.records.money import rules as ledger
from hearth.records.money.budgets.rules import why_not_see_budgets
from hearth.records.money.models import OPEN, Budget, Purchase, PurchaseState, PurchaseWords
from hearth.records.money.purchases import rules
from hearth.records.money.reach import KEEPS
from hearth.records.people.timeline import Entry


def _rows(reader: Any) -> QuerySet[Purchase]:
    rows = Purchase.objects.visible_to(reader).select_related(
        "budget__area", "budget__holder", "asked_by__organisation", "decided_by", "commitment"
    )
    return rows.order_by("-asked_on", "-created_at", "id")


def purchases(reader: Any, state: str, page: Any) -> Page:
    """Purchases that the reader may see, the latest first: one query."""
    refuse(why_not_see_budgets(reader))
    return page_of(_rows(reader).filter(Q(state=state) if state else Q()), page)


def every_purchase(reader: Any, state: str) -> QuerySet[Purchase]:
    """All of them, to be taken away."""
    return _rows(reader).filter(Q(state=state) if state else Q())


def purchases_of_budget(reader: Any, budget: Budget, page: Any) -> Page:
    """What was asked from a budget."""
    return page_of(_rows(reader).filter(budget=budget), page)


def purchases_of_family(reader: Any, family: Any) -> list[Purchase]:
    """What was asked for a family, for whoever may read its plan."""
    rows = PurchaseWords.objects.visible_to(reader).filter(family=family)
    return list(_rows(reader).filter(pk__in=rows.values("purchase_id")))


def purchases_from(reader: Any, family: Any, source: str, basis: str) -> list[Purchase]:
    """What was asked for a family from one plan or one item of a panel: one query."""
    rows = PurchaseWords.objects.visible_to(reader).filter(family=family, source=source, basis=basis)
    return list(_rows(reader).filter(pk__in=rows.values("purchase_id")))


@dataclass(frozen=True)
class Waits:
    """How many purchases wait for somebody: to decide, to buy what is approved, to say that it came, and to pay."""

    decide: int
    buy: int
    receive: int
    pay: int


def waiting(reader: Any) -> Waits:
    """What waits for the reader: one query. Above a holder's limit, or of what the holder asked for, the ledger's keeper decides."""
    keeps = ledger.why_not_keep_ledger(reader) is None
    held, mine = Q(budget__holder=reader), Q(asked_by=reader)
    decides = held & Q(pence__lte=F("budget__most_pence"))
    decides |= (Q(pence__gt=F("budget__most_pence")) | Q(asked_by=F("budget__holder"))) if keeps else Q(pk__in=[])
    waits = {
        "decide": Q(state=PurchaseState.ASKED) & decides & ~mine,
        "buy": Q(state=PurchaseState.APPROVED) & mine,
        "receive": Q(state=PurchaseState.BOUGHT) & mine,
        "pay": Q(state=PurchaseState.RECEIVED) & (Q() if keeps else Q(pk__in=[])),
    }
    rows = Purchase.objects.filter(Q() if keeps else held | mine, state__in=OPEN)
    return Waits(**rows.aggregate(**{name: Count("pk", filter=which) for name, which in waits.items()}))


def who_decides(purchase: Purchase) -> list[User]:
    """Whoever is told of a purchase: the holder of its budget; above their limit, or of their own, those who keep the ledger."""
    budget = purchase.budget
    if purchase.pence <= budget.most_pence and budget.holder_id != purchase.asked_by_id:
        return [budget.holder]
    return [keeper for keeper in who_may(KEEPS, everywhere=True) if keeper.pk != purchase.asked_by_id]


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """What was bought for a family, for its chronology: one query, and nothing for whoever may not read its plan."""
    rows = PurchaseWords.objects.visible_to(reader).filter(family=family, purchase__received_on__isnull=False)
    rows = rows.select_related("purchase__asked_by__organisation").order_by("purchase__received_on", "id")
    return [
        Entry(
            said.purchase.received_on,
            "Purchase",
            f"Bought: {lower_first(said.purchase.what)}",
            f"{said.purchase.asked_by.full_name}, {said.purchase.asked_by.organisation.name}",
            reverse("purchase", args=[said.purchase.reference]),
        )
        for said in rows
        if said.purchase.received_on is not None
    ]


def purchase_of(reader: Any, reference: str) -> Purchase:
    """A purchase, or a page that never says whether it exists."""
    found = _rows(reader).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def whose(reader: Any, purchase: Purchase) -> PurchaseWords | None:
    """For whom it is, and why, for whoever may read the family's plan."""
    rows = PurchaseWords.objects.visible_to(reader).select_related("family")
    return rows.filter(purchase=purchase).first()


def what_may(reader: Any, purchase: Purchase) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "decide": rules.why_not_decide(reader, purchase) is None,
        "order": rules.why_not_order(reader, purchase) is None,
        "receive": rules.why_not_receive(reader, purchase) is None,
        "pay": rules.why_not_pay(reader, purchase) is None,
        "cancel": rules.why_not_cancel(reader, purchase, "-") is None,
    }


def need_words(code: str) -> str:
    """What is needed, in the pack's words."""
    return label_of(pack().unmet.needs, code)
