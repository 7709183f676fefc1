"""Straight on from a link to the second step, so that nobody types the password they have just chosen."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseBase

from hearth.foundation.accounts.models import User


def sign_in_by_link(request: HttpRequest, user: User) -> HttpResponseBase:
    """The link was the first step. Whoever has a second one is asked for it; whoever has none sets it up next."""
    request.session.flush()  # whoever was signed in here before is not any more
    response: HttpResponseBase = perform_password_login(
        request, {"email": user.email}, Login(user=user, email=user.email)
    )
    return response
