"""What becomes of a request before and after its view: a form that was done already, and refusals raised anywhere in it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from hearth.foundation.core.refusals import Conflict, Refused, happened_at_once
from hearth.foundation.ui import errors, sent
from hearth.foundation.ui.refusing import record_refusal

Answer = Callable[[HttpRequest], HttpResponseBase]


class SentMiddleware:
    """A form that was done leads where it led, before a view says that what it was about is gone or closed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Django asks this before a view."""
        if request.method != "POST" or sent.sender_of(request) is None or "draft_sitting" not in request.POST:
            return None  # nobody signed in: whether and how what they send is read is for the view
        return sent.led_before(request, sent.mark_of(request, request.POST.get("draft_form", "")))


class RefusalMiddleware:
    """Refused is 403 with its sentence; Conflict, and two people at one moment, 409. The rest is our error pages'."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view raised."""
        if isinstance(exception, Refused):
            record_refusal(request, exception.refusal)
            return errors.refused(request, exception.refusal)
        if isinstance(exception, Conflict):
            return errors.conflicted(request)
        if happened_at_once(exception):
            return errors.too_late(request, exception)
        return None
