"""Lets go of the names of lists, when the practice pack says: the totals stay, and nobody can be worked out from them."""

from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as

TIDYING = System("system:tidying", "hearth_tidying")


def let_go_of_names(using: str = "default") -> int:
    """Let go of names that were kept as long as the pack says; how many lists there were. Safe to run twice."""
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_names(%s)", [pack().returns.names_kept_days])
        return int(cursor.fetchone()[0])
