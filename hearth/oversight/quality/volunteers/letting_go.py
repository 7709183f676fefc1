"""Lets go of who a volunteer was, so many years after their end; that somebody helped a family, and for how long, stays with the family."""

from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as

TIDYING = System("system:tidying", "hearth_tidying")
RECORD = "volunteer"  # as the retention rules of the practice pack call it


def let_go_of_volunteers(using: str = "default") -> int:
    """Let go of those who ended as long ago as the pack says; how many there were. Safe to run twice."""
    rule = pack().retention.rule(RECORD)
    if rule is None:
        return 0
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_volunteers(%s)", [rule.years])
        return int(cursor.fetchone()[0])
