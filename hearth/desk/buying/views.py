"""What is bought for a family: asked for from its plan, or where a panel decided it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.panels.items.queries import item_of
from hearth.casework.plans.queries import plan_of
from hearth.casework.plans.rules import why_not_write_plan
from hearth.desk.buying import actions, queries, rules
from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.money.budgets.queries import offered
from hearth.records.money.purchases.forms import AskForPurchaseForm
from hearth.records.money.purchases.queries import purchases_of_family


def plan_purchases(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked for and bought for the family."""
    plan = plan_of(request.user, reference)
    looked(request.user, "desk.purchases_opened", family=plan.family_id, subject=plan)
    context = {
        "plan": plan,
        "rows": purchases_of_family(request.user, plan.family_id),
        "may_ask": why_not_write_plan(request.user, plan) is None,
    }
    return render(request, "desk/buying/plan_purchases.html", context)


def ask_from_plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask for something that the plan needs."""
    plan = plan_of(request.user, reference)
    refuse(why_not_write_plan(request.user, plan))
    return _ask(request, actions.ask_from_plan, plan.case.area, {}, plan=plan)


def ask_from_panel(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask for what a panel decided to buy; what it decided is filled in."""
    item = item_of(request.user, reference)
    refuse(rules.why_not_ask_from_panel(request.user, item))
    decided = queries.decided_of(request.user, item)
    first = {
        "pence": int(decided.cost * 100) if decided and decided.cost else None,
        "why": decided.reasons if decided else "",
    }
    area = item.case.area if item.case else None
    return _ask(request, actions.ask_from_panel, area, first, item=item)


def _ask(
    request: HttpRequest, act: Callable[..., Any], area: Any, first: dict[str, Any], **about: Any
) -> HttpResponseBase:
    budgets = offered(request.user, area)
    first |= {"key": str(uuid.uuid4()), "budget": budgets[0].reference if len(budgets) == 1 else ""}
    return form_page(
        request,
        f"desk/buying/{act.__name__}.html",
        AskForPurchaseForm,
        do=lambda form: act(by=request.user, **about, **form.cleaned_data),
        then=lambda made: reverse("purchase", args=[made.reference]),
        said=lambda made: (
            "It is approved by rule: buy it."
            if made.by_rule
            else "It is asked for. Whoever decides about the budget is told."
        ),
        initial=first,
        form_kwargs={"budgets": budgets},
        context=about | {"budgets": budgets},
    )
