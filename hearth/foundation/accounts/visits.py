"""When somebody was last at their desk. Not an action: it changes nothing about anybody else, and sign-in is on record."""

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock


def mark_here(user: User) -> None:
    """Remember that the user opened their desk now."""
    User.objects.filter(pk=user.pk).update(last_here_at=clock.now())
