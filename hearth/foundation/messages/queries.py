"""What became of a message: for the room that asked for it, and of all of them for an administrator."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, number_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.messages.models import Channel, Status
from hearth.foundation.messages.rules import why_not_see_outbox

SHOWN_FOR = dt.timedelta(days=30)
SIZE = 50
UNSENT = (Status.WAITING, Status.SENDING, Status.FAILED, Status.GIVEN_UP)

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


@dataclass(frozen=True)
class Sent:
    """One message as an administrator sees it: who it was for and what became of it, never its address or its link."""

    id: uuid.UUID
    created_at: dt.datetime
    channel: Channel
    template: str
    recipient: str
    organisation: str
    status: Status
    tries: int
    next_try_at: dt.datetime
    sent_at: dt.datetime | None
    last_error: str
    link_is_secret: bool

    @property
    def about(self) -> str:
        """Which words were sent: "Request answered"."""
        return self.template.removeprefix("accounts_").replace("_", " ").capitalize()

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS.get(self.status, "blue")

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it tried once more."""
        return self.status == Status.GIVEN_UP and not self.link_is_secret


def outbox(reader: Any, *, unsent: bool = False, page: Any = 1) -> Page:
    """A page of the messages of the last thirty days, the newest first; or only those that have not gone."""
    refuse(why_not_see_outbox(reader))
    number = number_of(page)
    wanted = [status.value for status in (UNSENT if unsent else Status)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_outbox(%s) where status = any(%s) order by created_at desc, id limit %s offset %s",
            [clock.now() - SHOWN_FOR, wanted, SIZE + 1, (number - 1) * SIZE],
        )
        rows = [_sent(row) for row in cursor.fetchall()]
    return Page(rows[:SIZE], number, len(rows) > SIZE)


def _sent(row: tuple[Any, ...]) -> Sent:
    key, made, channel, template, recipient, organisation, status, *rest = row
    return Sent(key, made, Channel(channel), template, recipient, organisation, Status(status), *rest)


def unsent_count(reader: Any) -> int:
    """How many messages of the last thirty days were given up; nought for whoever does not look after them."""
    if why_not_see_outbox(reader) is not None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from hearth_outbox(%s) where status = %s", [clock.now() - SHOWN_FOR, Status.GIVEN_UP]
        )
        (count,) = cursor.fetchone()
    return int(count)
