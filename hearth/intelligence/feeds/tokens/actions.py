"""Make and withdraw tokens; and what a machine does with one: send a file, ask how a load stands. Each use is on record."""

import datetime as dt
import secrets
from typing import IO, Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.feeds.actions import send_file
from hearth.intelligence.feeds.layout import layout_of
from hearth.intelligence.feeds.models import FeedLoad, FeedToken
from hearth.intelligence.feeds.tokens import queries, rules

BEGINS = "hearth-feed-"  # so that whoever finds one, in a log or a repository, knows what it is


@action
def make_feed_token(*, by: Any, feed: str, organisation: Any, machine: str, until_on: dt.date) -> tuple[FeedToken, str]:
    """Let a machine send files of a feed for an organisation. The secret is given back this once, and kept nowhere."""
    refuse(rules.why_not_make(by, layout_of(feed), organisation, until_on))
    secret = BEGINS + secrets.token_urlsafe(32)
    token = FeedToken(
        reference=drawn_reference("FT"), feed=feed, organisation=organisation, machine=clean(machine)[:120],
        digest=queries.digest_of(secret), by=by, until_on=until_on,
    )  # fmt: skip
    token.save(force_insert=True)
    record("feeds.token_made", subject=token, feed=feed, organisation=organisation.id, until=until_on)
    return token, secret


@action
def withdraw_feed_token(*, by: Any, token: FeedToken, why: str) -> FeedToken:
    """From now on nothing is sent with it. What was sent stays."""
    token.hold()
    refuse(rules.why_not_withdraw(by, token))
    token.withdrawn_at, token.withdrawn_by, token.withdrawn_why = clock.now(), by, clean(why)
    token.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("feeds.token_withdrawn", subject=token, feed=token.feed)
    return token


@action
def send_file_with_token(*, by: Any, token: FeedToken, file: IO[bytes], **given: Any) -> FeedLoad:
    """A machine sends a file: the same load as by hand, as whoever made the token. Asked again, for files take a while to arrive."""
    _use(by, token)
    load = send_file(by=by, feed=token.feed, organisation=token.organisation, file=file, sent_with=token, **given)
    record("feeds.token_used", subject=token, load=load.reference)
    return load


@action
def ask_with_token(*, by: Any, token: FeedToken, load: FeedLoad) -> FeedLoad:
    """A machine asks how a load stands."""
    _use(by, token)
    record("feeds.load_asked", subject=load, token=token.reference)
    return load


def _use(by: Any, token: FeedToken) -> None:
    token.hold()
    refuse(rules.why_not_use(by, token))
    token.last_used_at = clock.now()
    token.save(update_fields=["last_used_at"])
