"""Pages of bids for outside funding."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.commissioning.needs.figures import need_words
from hearth.commissioning.procurement.grants.bids import actions, forms, queries, rules
from hearth.commissioning.procurement.grants.queries import districts
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say


def outside_bids(request: HttpRequest) -> HttpResponse:
    """Partners' bids for outside funding."""
    context = {
        "page": queries.bids_page(request.user, request.GET.get("page")),
        "may_tell": queries.may_tell(request.user),
    }
    return render(request, "grants/bids/outside_bids.html", context)


def outside_bid(request: HttpRequest, reference: str) -> HttpResponse:
    """One bid, and for those who review it what is bought already beside it."""
    found = queries.bid_of(request.user, reference)
    context = {
        "bid": found,
        "beside": queries.overlaps(request.user, found),
        "may": queries.what_may(request.user, found),
        "need_words": need_words,
    }
    return render(request, "grants/bids/outside_bid.html", context)


def tell_of_bid(request: HttpRequest) -> HttpResponseBase:
    """Tell of a bid before it is made."""
    refuse(rules.why_not_tell(request.user))
    partners = queries.organisations(request.user)
    return form_page(
        request,
        "grants/bids/tell_of_bid.html",
        forms.TellOfBidForm,
        do=lambda form: actions.tell_of_bid(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("outside_bid", args=[made.reference]),
        said="It is told. It is reviewed beside what is bought already.",
        initial={"key": str(uuid.uuid4()), "organisation": str(partners[0].pk) if len(partners) == 1 else ""},
        form_kwargs={"organisations": partners, "areas": districts()},
    )


def review_bid(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Review a bid against what is bought already."""
    found = queries.bid_of(request.user, reference)
    refuse(rules.why_not_review(request.user, found))
    return form_page(
        request,
        "grants/bids/review_bid.html",
        forms.ReviewBidForm,
        do=lambda form: actions.review_bid(by=request.user, bid=found, **form.cleaned_data),
        then=reverse("outside_bid", args=[reference]),
        said="It is reviewed, and the partner is told.",
        context={"bid": found, "beside": queries.overlaps(request.user, found)},
    )


@require_POST
def withdraw_outside_bid(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back a bid that waits for its review."""
    actions.withdraw_outside_bid(by=request.user, bid=queries.bid_of(request.user, reference))
    say(request, "It is withdrawn.")
    return HttpResponseRedirect(reverse("outside_bid", args=[reference]))
