"""Housekeeping of sign-in."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from procrastinate.contrib.django import app


@app.periodic(cron="10 3 * * *")
@app.task(name="accounts.forget_sessions", queueing_lock="accounts.forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Sessions that ran out a week ago are no use to anybody."""
    close_old_connections()
    SessionStore.clear_expired()
