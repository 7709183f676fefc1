"""Pages of budgets."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import pounds
from hearth.foundation.ui.page import form_page, render
from hearth.records.money import queries as ledger
from hearth.records.money.budgets import actions, forms, queries, rules
from hearth.records.money.budgets.tables import TABLES
from hearth.records.money.downloads import as_file
from hearth.records.money.purchases.queries import purchases_of_budget


def budgets(request: HttpRequest) -> HttpResponse:
    """Budgets that I hold, and those of the ledger that I see."""
    context = {
        "page": queries.budgets_page(request.user, request.GET.get("page")),
        "sees_ledger": ledger.may_see(request.user),
    }
    return render(request, "money/budgets.html", context)


def budget(request: HttpRequest, reference: str) -> HttpResponse:
    """One budget: what is left, and what was asked from it."""
    found = queries.budget_of(request.user, reference)
    context = {
        "budget": found,
        "figures": queries.budget_figures(request.user, found),
        "page": purchases_of_budget(request.user, found, request.GET.get("page")),
        "may_keep": queries.what_may(request.user),
    }
    return render(request, "money/budget.html", context)


@require_http_methods(["GET", "POST"])
def download_budgets(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_budgets(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("budgets"))
    sheet = table(request.user, request.POST.get("state", ""))
    exported(request.user, "money.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def open_budget(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Name a budget of a share, and who answers for it."""
    ledger.who_keeps(request.user)
    share = ledger.share_of(request.user, reference)
    return form_page(
        request,
        "money/open_budget.html",
        forms.OpenBudgetForm,
        do=lambda form: actions.open_budget(by=request.user, share=share, **form.cleaned_data),
        then=lambda made: reverse("budget", args=[made.reference]),
        said="It is open. Now put money into it.",
        form_kwargs={"reader": request.user},
        context={"share": share},
    )


def change_budget(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Who answers for a budget, its limits, its last day."""
    ledger.who_keeps(request.user)
    found = queries.budget_of(request.user, reference)
    return form_page(
        request,
        "money/change_budget.html",
        forms.ChangeBudgetForm,
        do=lambda form: actions.change_budget(by=request.user, budget=found, **form.cleaned_data),
        then=reverse("budget", args=[reference]),
        said="It is changed. What was approved before stays approved.",
        initial={
            "holder": found.holder, "by_rule_pence": found.by_rule_pence, "most_pence": found.most_pence,
            "ends_on": found.ends_on,
        },
        form_kwargs={"reader": request.user},
        context={"budget": found},
    )  # fmt: skip


def delegate_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put part of the share into a budget."""
    return _move(request, reference, forms.DelegateMoneyForm, actions.delegate_money, "put into the budget")


def return_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back what is left in a budget."""
    return _move(request, reference, forms.ReturnMoneyForm, actions.return_money, "given back to the share")


def _move(request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: str) -> HttpResponseBase:
    ledger.who_keeps(request.user)
    found = queries.budget_of(request.user, reference)
    return form_page(
        request,
        f"money/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, budget=found, **typed.cleaned_data),
        then=reverse("budget", args=[reference]),
        said=lambda made: f"{pounds(made.pence)} {said}.",
        initial={"happened_on": clock.today(), "key": str(uuid.uuid4())},
        context={
            "budget": found,
            "figures": queries.budget_figures(request.user, found),
            "left": ledger.left_of_share(request.user, found.share_id),
        },
    )


def end_budget(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End a budget."""
    ledger.who_keeps(request.user)
    found = queries.budget_of(request.user, reference)
    return form_page(
        request,
        "money/end_budget.html",
        forms.EndBudgetForm,
        do=lambda form: actions.end_budget(by=request.user, budget=found, **form.cleaned_data),
        then=reverse("budget", args=[reference]),
        said="It has ended, and what was left in it is back in its share.",
        context={"budget": found},
    )
