"""Pages of purchases. One is asked for from a plan, on the desk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import pounds
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.money import queries as ledger
from hearth.records.money.purchases import actions, forms, queries, rules


def purchases(request: HttpRequest) -> HttpResponse:
    """What was asked for, and where it has got to."""
    form = forms.PurchasesForm(request.GET)
    state = form.state_wanted()
    context = {
        "form": form,
        "page": queries.purchases(request.user, state, request.GET.get("page")),
        "need_words": queries.need_words,
        "waiting": queries.waiting(request.user),
        "state": state,
    }
    return render(request, "money/purchases.html", context, partial="results")


def purchase(request: HttpRequest, reference: str) -> HttpResponse:
    """One purchase; for whom it is only where the reader may read that family's plan."""
    found = queries.purchase_of(request.user, reference)
    words = queries.whose(request.user, found)
    if words is not None:
        looked(request.user, "money.purchase_opened", family=words.family_id, subject=found)
    context = {
        "purchase": found,
        "words": words,
        "need_words": queries.need_words,
        "may": queries.what_may(request.user, found),
        "sees_ledger": ledger.may_see(request.user),
    }
    return render(request, "money/purchase.html", context)


def decide_purchase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Approve a purchase or decline it."""
    found = queries.purchase_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    return _form(request, reference, forms.DecidePurchaseForm, actions.decide_purchase, _decided, found)


def _decided(made: Any) -> str:
    return f"It is {made.get_state_display().lower()}."


def pay_purchase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Pay for what came."""
    found = queries.purchase_of(request.user, reference)
    refuse(rules.why_not_pay(request.user, found))
    return _form(
        request, reference, forms.PayPurchaseForm, actions.pay_purchase, lambda made: f"{pounds(made.paid_pence)} is paid.", found,
        initial={"happened_on": clock.today(), "pence": found.pence},
    )  # fmt: skip


def cancel_purchase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Cancel what is not wanted after all."""
    found = queries.purchase_of(request.user, reference)
    refuse(rules.why_not_cancel(request.user, found, "-"))
    return _form(
        request, reference, forms.CancelPurchaseForm, actions.cancel_purchase, lambda _: "It is cancelled.", found
    )


def _form(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: Callable[[Any], str], found: Any,
    initial: dict[str, Any] | None = None,
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request,
        f"money/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, purchase=found, **typed.cleaned_data),
        then=reverse("purchase", args=[reference]),
        said=said,
        initial=initial,
        context={"purchase": found, "words": queries.whose(request.user, found), "need_words": queries.need_words},
    )


@require_POST
def order_purchase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """It is bought."""
    actions.order_purchase(by=request.user, purchase=queries.purchase_of(request.user, reference))
    say(request, "It is bought. Say so here when it has come.")
    return HttpResponseRedirect(reverse("purchase", args=[reference]))


@require_POST
def receive_purchase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """It came."""
    actions.receive_purchase(by=request.user, purchase=queries.purchase_of(request.user, reference))
    say(request, "It came. It can be paid now.")
    return HttpResponseRedirect(reverse("purchase", args=[reference]))
