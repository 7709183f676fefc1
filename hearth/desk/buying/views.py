"""What is bought for the family of a plan."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.plans.queries import plan_of
from hearth.casework.plans.rules import why_not_write_plan
from hearth.desk.buying import actions
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
    budgets = offered(request.user, plan.case.area)
    return form_page(
        request,
        "desk/buying/ask_from_plan.html",
        AskForPurchaseForm,
        do=lambda form: actions.ask_from_plan(by=request.user, plan=plan, **form.cleaned_data),
        then=lambda made: reverse("purchase", args=[made.reference]),
        said=lambda made: (
            "It is approved by rule: buy it."
            if made.by_rule
            else "It is asked for. The holder of the budget decides it."
        ),
        initial={"key": str(uuid.uuid4()), "budget": budgets[0].reference if len(budgets) == 1 else ""},
        form_kwargs={"budgets": budgets},
        context={"plan": plan, "budgets": budgets},
    )
