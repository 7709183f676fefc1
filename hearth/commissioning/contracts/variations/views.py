"""Pages of variations."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.commissioning.contracts.doing import do_of_contract, done_of_contract
from hearth.commissioning.contracts.milestones.rules import delivers
from hearth.commissioning.contracts.queries import contract_of
from hearth.commissioning.contracts.variations import actions, forms, queries, rules
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render

ANSWERED = {"in_force": "It is in force.", "agreed": "It is agreed. A commissioner brings it into force."}


def ask_for_variation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask that a signed contract be changed: its form holds the contract as it is."""
    contract = contract_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_ask(request.user, contract))
    filled, asked = queries.as_it_is(request.user, contract)
    return form_page(
        request,
        "contracts/ask_for_variation.html",
        forms.AskForVariationForm,
        do=lambda form: actions.ask_for_variation(by=request.user, contract=contract, **form.cleaned_data),
        then=lambda made: reverse("variation", args=[made.reference]),
        said="It is asked for. The other party is told, and answers.",
        initial=filled | {"key": str(uuid.uuid4())},
        form_kwargs=asked,
        context={"contract": contract},
    )


def variation(request: HttpRequest, reference: str) -> HttpResponse:
    """One variation: what changes, before and after, why, and who agreed."""
    found = queries.variation_of(request.user, reference)
    context = {"variation": found, "contract": found.contract, "may": queries.what_may(request.user, found)}
    return render(request, "contracts/variation.html", context)


def answer_variation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Agree or decline."""
    found = queries.variation_of(request.user, reference)
    refuse(rules.why_not_answer(request.user, found))
    return do_of_contract(
        request, found.contract, "answer_variation", forms.AnswerVariationForm,
        lambda form: actions.answer_variation(by=request.user, variation=found, **form.cleaned_data),
        lambda made: ANSWERED.get(made.state, "It is declined."),
        {"variation": found}, form_kwargs={"for_provider": not found.by_provider and not delivers(request.user, found.contract)},
    )  # fmt: skip


@require_POST
def bring_in_variation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What is agreed is in force from now on."""
    found = queries.variation_of(request.user, reference)
    actions.bring_in_variation(by=request.user, variation=found)
    return done_of_contract(request, found.contract, "It is in force, and the ledger holds what it is worth.")


@require_POST
def withdraw_variation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """It is not wanted after all."""
    found = queries.variation_of(request.user, reference)
    actions.withdraw_variation(by=request.user, variation=found)
    return done_of_contract(request, found.contract, "It is withdrawn.")
