"""What became of a message, for the room that asked for it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from hearth.foundation.messages.models import Status

COLOURS = {Status.SENT: "green", Status.GIVEN_UP: "red", Status.FAILED: "orange"}


@dataclass(frozen=True)
class Delivery:
    """Whether a message went out, and when. It says nothing about who it was for."""

    key: str
    status: Status
    sent_at: dt.datetime | None

    @property
    def sent(self) -> bool:
        """Whether it went out."""
        return self.status == Status.SENT

    @property
    def words(self) -> str:
        """For people: "Sent"."""
        return str(self.status.label)

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS.get(self.status, "blue")


def deliveries_of(keys: Iterable[str]) -> dict[str, Delivery]:
    """What became of the messages with these keys, in one query; a key that was never used is absent."""
    wanted = list(keys)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select key, status, sent_at from hearth_deliveries(%s)", [wanted])
        return {key: Delivery(key, Status(status), sent_at) for key, status, sent_at in cursor.fetchall()}


def delivery_of(key: str) -> Delivery | None:
    """What became of one message; None where none was asked for."""
    return deliveries_of([key]).get(key)
