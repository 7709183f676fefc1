"""Says who is reading, for every row policy, and lets nobody past who has not signed in with both steps."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from hearth.foundation.accounts.public import is_open_before_second_step, is_open_to_the_public
from hearth.foundation.accounts.sign_in import pending, sitting
from hearth.foundation.accounts.sign_in.asking import ask_for_second_step, ask_to_sign_in
from hearth.foundation.core.reader import read_as

Answer = Callable[[HttpRequest], HttpResponseBase]


class ReaderMiddleware:
    """The reader of the request's transaction is whoever is signed in, and a visitor who is not reads nothing.

    What finds them (`SignInBackend.get_user`) made them the reader; Django may find afterwards that their session no longer holds.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was = request.session.get(SESSION_KEY)
        signed_in = request.user.is_authenticated
        if not signed_in:
            read_as(None)
        if was and not signed_in:  # ended from elsewhere: a new role, a new password, an account closed
            sitting.remember(request, str(was))
        return self.get_response(request)


class SignInMiddleware:
    """Every view needs somebody signed in with both steps, unless it says otherwise itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            pending.let_second_step_read(request)
        elif sitting.has_run_out(request):
            sitting.run_out(request)
        else:
            sitting.note_activity(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # On a shared computer the Back button must not show what somebody else was reading.
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Django asks this before each view."""
        if is_open_to_the_public(view):
            return None
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not sitting.second_step_done(request) and not is_open_before_second_step(view):
            return ask_for_second_step(request)
        return None
