"""Who left so many years ago cannot be reached any more; their name stays on what they wrote."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from hearth.config.environment import database
from hearth.foundation.accounts.actions import close_account, open_account
from hearth.foundation.accounts.forgetting import TIDYING, forget_closed_accounts
from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def as_the_worker(django_db_setup: None) -> Iterator[None]:
    """Every connection of these tests is the worker's: only it may become `system:tidying`."""
    before = {name: connections.settings["default"][name] for name in ("USER", "PASSWORD")}
    worker = database(settings.TEST_ADDRESSES.worker)
    connections.close_all()
    connections.settings["default"].update({name: worker[name] for name in before})
    yield
    connections.close_all()
    connections.settings["default"].update(before)


def left(cast: Any, days: int) -> User:
    """A practitioner whose account was closed that many days ago."""
    person, by = cast.practitioner, cast.administrator
    with acting_as(by):
        close_account(by=by, person=person)
        Appointment.objects.filter(user=person).update(ended_at=clock.now() - dt.timedelta(days=days))
    return person


def kept(person: User) -> tuple[Any, ...]:
    """What is kept of how somebody was reached and signed in."""
    person.refresh_from_db()
    with acting_as(person):
        keys = Authenticator.objects.filter(user=person).count()
    return person.email, person.phone, person.job_title, person.openid_subject, person.search_text, keys


def history_of(person: User) -> int:
    """How many rows the history of an account has."""
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute("select count(*) from accounts_userevent where pgh_obj_id = %s", [person.id])
        return int(cursor.fetchone()[0])


def test_who_left_long_ago_is_forgotten_but_for_their_name(cast: Any) -> None:
    years = pack().retention.rule("account").years
    person = left(cast, years * 366 + 2)
    name = person.full_name
    assert kept(person)[-1] and history_of(person), "until then there is something to forget"
    assert forget_closed_accounts() == 1
    assert kept(person) == (f"{person.reference.lower()}@gone.invalid", "", "", None, "", 0)
    assert (person.full_name, person.is_active, person.has_usable_password(), history_of(person)) == (
        name,
        False,
        False,
        0,
    )
    assert forget_closed_accounts() == 0, "once"


def test_who_left_lately_or_still_works_here_is_not(cast: Any) -> None:
    years = pack().retention.rule("account").years
    person = left(cast, years * 365 - 3)
    before = kept(person), kept(cast.colleague)
    assert forget_closed_accounts() == 0
    assert (kept(person), kept(cast.colleague)) == before and "@" in before[0][0]


def test_nobody_is_forgotten_within_a_year_whatever_is_asked(cast: Any) -> None:
    person = left(cast, 300)
    before = kept(person)
    with acting_as(TIDYING), connection.cursor() as cursor:
        cursor.execute("select hearth_forget_accounts(-5)")
        assert cursor.fetchone() == (0,)
    assert kept(person) == before


def test_the_tidying_identity_reads_nobody_and_no_reader_may_forget(cast: Any) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(TIDYING):
        connection.cursor().execute("select email from accounts_user")
    for who in (cast.administrator, cast.information_governance):
        with acting_as(who), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select hearth_forget_accounts(7)")


def test_a_page_says_what_is_kept_no_longer_and_the_account_stays_closed(cast: Any, as_client: Any) -> None:
    person = left(cast, pack().retention.rule("account").years * 366 + 2)
    forget_closed_accounts()
    by = cast.administrator
    page = as_client(by).get(reverse("colleague", args=[person.reference])).content.decode()
    assert "No longer kept" in page and "gone.invalid" not in page and person.full_name in page
    listed = as_client(by).get(reverse("colleagues"), {"closed": "on"}).content.decode()
    assert person.full_name in listed and "gone.invalid" not in listed
    person.refresh_from_db()
    with acting_as(by), pytest.raises(Refused, match="an account of their own"):
        open_account(by=by, person=person)
