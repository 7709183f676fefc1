"""Lets go of what partners sent so many years ago: rows, numbers of people and files. That a file was sent stays on record."""

import uuid
from dataclasses import dataclass

from django.db import connections

from hearth.foundation.core.jobs import defer
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as
from hearth.intelligence.feeds import keeping

TIDYING = System("system:tidying", "hearth_tidying")
RECORD = "feed"  # as the retention rules of the practice pack call it


@dataclass
class _Old:
    """A load whose time has passed, as far as its files go."""

    id: uuid.UUID
    reference: str = ""
    rows_hash: str = ""


def let_go_of_old_loads(using: str = "default") -> int:
    """Let go of loads that are older than the pack keeps them; how many there were. Safe to run twice.

    Rows first, then files: where it is stopped between the two, files that no row admits are left, and go with the next load.
    People are linked anew where something was held until now.
    """
    rule = pack().retention.rule(RECORD)
    if rule is None:
        return 0
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select * from hearth_let_go_of_old_loads(%s)", [rule.years])
        old = cursor.fetchall()
    for load, _, _ in old:
        keeping.let_go(_Old(load))
    if by := next((person for _, held, person in old if held), None):
        defer("matching.link_after_load", by=by)
    return len(old)
