"""Ask for a message to be sent."""

from typing import Any

from django.core.validators import validate_email

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.text import clean
from hearth.foundation.messages import words
from hearth.foundation.messages.models import Channel, Message


@action
def send(
    *, by: Any, to: Any, template: str, link: str = "", key: str, channel: str = Channel.EMAIL, link_is_secret: bool = False
) -> None:
    """Put a message in the outbox; it leaves if and only if the caller's work is saved, and once for each `key`.

    `to` is somebody who signs in, or an e-mail address or telephone number. `link` is an address in the product.
    """
    if not words.exists(template, channel):
        raise ValueError(f"No room has the words {words.file_of(template, channel)}.")
    if link and not link.startswith("/"):
        raise ValueError("A message's link is an address in the product, beginning with a stroke.")
    message = Message(
        channel=channel, template=template, link=link, link_is_secret=link_is_secret, key=key, made_by_id=by.id, **_recipient(to, channel)
    )
    # A message that was asked for before is left as it is; its job finds nothing to do.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    defer("messages.deliver", message=message.id)
    record("messages.message_asked_for", subject=template, key=key, channel=channel)


def _recipient(to: Any, channel: str) -> dict[str, Any]:
    if not isinstance(to, str):
        return {"to_user_id": to.id}
    address = clean(to).strip()
    if channel == Channel.EMAIL:
        validate_email(address)
    return {"address": address}
