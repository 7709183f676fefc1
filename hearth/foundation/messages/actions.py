"""Ask for a message to be sent, and for one that was given up to be tried once more."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages import rules, words
from hearth.foundation.messages.models import Channel, Message

LONGEST = 254  # characters of an address
NUMBER = re.compile(r"^\+?[\d ()-]{8,24}$")


@action
def send(
    *,
    by: Any,
    to: Any,
    template: str,
    link: str = "",
    key: str,
    channel: str = Channel.EMAIL,
    link_is_secret: bool = False,
) -> None:
    """Put a message in the outbox; it leaves if and only if the caller's work is saved, and once for each `key`.

    `to` is somebody who signs in, or an e-mail address or telephone number. `link` is an address in the product.
    """
    if not words.exists(template, channel):
        raise ValueError(f"No room has the words {words.file_of(template, channel)}.")
    if link and (link[0] != "/" or link[1:2] in ("/", "\\")):
        raise ValueError("A message's link is an address in the product, beginning with one stroke.")
    message = Message(
        channel=channel,
        template=template,
        link=link,
        link_is_secret=link_is_secret,
        key=key,
        made_by_id=by.id,
        **_recipient(to, channel),
    )
    # A message that was asked for before is left as it is; its job finds nothing to do.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    defer("messages.deliver", message=message.id)
    record("messages.message_asked_for", subject=template, key=key, channel=channel)


@action
def send_again(*, by: Any, message: uuid.UUID) -> None:
    """Have a message that was given up tried once more, after the mail server or the address was put right."""
    refuse(rules.why_not_see_outbox(by))
    with connection.cursor() as cursor:
        cursor.execute("select hearth_send_again(%s, %s)", [message, clock.now()])
        (put_back,) = cursor.fetchone()
    if put_back is None:
        refuse(rules.NOT_AGAIN)
    defer("messages.deliver", message=message)
    record("messages.message_sent_again", subject=str(message))


def _recipient(to: Any, channel: str) -> dict[str, Any]:
    if not isinstance(to, str):
        return {"to_user_id": to.id}
    address = clean(to).strip()
    if channel == Channel.EMAIL:
        validate_email(address)
    elif not NUMBER.match(address):
        raise ValidationError("Enter a telephone number, such as 07700 900123", code="invalid")
    if len(address) > LONGEST:
        raise ValidationError("Enter a shorter address", code="invalid")
    return {"address": address}
