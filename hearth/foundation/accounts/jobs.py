"""Housekeeping of sign-in."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.foundation.accounts import forgetting


@app.periodic(cron="10 3 * * *")
@app.task(name="accounts.forget_sessions", queueing_lock="accounts.forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Sessions that ran out a week ago are no use to anybody."""
    close_old_connections()
    SessionStore.clear_expired()


@app.periodic(cron="15 3 * * *")
@app.task(name="accounts.forget_closed", queueing_lock="accounts.forget_closed", pass_context=False)
def forget_closed(timestamp: int) -> None:
    """Whoever left as many years ago as the practice pack says: their address, number and ways to sign in go; their name stays."""
    close_old_connections()
    forgetting.forget_closed_accounts()
