"""What became of the messages, for an administrator."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.messages import actions, queries
from hearth.foundation.ui.page import render, say


def messages_sent(request: HttpRequest) -> HttpResponse:
    """Every message of the last thirty days: sent, waiting, tried again or given up, and by what kind of fault."""
    unsent = request.GET.get("show") == "unsent"
    page = queries.outbox(request.user, unsent=unsent, page=request.GET.get("page"))
    return render(request, "outbox/messages_sent.html", {"page": page, "unsent": unsent})


def send_message_again(request: HttpRequest, message: uuid.UUID) -> HttpResponse:
    """Have one that was given up tried once more."""
    if request.method != "POST":
        raise Http404
    actions.send_again(by=request.user, message=message)
    say(request, "The message is tried once more. Open this page again in a minute to see whether it went.")
    return HttpResponseRedirect(reverse("messages_sent", query={"show": "unsent"}))
