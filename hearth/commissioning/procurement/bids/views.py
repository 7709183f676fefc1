"""Pages on which a bid is sent and withdrawn, and all of them are opened."""

import uuid

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hearth.commissioning.procurement import queries
from hearth.commissioning.procurement.bids import actions, forms, rules
from hearth.commissioning.procurement.scoring.queries import criteria_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, say


@sensitive_post_parameters()
def send_bid(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Send a bid for a lot, or another in its place. No draft is kept: nothing of a bid stands anywhere but under its seal."""
    found = queries.whole_tender(request.user, reference)
    lot = queries.lot_of(request.user, found, number)
    if request.method != "POST":
        refuse(rules.why_not_bid(request.user, found))
    return form_page(
        request,
        "procurement/send_bid.html",
        forms.SendBidForm,
        do=lambda form: actions.send_bid(by=request.user, lot=lot, **form.cleaned_data),
        then=reverse("tender", args=[reference]),
        said=lambda made: f"Your bid {made.reference} is sealed and sent. Its receipt is below.",
        initial={"key": str(uuid.uuid4())},
        form_kwargs={"criteria": criteria_of(found)},
        context={"tender": found, "lot": lot, "standing": queries.own_standing(request.user, found, lot)},
        draft=False,
    )  # fmt: skip


@require_POST
def withdraw_bid(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take back what one's organisation sent for a lot."""
    found = queries.whole_tender(request.user, reference)
    actions.withdraw_bid(by=request.user, bid=queries.own_bid_of(request.user, found, number))
    say(request, "Your bid is withdrawn. You can send another until the deadline.")
    return HttpResponseRedirect(reverse("tender", args=[reference]))


@sensitive_post_parameters()
def open_bids(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Open all bids of a tender with two passphrases, both in one sitting."""
    found = queries.whole_tender(request.user, reference)
    holders = queries.keyholders(request.user, found)
    if request.method != "POST":
        refuse(rules.why_not_open(request.user, found, holders))
    return form_page(
        request,
        "procurement/open_bids.html",
        forms.OpenBidsForm,
        do=lambda form: actions.open_bids(by=request.user, tender=found, **form.cleaned_data),
        then=reverse("tender", args=[reference]),
        said="The bids are open. Those who are named to score them read them once they declared their interests.",
        form_kwargs={"holders": holders},
        context={"tender": found},
        draft=False,
    )
