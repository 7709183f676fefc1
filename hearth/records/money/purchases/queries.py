"""Reads of purchases: the reader first, always through visible_to; for whom one is, through the family's plan."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.money import rules as ledger
from hearth.records.money.budgets.rules import why_not_see_budgets
from hearth.records.money.models import Budget, Purchase, PurchaseState, PurchaseWords
from hearth.records.money.purchases import rules


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


def waiting(reader: Any) -> dict[str, int]:
    """How many wait for the reader: to decide, and to pay."""
    rows = Purchase.objects.visible_to(reader)
    keeps = ledger.why_not_keep_ledger(reader) is None
    asked = rows.filter(state=PurchaseState.ASKED).exclude(asked_by=reader)
    return {
        "decide": asked.filter(Q() if keeps else Q(budget__holder=reader)).count(),
        "pay": rows.filter(state=PurchaseState.RECEIVED).count() if keeps else 0,
    }


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
