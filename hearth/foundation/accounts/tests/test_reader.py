"""Through whose eyes a request reads: whoever is signed in, from the query that finds them on, and otherwise nobody's."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test.utils import CaptureQueriesContext

from hearth.foundation.accounts.middleware import ReaderMiddleware
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.sessions import SessionStore
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as


def _asked_by(session: Any) -> HttpResponseBase:
    """What a view answers that says who reads, in a transaction that somebody else has read in."""

    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('hearth.reader', true)")
            return HttpResponse(cursor.fetchone()[0])

    request = HttpRequest()
    request.session = session
    answer: Callable[[HttpRequest], Any] = AuthenticationMiddleware(ReaderMiddleware(view))
    return answer(request)


def _reader_of(session: Any, before: User) -> str:
    read_as(before)
    return _asked_by(session).content.decode()


@pytest.fixture
def session(cast: Any, as_client: Any) -> Any:
    """A sitting of `practitioner`."""
    return SessionStore(as_client(cast.practitioner).session.session_key)


def test_whoever_is_signed_in_reads_from_the_query_that_finds_them_on(cast: Any, session: Any) -> None:
    assert _reader_of(session, cast.manager) == str(cast.practitioner.pk)
    with CaptureQueriesContext(connection) as asked:
        _asked_by(SessionStore(session.session_key))
    assert len(asked) == 3, "the session, who that is, and what this view asks"


def test_whoever_holds_no_role_any_more_reads_as_themselves_too(cast: Any, session: Any) -> None:
    with clock.frozen(dt.date(2001, 1, 1)):  # before any began
        assert _reader_of(session, cast.manager) == str(cast.practitioner.pk)


def test_nobody_reads_whose_sitting_was_ended_by_a_new_password(cast: Any, session: Any) -> None:
    session[HASH_SESSION_KEY] = "of another password"
    assert _reader_of(session, cast.manager) == ""


def test_nobody_reads_whose_account_was_closed(cast: Any, session: Any) -> None:
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.practitioner.pk).update(is_active=False)
    assert _reader_of(session, cast.manager) == ""


@pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", None])
def test_nobody_reads_whose_account_is_not_there_nor_a_visitor(cast: Any, session: Any, key: str | None) -> None:
    session[SESSION_KEY] = key
    if key is None:
        session.flush()
    assert _reader_of(session, cast.manager) == ""
