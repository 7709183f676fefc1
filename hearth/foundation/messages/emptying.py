"""Empties what a message said and where it went, when the practice pack says; that it was sent, when and by which words stays."""

import datetime as dt

from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as

TIDYING = System("system:tidying", "hearth_tidying")


def empty_old_messages(using: str = "default") -> int:
    """Let go of the address and the link of messages that are done with for as long as the pack says; how many were.

    Counted from when it was sent, or asked for where it never went. Safe to run twice; runs as the tidying identity, which
    sees how old a message is and neither of the two.
    """
    before = clock.now() - dt.timedelta(days=pack().retention.message_text_days)
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "update outbox_message set address = '', link = '', emptied_at = %s"
            " where status in ('sent', 'given_up') and emptied_at is null and created_at < %s"
            " and coalesce(sent_at, created_at) < %s",
            [clock.now(), before, before],
        )
        return int(cursor.rowcount)
