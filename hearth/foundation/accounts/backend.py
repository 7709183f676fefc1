"""Checks passwords, and loads the signed-in person in one query with the organisation that the audit trail names."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hearth.foundation.accounts.models import User


class SignInBackend(AuthenticationBackend):
    """allauth's own, but a page does not ask twice for who is reading it."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of the session, while they are active."""
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
