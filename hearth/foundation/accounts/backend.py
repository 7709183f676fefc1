"""Checks passwords, and loads the signed-in person in one query with what nearly every page asks about them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import signed_in


class SignInBackend(AuthenticationBackend):
    """allauth's own, but a page does not ask twice for who is reading it, nor again for what they may do.

    Whoever is found reads from then on, as the query that finds them says so to the database.
    """

    def get_user(self, user_id: Any) -> User | None:
        """The person of the session, while they are active."""
        user = signed_in(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
