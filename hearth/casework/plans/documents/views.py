"""Pages of a plan's documents."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from hearth.casework.cases.queries import people_of
from hearth.casework.plans import queries as plans
from hearth.casework.plans.documents import actions, queries
from hearth.casework.plans.rules import why_not_write_plan
from hearth.casework.plans.views import address
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import pages


def add_plan_document(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a letter or a picture to a plan."""
    plan = plans.plan_of(request.user, reference)
    refuse(why_not_write_plan(request.user, plan))
    return pages.add_page(
        request,
        do=lambda form: actions.add_plan_document(by=request.user, plan=plan, **form.cleaned_data),
        people=people_of(request.user, plan.family),
        **_about(plan),
    )


@require_GET
def plan_document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Open a document of a plan."""
    plan = plans.plan_of(request.user, reference)
    found = queries.document_of(request.user, plan, document)
    return pages.handed_over(request, found, "plans.document_opened", family=plan.family_id)


def withdraw_plan_document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Withdraw a document of a plan."""
    plan = plans.plan_of(request.user, reference)
    found = queries.document_of(request.user, plan, document)
    return pages.withdraw_page(
        request,
        found,
        works_on_it=request.user.may("work_case"),
        do=lambda form: actions.withdraw_plan_document(by=request.user, document=found, **form.cleaned_data),
        **_about(plan),
    )


def _about(plan: Any) -> dict[str, Any]:
    caption = f"The plan of the {plan.family.name} family, {plan.reference}"
    return {
        "then": address(plan) + "#documents",
        "context": {"caption": caption, "after": "The plan", "attached_to": plan},
    }
