"""Sends one message at most once, and tries again for as long as it surely did not go.

Three steps, each saved before the next: it is claimed, it goes, what became of it is written down. A worker that is
killed between the last two leaves a message about which its carrier is asked; where nobody can know, it stays unsent.
"""

import datetime as dt
import uuid

from django.contrib.auth import get_user_model
from django.db.models import Case, F, Value, When
from procrastinate.contrib.django import app

from hearth.foundation.core import clock
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.messages.carriers import carrier_of
from hearth.foundation.messages.models import Channel, Message, Status
from hearth.foundation.messages.parcels import CannotCarry, CarryLater, Parcel
from hearth.foundation.messages.words import words_of

MESSAGES = System("system:messages", "hearth_messages")
TRY_AGAIN_AFTER = (1, 5, 15, 60, 240, 720)  # minutes after each failure; then it is given up
LOST_AFTER = dt.timedelta(minutes=15)


def deliver(key: uuid.UUID, using: str = "default") -> str:
    """Send a message if it is still to be sent; give what became of it. Safe to run many times, and at once."""
    parcel = _claim(key, using)
    if parcel is None:
        return ""
    if not parcel.address:
        return _write(key, using, Status.GIVEN_UP, "nobody to send it to")
    try:
        carrier_of(parcel.channel).carry(parcel)
    except CannotCarry as fault:
        return _write(key, using, Status.GIVEN_UP, str(fault))
    except CarryLater as fault:
        return _later(key, using, str(fault))
    return _write(key, using, Status.SENT)


def _claim(key: uuid.UUID, using: str) -> Parcel | None:
    """Take a message for oneself; None when another has it, or it is done."""
    with acting_as(MESSAGES, using):
        rows = Message.objects.using(using).filter(
            pk=key, status__in=[Status.WAITING, Status.FAILED], next_try_at__lte=clock.now()
        )
        if not rows.update(status=Status.SENDING, claimed_at=clock.now(), tries=F("tries") + 1):
            return None
        return _parcel(Message.objects.using(using).get(pk=key), using)


def _parcel(message: Message, using: str) -> Parcel:
    words = words_of(message.template, message.channel, message.link)
    return Parcel(
        message.id, message.channel, message.address or _address_of(message, using), words.subject, words.body
    )


def _address_of(message: Message, using: str) -> str:
    """Where somebody who signs in is written to today; nowhere, if their account was closed meanwhile."""
    field = "email" if message.channel == Channel.EMAIL else "phone"
    people = get_user_model().objects.using(using).filter(pk=message.to_user_id, is_active=True)
    return people.values_list(field, flat=True).first() or ""


def _write(key: uuid.UUID, using: str, status: Status, error: str = "") -> str:
    """What became of it. A secret link is forgotten with that."""
    with acting_as(MESSAGES, using):
        done = (
            {}
            if status == Status.FAILED
            else {"link": Case(When(link_is_secret=True, then=Value("")), default=F("link"))}
        )
        sent_at = clock.now() if status == Status.SENT else None
        rows = Message.objects.using(using).filter(pk=key, status=Status.SENDING)
        rows.update(status=status, last_error=error[:120], sent_at=sent_at, **done)
    return status.value


def _later(key: uuid.UUID, using: str, error: str) -> str:
    """Try again after a while that grows, or give up."""
    with acting_as(MESSAGES, using):
        tries = Message.objects.using(using).values_list("tries", flat=True).get(pk=key)
    if tries > len(TRY_AGAIN_AFTER):
        return _write(key, using, Status.GIVEN_UP, error)
    moment = clock.now() + dt.timedelta(minutes=TRY_AGAIN_AFTER[tries - 1])
    with acting_as(MESSAGES, using):
        Message.objects.using(using).filter(pk=key).update(next_try_at=moment)
    written = _write(key, using, Status.FAILED, error)
    app.configure_task("messages.deliver", schedule_at=moment).defer(message=str(key))
    return written


def take_up_lost(using: str = "default") -> list[uuid.UUID]:
    """Find out about messages whose worker was killed, and give the keys of all that wait longer than they should."""
    with acting_as(MESSAGES, using):
        lost = list(Message.objects.using(using).filter(status=Status.SENDING, claimed_at__lt=clock.now() - LOST_AFTER))
        parcels = [_parcel(message, using) for message in lost]
    for parcel in parcels:
        _find_out(parcel, using)
    with acting_as(MESSAGES, using):
        late = Message.objects.using(using).filter(
            status__in=[Status.WAITING, Status.FAILED], next_try_at__lt=clock.now() - LOST_AFTER
        )
        return list(late.values_list("pk", flat=True)[:500])


def _find_out(parcel: Parcel, using: str) -> None:
    went = carrier_of(parcel.channel).was_carried(parcel)
    if went is None:
        _write(parcel.id, using, Status.GIVEN_UP, "interrupted: nobody knows whether it went")
    else:
        _write(parcel.id, using, Status.SENT if went else Status.FAILED, "" if went else "interrupted")
