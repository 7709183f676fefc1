"""The ways out of the house, chosen by settings: GOV.UK Notify, an SMTP server, or a folder. Each has two functions.

`carry(parcel)` sends it or raises; `was_carried(parcel)` says whether it went, for one whose worker was killed midway,
or None where nobody can know.
"""

from types import ModuleType

from django.conf import settings

from hearth.foundation.messages.carriers import folder, notify, smtp
from hearth.foundation.messages.models import Channel


def carrier_of(channel: str) -> ModuleType:
    """What carries this channel here. Nothing leaves the house unless a setting says so."""
    if settings.HEARTH_NOTIFY_KEY:
        return notify
    return smtp if channel == Channel.EMAIL and settings.HEARTH_EMAIL_URL else folder
