"""Sessions in the database, as Django keeps them; each page begins with finding one, so that is a statement of its own."""

from functools import cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from hearth.foundation.core.statements import Given, Statement


class SessionStore(DatabaseSessions):
    """What `settings.SESSION_ENGINE` names."""

    def _get_session_from_db(self) -> Any:
        now = timezone.now()  # noqa: TID251 - Django wrote until when it lasts by the same clock
        found = next(_session().models(key=self.session_key, now=now), None)
        if found is None:
            self._session_key = None
        return found


@cache
def _session() -> Statement:
    lasts = Given("now", DateTimeField())
    return Statement(Session.objects.filter(session_key=Given("key", CharField()), expire_date__gt=lasts))
