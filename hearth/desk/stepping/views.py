"""Pages that ask for a step up or a step down."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.cases.queries import case_of
from hearth.casework.cases.steps import actions, rules
from hearth.casework.cases.steps.queries import steps_of
from hearth.desk.stepping import forms, packing
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.page import form_page, say
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
        request, case, forms.RequestStepUpForm, ask, rules.why_not_request_step_up,
        "Social care has been asked. You are told when there is an answer.",
    )  # fmt: skip


def request_step_down(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hand the case back to early help."""
    case = case_of(request.user, reference)

    def ask(form: Any) -> Any:
        told = dict(form.cleaned_data)
        handed = packing.summary("What social care hands over", told.pop("summary"))
        items = [handed, *packing.build(request.user, case, told.pop("items"))]
        return actions.request_step_down(by=request.user, case=case, items=items, **told)

    return _asking(
        request, case, forms.RequestStepDownForm, ask, rules.why_not_request_step_down,
        "The front door has been asked. You are told when there is an answer.",
    )  # fmt: skip


def _asking(
    request: HttpRequest, case: Any, form: Any, ask: Any, why_not: Callable[[Any, Any], Refusal | None], said: str
) -> HttpResponseBase:
    """A request for help says some of it already, so that nobody types it twice: the page tells that these are its words.

    Nobody fills it in where it could not be sent; whoever asks while an answer is awaited is led to the one that waits.
    """
    steps = steps_of(request.user, case)
    if request.method != "POST":
        if waiting := next((step for step in steps if step.is_waiting), None):
            say(request, "This was asked already, and waits for an answer. Here is how it stands.")
            return HttpResponseRedirect(reverse("step", args=[waiting.reference]))
        refuse(why_not(request.user, case))
    asked = packing.request_behind(request.user, case) if form is forms.RequestStepUpForm else None
    return form_page(
        request,
        f"desk/stepping/{request.resolver_match.url_name}.html",
        form,
        do=ask,
        said=said,
        then=lambda step: reverse("step", args=[step.reference]),
        initial=packing.first_words(asked) if asked is not None else {},
        form_kwargs={"offer": packing.choices(request.user, case)},
        context={"case": case, "asked": asked, "steps": steps, "said_no": said_no(request.user, case.family_id)},
    )
