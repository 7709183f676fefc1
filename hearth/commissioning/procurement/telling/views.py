"""Two buttons: tell me of calls, and no more."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.commissioning.procurement import queries
from hearth.commissioning.procurement.telling import actions
from hearth.foundation.ui.page import say


@require_POST
def follow_calls(request: HttpRequest) -> HttpResponseBase:
    """Be told of each new call, or of one."""
    return _do(request, actions.follow_calls, "You are told by e-mail.")


@require_POST
def stop_following(request: HttpRequest) -> HttpResponseBase:
    """Be told no more."""
    return _do(request, actions.stop_following, "You are told no more of it.")


def _do(request: HttpRequest, do: Callable[..., Any], said: str) -> HttpResponseBase:
    reference = request.POST.get("tender", "")
    found = queries.whole_tender(request.user, reference) if reference else None
    do(by=request.user, tender=found)
    say(request, said)
    return HttpResponseRedirect(reverse("tender", args=[reference]) if reference else reverse("tenders"))
