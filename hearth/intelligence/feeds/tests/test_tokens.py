"""Tokens: made for one machine, shown once, kept as a digest, listed with their last use, withdrawn by a person."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.models import FeedToken
from hearth.intelligence.feeds.tokens import actions


@pytest.fixture
def analyst(cast: Any, as_client: Callable[[Any], Client]) -> Client:
    """The analyst, signed in."""
    return as_client(cast.analyst)


def form(organisation: Any, until: dt.date, feed: str = "police") -> dict[str, str]:
    """What is typed to make a token."""
    day = {"until_on-day": str(until.day), "until_on-month": str(until.month), "until_on-year": str(until.year)}
    return day | {"feed": feed, "organisation": str(organisation.id), "machine": "Niche, nightly export"}


def next_month() -> dt.date:
    """A day on which a token is still to be good."""
    return clock.today() + dt.timedelta(days=30)


def test_a_token_is_shown_once_kept_as_a_digest_and_listed(analyst: Client, cast: Any, council: Any) -> None:
    page = analyst.post(reverse("make_feed_token"), form(council, next_month()))
    shown = page.content.decode()
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    (secret,) = re.findall(r"hearth-feed-[\w-]{40,}", shown)
    token = FeedToken.objects.get()
    assert (token.by, token.feed, token.organisation, token.last_used_at) == (cast.analyst, "police", council, None)
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert not [name for name, value in vars(token).items() if secret in str(value)]
    listed = analyst.get(reverse("feed_tokens")).content.decode()
    assert "Niche, nightly export" in listed and token.reference in listed and "Never" in listed
    assert secret not in listed and token.digest not in listed
    made = AuditEvent.objects.filter(verb="feeds.token_made")
    with acting_as(cast.information_governance):
        assert secret not in str(list(made.values_list("detail", "subject")))


def test_a_form_that_is_sent_twice_makes_one_token_and_shows_it_once(analyst: Client, council: Any) -> None:
    typed = form(council, next_month()) | {"draft_sitting": "s" * 40}
    assert "hearth-feed-" in analyst.post(reverse("make_feed_token"), typed).content.decode()
    again = analyst.post(reverse("make_feed_token"), typed)
    assert again.status_code == 302
    assert "hearth-feed-" not in analyst.get(again.url).content.decode()
    assert FeedToken.objects.count() == 1


def test_what_is_typed_wrongly_is_answered_with_a_sentence(analyst: Client, council: Any, police: Any) -> None:
    def said(organisation: Any, until: dt.date, feed: str = "police") -> str:
        answer = analyst.post(reverse("make_feed_token"), form(organisation, until, feed))
        assert answer.status_code in (403, 422)
        return answer.content.decode()

    assert "must be today or in the future" in said(council, clock.today() - dt.timedelta(days=1))
    assert "or before" in said(council, clock.today() + dt.timedelta(days=400))
    assert f"{police.name} does not send Housing" in said(police, next_month(), "housing")
    assert not FeedToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 367])
def test_no_token_is_made_that_has_ended_or_that_lasts_for_more_than_a_year(days: int, cast: Any, council: Any) -> None:
    until = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused):
        actions.make_feed_token(by=cast.analyst, feed="police", organisation=council, machine="M", until_on=until)


def test_anybody_who_loads_feeds_withdraws_a_token_once_and_says_why(
    as_client: Callable[[Any], Client], cast: Any, council: Any
) -> None:
    made, _ = actions.make_feed_token(
        by=cast.analyst, feed="police", organisation=council, machine="M", until_on=next_month()
    )
    governs, page = as_client(cast.information_governance), reverse("withdraw_feed_token", args=[made.reference])
    assert governs.post(page, {"why": ""}).status_code == 422
    assert governs.post(page, {"why": "The laptop was lost"}).status_code == 302
    assert "The laptop was lost" in governs.get(reverse("feed_tokens")).content.decode()
    assert governs.get(page).status_code == 403
    made.refresh_from_db()
    assert made.withdrawn_by == cast.information_governance and made.is_over


def test_whoever_may_not_load_feeds_makes_sees_and_withdraws_none(
    as_client: Callable[[Any], Client], cast: Any, council: Any
) -> None:
    made, _ = actions.make_feed_token(
        by=cast.analyst, feed="police", organisation=council, machine="M", until_on=next_month()
    )
    for who in (cast.manager, cast.police_officer, cast.administrator):
        client = as_client(who)
        assert client.get(reverse("feed_tokens")).status_code == 403
        assert client.post(reverse("make_feed_token"), form(council, next_month())).status_code == 403
        assert client.post(reverse("withdraw_feed_token", args=[made.reference]), {"why": "x"}).status_code == 404
        with acting_as(who):
            assert not FeedToken.objects.exists()
            with pytest.raises(Refused, match="Your role cannot load"):
                actions.make_feed_token(by=who, feed="police", organisation=council, machine="M", until_on=next_month())


def test_the_database_itself_lets_nobody_move_a_token_or_make_one_in_another_s_name(cast: Any, council: Any) -> None:
    made, _ = actions.make_feed_token(
        by=cast.analyst, feed="police", organisation=council, machine="M", until_on=next_month()
    )
    for change in (
        {"feed": "housing"},
        {"by": cast.information_governance},
        {"digest": "0" * 64},
        {"until_on": dt.date(2099, 1, 1)},
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            FeedToken.objects.filter(pk=made.pk).update(**change)
    other = FeedToken(
        reference="FT-OTHER", feed="police", organisation=council, machine="M", digest="1" * 64, until_on=next_month(),
        by=cast.information_governance,
    )  # fmt: skip
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        other.save(force_insert=True)
