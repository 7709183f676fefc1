"""Pages that ask for a step up or a step down."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.queries import case_of
from hearth.casework.cases.steps import actions
from hearth.casework.cases.steps.queries import steps_of
from hearth.desk.stepping import forms, packing
from hearth.foundation.ui.page import form_page
from hearth.records.sharing.said_no import said_no


def request_step_up(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask social care to take the case."""
    case = case_of(request.user, reference)

    def ask(form: Any) -> Any:
        told = dict(form.cleaned_data)
        return actions.request_step_up(
            by=request.user, case=case, items=packing.build(request.user, case, told.pop("items")), **told
        )

    return _asking(
        request, case, forms.RequestStepUpForm, ask, "Social care has been asked. You are told when there is an answer."
    )


def request_step_down(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hand the case back to early help."""
    case = case_of(request.user, reference)

    def ask(form: Any) -> Any:
        told = dict(form.cleaned_data)
        handed = packing.summary("What social care hands over", told.pop("summary"))
        items = [handed, *packing.build(request.user, case, told.pop("items"))]
        return actions.request_step_down(by=request.user, case=case, items=items, **told)

    return _asking(
        request,
        case,
        forms.RequestStepDownForm,
        ask,
        "The front door has been asked. You are told when there is an answer.",
    )


def _asking(request: HttpRequest, case: Any, form: Any, ask: Any, said: str) -> HttpResponseBase:
    """A request for help says some of it already, so that nobody types it twice: the page tells that these are its words."""
    name = request.resolver_match.url_name
    asked = packing.request_behind(request.user, case) if form is forms.RequestStepUpForm else None
    offer = packing.choices(request.user, case)
    return form_page(
        request,
        f"desk/stepping/{name}.html",
        form,
        do=ask,
        said=said,
        then=lambda step: reverse("step", args=[step.reference]),
        initial=packing.first_words(asked) if asked is not None else {},
        form_kwargs={"offer": offer},
        context={
            "case": case,
            "asked": asked,
            "steps": steps_of(request.user, case),
            "said_no": said_no(request.user, case.family_id),
        },
    )
