"""Pages of outcomes that are claimed."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.commissioning.contracts.claims import actions, forms, queries, rules
from hearth.commissioning.contracts.doing import do_of_contract, done_of_contract
from hearth.commissioning.contracts.milestones.forms import PayForm
from hearth.commissioning.contracts.queries import contract_of, terms_of
from hearth.commissioning.contracts.words import outcome_words
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import pounds
from hearth.foundation.ui.page import form_page, render


def claim_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Claim that an outcome happened for a family."""
    contract = contract_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_claim(request.user, contract))
    terms = {
        each.reference: (each, f"{outcome_words(each.outcome)}, {pounds(each.pence)}")
        for each in terms_of(request.user, contract)
    }
    return form_page(
        request,
        "contracts/claim_outcome.html",
        forms.ClaimOutcomeForm,
        do=lambda form: actions.claim_outcome(by=request.user, contract=contract, **form.cleaned_data),
        then=lambda made: reverse("outcome_claim", args=[made.reference]),
        said="It is claimed. Somebody of another organisation looks at its evidence.",
        initial={"key": str(uuid.uuid4())},
        form_kwargs={"things": {"term": terms}, "reader": request.user},
        context={"contract": contract},
    )


def outcome_claims(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that is claimed under a contract, what waits first."""
    contract = contract_of(request.user, reference)
    page = queries.claims_page(request.user, contract, request.GET.get("page"))
    return render(
        request, "contracts/outcome_claims.html", {"contract": contract, "page": page, "outcome_words": outcome_words}
    )


def outcome_claim(request: HttpRequest, reference: str) -> HttpResponse:
    """One claim; whose outcome it was, for whoever may read that family's plan."""
    found = queries.claim_of(request.user, reference)
    context = {
        "claim": found, "contract": found.contract, "whose": queries.whose(request.user, found), "outcome_words": outcome_words,
        "may": queries.what_may(request.user, found),
    }  # fmt: skip
    return render(request, "contracts/outcome_claim.html", context)


def look_at_claim(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Verify an outcome, or refuse it."""
    found = queries.claim_of(request.user, reference)
    refuse(rules.why_not_look_at(request.user, found))
    return do_of_contract(
        request, found.contract, "look_at_claim", forms.LookAtClaimForm,
        lambda form: actions.look_at_claim(by=request.user, claim=found, **form.cleaned_data),
        lambda made: "It is verified, and may be paid." if made.state == "verified" else "It is refused.",
        {"claim": found, "whose": queries.whose(request.user, found), "outcome_words": outcome_words},
    )  # fmt: skip


def pay_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Pay an outcome that is verified."""
    found = queries.claim_of(request.user, reference)
    refuse(rules.why_not_pay(request.user, found))
    return do_of_contract(
        request, found.contract, "pay_outcome", PayForm,
        lambda form: actions.pay_outcome(by=request.user, claim=found, **form.cleaned_data), "It is paid, and stands in the ledger.",
        {"claim": found, "outcome_words": outcome_words}, initial={"paid_on": clock.today()},
    )  # fmt: skip


@require_POST
def withdraw_outcome_claim(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back a claim that nobody has looked at."""
    found = queries.claim_of(request.user, reference)
    actions.withdraw_outcome_claim(by=request.user, claim=found)
    return done_of_contract(request, found.contract, "It is withdrawn.")
