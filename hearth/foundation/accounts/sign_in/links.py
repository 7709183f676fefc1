"""Links in messages: a secret that is sent once and kept nowhere; the database has its digest."""

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.module_loading import import_string

from hearth.foundation.accounts.models import LinkKind, SignInLink, User
from hearth.foundation.core import clock

GOOD_FOR = {
    LinkKind.INVITATION: dt.timedelta(days=7),
    LinkKind.PASSWORD: dt.timedelta(hours=1),
    LinkKind.START_AGAIN: dt.timedelta(days=1),
}


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(*, by: User, user: User, kind: LinkKind) -> SignInLink:
    """A link made by whoever manages this person; earlier ones of theirs stop working. It is sent at once."""
    token = secrets.token_urlsafe(32)
    withdraw(user)
    link = SignInLink(
        user=user, kind=kind, token_digest=digest_of(token), until_at=clock.now() + GOOD_FOR[kind], made_by=by
    )
    link.save(force_insert=True)
    _send(by, user, kind, token, link.id)
    return link


def withdraw(user: User) -> None:
    """Links that were sent to somebody stop working."""
    SignInLink.objects.filter(user=user, used_at=None, until_at__gt=clock.now()).update(until_at=clock.now())


def new_password_link(user: User) -> uuid.UUID:
    """A link for somebody who cannot sign in, written by the database's own function: nobody is the reader."""
    token, key, now = secrets.token_urlsafe(32), uuid.uuid4(), clock.now()
    with connection.cursor() as cursor:
        values: list[Any] = [key, user.id, digest_of(token), now, now + GOOD_FOR[LinkKind.PASSWORD]]
        cursor.execute("select hearth_forgotten(%s, %s, %s, %s, %s)", values)
    _send(user, user, LinkKind.PASSWORD, token, key)
    return key


def _send(by: User, user: User, kind: LinkKind, token: str, key: uuid.UUID) -> None:
    path = reverse("choose_password", args=[token])
    import_string(settings.HEARTH_SENDER)(
        by=by,
        to=user,
        template=f"accounts_{kind.value}",
        link=path,
        key=SignInLink(id=key).message_key,
        link_is_secret=True,
    )


def opened(token: str) -> tuple[User, LinkKind] | None:
    """Whose link this is and what for, while it is good."""
    with connection.cursor() as cursor:
        cursor.execute("select user_id, kind from hearth_link(%s, %s)", [digest_of(token), clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    return User.objects.select_related("organisation").get(pk=row[0]), LinkKind(row[1])


def use(token: str, user: User) -> bool:
    """Use the link up and write the new password that `user` carries; False when somebody was quicker or it ran out."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_use_link(%s, %s, %s)", [digest_of(token), user.password, clock.now()])
        (used,) = cursor.fetchone()
    return used is not None


def waiting_for(people: list[Any]) -> set[Any]:
    """The keys of those people whose invitation has not been used yet, in one query."""
    return set(
        SignInLink.objects.filter(user__in=people, kind=LinkKind.INVITATION, used_at=None).values_list(
            "user_id", flat=True
        )
    )


def last_sent_to(person: User) -> SignInLink | None:
    """The last link that was sent to somebody."""
    return SignInLink.objects.filter(user=person).order_by("-created_at").first()
