"""Lets go of how somebody was reached and signed in, so many years after their account was closed; their name stays on what they wrote."""

from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as

TIDYING = System("system:tidying", "hearth_tidying")
RECORD = "account"  # as the retention rules of the practice pack call it


def forget_closed_accounts(using: str = "default") -> int:
    """Forget those who have been gone for as long as the pack says; how many there were. Safe to run twice.

    Runs as the tidying identity, which may call one function of the database and reads nobody.
    """
    rule = pack().retention.rule(RECORD)
    if rule is None:
        return 0
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_forget_accounts(%s)", [rule.years])
        (forgotten,) = cursor.fetchone()
        return int(forgotten)
