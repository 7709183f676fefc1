"""Lets go of counts of searches that are older than the practice pack keeps them."""

from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as

TIDYING = System("system:tidying", "hearth_tidying")
RECORD = "finder_count"  # as the retention rules of the practice pack call it


def let_go_of_old_counts(using: str = "default") -> int:
    """Let go of them; how many there were. Safe to run twice; runs as the tidying identity, which reads none of them."""
    rule = pack().retention.rule(RECORD)
    if rule is None:
        return 0
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_old_finder_counts(%s)", [rule.years])
        return int(cursor.fetchone()[0])
