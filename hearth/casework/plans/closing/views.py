"""Closing a case, with what changed in front of whoever closes it."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.queries import case_of, case_with_plan, may_open, what_may
from hearth.casework.cases.rules import why_not_close
from hearth.casework.plans.closing import actions, forms, queries
from hearth.casework.plans.queries import plans_of, whole_plan
from hearth.casework.plans.reviews.queries import journeys
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page


def close_case(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Close a case."""
    case = case_with_plan(request.user, reference)
    if request.method == "GET":  # what somebody has typed and sends is answered on its own page
        refuse(why_not_close(request.user, case))
    plan = next((each for each in plans_of(request.user, case) if each.is_live), None)
    whole = whole_plan(request.user, plan) if plan else None
    return form_page(
        request,
        "plans/close_case.html",
        forms.CloseCaseForm,
        do=lambda form: actions.close_case(by=request.user, case=case, **form.cleaned_data),
        then=lambda _: reverse("case", args=[reference]) if may_open(request.user, reference) else reverse("home"),
        said="The case is closed.",
        context={
            "case": case,
            "family": case.family,
            "may": what_may(request.user, case),
            "open": queries.still_open(request.user, case, whole),
            "plan": plan,
            "journeys": journeys(request.user, plan) if plan else [],
        },
    )


def reopen_case(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Open a closed case again."""
    case = case_of(request.user, reference)
    return form_page(
        request,
        "plans/reopen_case.html",
        forms.ReopenCaseForm,
        do=lambda form: actions.open_again(request.user, case, **form.cleaned_data),
        then=lambda opened: reverse("team", args=[opened.reference]),
        said=lambda opened: f"Case {opened.reference} is open{' again' if opened.taken_up_on else ''}.",
        context={"case": case, "family": case.family},
    )
