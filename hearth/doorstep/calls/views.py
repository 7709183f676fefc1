"""Pages of open calls. The call is read as nobody, whoever is signed in: what it shows is everybody's."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hearth.commissioning.procurement import queries
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.page import render


@open_to_the_public
def open_calls(request: HttpRequest) -> HttpResponse:
    """Calls that take bids, and those that are over."""
    context = {"calling": queries.open_calls(), "past": queries.past_calls(), "council": pack().authority}
    return render(request, "doorstep/calls/open_calls.html", context)


@open_to_the_public
def open_call(request: HttpRequest, reference: str) -> HttpResponse:
    """One call, with its files, its questions and answers, and notices of its awards."""
    call = queries.call_of(None, queries.tender_of(None, reference))
    may_bid = request.user.is_authenticated and request.user.may("bid_for_tenders")
    context = {"call": call, "tender": call.tender, "council": pack().authority, "may_bid": may_bid}
    return render(request, "doorstep/calls/open_call.html", context)


@open_to_the_public
def call_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A file of a call; of one that is being written, for its writers."""
    reader = request.user if request.user.is_authenticated else None
    found = queries.call_file(reader, reference, number)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
