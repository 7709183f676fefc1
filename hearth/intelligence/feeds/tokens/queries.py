"""Tokens: a page of them for whoever loads feeds, and whose a secret is that a machine sent."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from hearth.foundation.accounts.queries import with_what_they_hold
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.intelligence.feeds.models import FeedLoad, FeedToken


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _tokens(reader: Any) -> QuerySet[Any]:
    return FeedToken.objects.visible_to(reader).select_related("organisation", "by", "withdrawn_by")


def tokens(reader: Any, page: Any = 1) -> Page:
    """A page of tokens, the newest first."""
    return page_of(_tokens(reader).order_by("-created_at", "id"), page)


def token_of(reader: Any, reference: str) -> FeedToken:
    """One token, or a page that never says whether it exists."""
    token = _tokens(reader).filter(reference=reference).first()
    if token is None:
        raise Http404
    return token


@dataclass(frozen=True)
class Known:
    """A secret that was made here: which token, who answers for it, and whether it is good now."""

    reference: str
    maker: Any
    good: bool


def known_by(secret: str) -> Known | None:
    """Whose a secret is; nothing where it was never made. Asked of the database's own function: nobody is the reader yet."""
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_feed_token(%s, %s)", [digest_of(secret), clock.today()])
        row = cursor.fetchone()
    if row is None:
        return None
    maker = with_what_they_hold(row[1])
    return Known(row[0], maker, bool(row[2] and maker is not None and maker.is_active))


def load_for(reader: Any, token: FeedToken, reference: str) -> FeedLoad | None:
    """A load of the token's feed and organisation; nothing where there is none, whatever else is held."""
    rows = FeedLoad.objects.visible_to(reader).select_related("organisation", "area")
    return rows.filter(reference=reference, feed=token.feed, organisation=token.organisation_id).first()
