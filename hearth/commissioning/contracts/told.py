"""You said, we bought: which contracts carry out an intention or answer a theme; and which awards want one. For pages below, by name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from hearth.commissioning.contracts import queries, rules
from hearth.foundation.ui.filters import day


def contracts_bought(intentions: Iterable[Any], theme: Any = None) -> dict[str, list[dict[str, Any]]]:
    """By the intention's reference (none for the theme alone) what was signed, in a line each, and whether it ends early: one query."""
    references = [each.reference for each in intentions]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if not references and theme is None:
        return found
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_contracts_bought(%s, %s)", [references, theme and theme.pk])
        for intention, title, ends_on, early in cursor.fetchall():
            words = f"It ends on {day(ends_on)}, before its time" if early else f"Until {day(ends_on)}"
            found[intention or ""].append({"title": title, "words": words, "early": early})
    return found


def contracts_to_write(reader: Any, awards: Iterable[Any]) -> set[Any]:
    """The keys of those awards from which the reader may write a contract now: their notice is published, and there is none yet."""
    keys = {award.pk for award in awards if award.published_at}
    if not keys or rules.why_not_run(reader) is not None:
        return set()
    return keys & {award.pk for award in queries.awards_to_contract(reader)}
