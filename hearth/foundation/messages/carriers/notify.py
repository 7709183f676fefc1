"""Through GOV.UK Notify, which carries both channels. Our words go into one template of each kind there.

The e-mail template has ((subject)) as its subject and ((body)) as its message; the text template has ((body)).
"""

from typing import Any

import requests
from django.conf import settings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from hearth.foundation.messages.models import Channel
from hearth.foundation.messages.parcels import CannotCarry, CarryLater, Parcel

SECONDS = 20


def _client() -> Any:
    options = {"base_url": settings.HEARTH_NOTIFY_URL} if settings.HEARTH_NOTIFY_URL else {}
    return NotificationsAPIClient(settings.HEARTH_NOTIFY_KEY, timeout=SECONDS, **options)


def carry(parcel: Parcel) -> None:
    """Hand the message to Notify under our own reference."""
    try:
        if parcel.channel == Channel.EMAIL:
            _client().send_email_notification(
                email_address=parcel.address,
                template_id=settings.HEARTH_NOTIFY_EMAIL_TEMPLATE,
                reference=str(parcel.id),
                personalisation={"subject": parcel.subject, "body": parcel.body},
            )
        else:
            _client().send_sms_notification(
                phone_number=parcel.address,
                template_id=settings.HEARTH_NOTIFY_TEXT_TEMPLATE,
                reference=str(parcel.id),
                personalisation={"body": parcel.body},
            )
    except HTTPError as fault:
        if fault.status_code == 400:  # the address or the template is wrong, and will be the next time too
            raise CannotCarry("Notify 400") from fault
        raise CarryLater(f"Notify {fault.status_code}") from fault
    except requests.RequestException as fault:
        raise CarryLater(type(fault).__name__) from fault


def was_carried(parcel: Parcel) -> bool | None:
    """Whether Notify knows our reference; None while it cannot be asked."""
    try:
        return bool(_client().get_all_notifications(reference=str(parcel.id))["notifications"])
    except (HTTPError, requests.RequestException):
        return None
