"""Reads of budgets: the reader first, always through visible_to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.money import rules as ledger
from hearth.records.money.budgets import rules
from hearth.records.money.models import AccountKind, Budget
from hearth.records.money.queries import Figures, account_sum, dict_of, sums_of


def budgets(reader: Any) -> QuerySet[Any]:
    """Budgets with what was put into each, and where it stands: the reader's own first."""
    refuse(rules.why_not_see_budgets(reader))
    kinds = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.PAID)
    rows = Budget.objects.visible_to(reader).select_related("area", "holder__organisation")
    rows = rows.annotate(**{kind: account_sum(kind) for kind in kinds})
    rows = rows.annotate(allocated=F("available") + F("committed") + F("paid"), mine=Q(holder=reader))
    return rows.order_by("-mine", F("ended_at").asc(nulls_first=True), "area__name", "name", "id")


def budgets_page(reader: Any, page: Any) -> Page:
    """A page of them: one query."""
    return page_of(budgets(reader), page)


def budgets_held(reader: Any) -> list[Any]:
    """The reader's own budgets that are open, with what is left in each, for their first page: one query, and none for most."""
    if not reader.may(rules.HOLDS):
        return []
    rows = Budget.objects.in_force().filter(holder=reader).annotate(available=account_sum(AccountKind.AVAILABLE))
    return list(rows.order_by("name", "id"))


def budget_of(reader: Any, reference: str) -> Budget:
    """A budget, or a page that never says whether it exists."""
    rows = Budget.objects.visible_to(reader).select_related("area", "holder__organisation")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def budget_figures(reader: Any, budget: Budget) -> Figures:
    """What stands in the accounts of a budget: one query."""
    return Figures(dict_of(sums_of(reader, Q(budget=budget))))


def offered(reader: Any, area: Any) -> list[Budget]:
    """Budgets from which the reader may ask for a family of that district: their own first."""
    rows = Budget.objects.offered_to(reader).filter(Q(holder=reader) | Q(kind="district", area=area))
    return list(rows.select_related("area").order_by("kind", "name"))


def what_may(reader: Any) -> bool:
    """Whether the reader is offered the buttons that move money into budgets and out of them."""
    return ledger.why_not_keep_ledger(reader) is None


def choices(found: Iterable[Budget]) -> list[tuple[str, str]]:
    """Budgets for a list to choose from."""
    return [(budget.reference, f"{budget.name}, {budget.get_kind_display().lower()}") for budget in found]
