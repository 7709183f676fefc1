"""Somebody half-way through signing in: their second steps can be read to check them, and nothing else can."""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, unstash_login
from django.db import connection
from django.http import HttpRequest


def let_sign_in(user: Any) -> None:
    """Show this person's second factors, for the rest of the transaction, to whoever checks them."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hearth.signing_in', %s, true)", [str(user.pk) if user is not None else ""])


def let_second_step_read(request: HttpRequest) -> None:
    """On the request after a right password: the same person still."""
    if LOGIN_SESSION_KEY in request.session:
        login = unstash_login(request, peek=True)
        if login is not None and login.user is not None:
            let_sign_in(login.user)
