"""A shortcut for tests: a web client that has been through both factors, without typing them each time."""

from django.test import Client

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

BACKEND = "hearth.foundation.accounts.backend.SignInBackend"


def sign_in_fully(client: Client, user: User) -> None:
    """Give the client a session of `user` with both factors done a moment ago."""
    with acting_as(user):
        client.force_login(user, backend=BACKEND)
        session = client.session
        session["hearth_second_factor"] = "totp"
        session["hearth_here_at"] = session["hearth_began_at"] = int(clock.now().timestamp())
        session.save()
