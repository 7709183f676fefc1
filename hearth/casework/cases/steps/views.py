"""Pages about stepping up to social care and down from it. What is asked is written a floor above, in desk/stepping."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from hearth.casework.cases.steps import actions, forms, queries
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.documents.pages import bytes_handed_over


def step_ups(request: HttpRequest) -> HttpResponse:
    """The hub's list: who asks social care to take a case."""
    page = queries.waiting_step_ups(request.user, request.GET.get("page"))
    context = {
        "page": page,
        "answered": queries.answered_step_ups(request.user),
        "withdrawn": queries.withdrawn_step_ups(request.user),
        "today": clock.today(),
        "words_of": queries.words_of,
    }
    return render(request, "steps/step_ups.html", context)


def step_downs(request: HttpRequest) -> HttpResponse:
    """The front door's list: which cases social care hands back."""
    page = queries.waiting_step_downs(request.user, request.GET.get("page"))
    return render(
        request, "steps/step_downs.html", {"page": page, "today": clock.today(), "words_of": queries.words_of}
    )


def step(request: HttpRequest, reference: str) -> HttpResponse:
    """One step: what was asked, on which basis, what travelled, and the answer."""
    found = queries.step_of(request.user, reference)
    looked(request.user, "steps.step_opened", family=found.family_id, subject=found)
    items = queries.items_of(request.user, found)
    context = {
        "checks": queries.checks_of(request.user, found),
        "items": items,
        "kept": queries.kept_back(request.user, found, items),
        "words_kept": queries.words_kept_back(request.user, found),
        "receipts": queries.receipts_of(request.user, found),
        "may": queries.what_may(request.user, found),
        "opens_case": queries.case_is_open_to(request.user, found),
    }
    return render(request, "steps/step.html", _about(found) | context)


def step_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """The frozen pack, all of it, as it was on the day."""
    found = queries.step_of(request.user, reference)
    items = queries.items_of(request.user, found)
    kept = queries.kept_back(request.user, found, items)
    looked(request.user, "steps.pack_opened", family=found.family_id, subject=found, items=len(items), kept=kept)
    context = {
        "items": items,
        "kept": kept,
        "whole": queries.is_whole(found, items, kept),
        "may": queries.what_may(request.user, found),
    }
    return render(request, "steps/step_pack.html", _about(found) | context)


@require_GET
def step_file(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A document of the frozen pack."""
    found = queries.step_of(request.user, reference)
    item = queries.file_of(request.user, found, number)
    return bytes_handed_over(
        request,
        item.file,
        found,
        "steps.document_opened",
        family=found.family_id,
        name=item.data["name"],
        media_type=item.data["media_type"],
    )


def accept_step_up(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Social care takes the case."""
    return _answer(
        request,
        reference,
        "up",
        forms.AcceptStepUpForm,
        actions.accept_step_up,
        "The case is with social care. You can open the family’s record now.",
    )


def decline_step_up(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Social care does not take the case, and advises."""
    return _answer(
        request,
        reference,
        "up",
        forms.DeclineStepUpForm,
        actions.decline_step_up,
        "The step up is declined. They have been told.",
    )


def accept_step_down(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Early help takes the case back."""
    return _answer(
        request,
        reference,
        "down",
        forms.AcceptStepDownForm,
        actions.accept_step_down,
        "The case is with early help again.",
    )


def decline_step_down(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The front door does not take the case back, and says why."""
    return _answer(
        request,
        reference,
        "down",
        forms.DeclineStepDownForm,
        actions.decline_step_down,
        "The step down is declined. They have been told.",
    )


def withdraw_step(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a step back before it is answered."""
    return _answer(request, reference, "", forms.WithdrawStepForm, actions.withdraw_step, "It is withdrawn.")


def acknowledge_pack(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that the pack has been received."""
    return _pressed(request, reference, actions.acknowledge_pack, "It is on record that you have received the pack.")


def read_step_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that the answer has been read."""
    return _pressed(request, reference, actions.read_step_answer, "It is on record that you have read the answer.")


def _answer(
    request: HttpRequest, reference: str, direction: str, form: Any, act: Callable[..., Any], said: str
) -> HttpResponseBase:
    found = queries.step_of(request.user, reference, direction)
    name = request.resolver_match.url_name
    return form_page(
        request,
        f"steps/{name}.html",
        form,
        do=lambda form: act(by=request.user, step=found, **form.cleaned_data),
        then=reverse("step", args=[reference]),
        said=said,
        context=_about(found) | {"checks": queries.checks_of(request.user, found)},
    )


def _pressed(request: HttpRequest, reference: str, act: Callable[..., Any], said: str) -> HttpResponseBase:
    found = queries.step_of(request.user, reference)
    if request.method == "POST":
        act(by=request.user, step=found)
        say(request, said)
    return HttpResponseRedirect(reverse("step", args=[reference]))


def _about(found: Any) -> dict[str, Any]:
    return {
        "step": found,
        "words": queries.words_of(found),
        "ground_words": queries.ground_words,
        "today": clock.today(),
    }
