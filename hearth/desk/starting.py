"""The first page of those whose work is not with families: what their role is for, and the way to it."""

from typing import Any

from hearth.desk.counts.queries import counts_of_districts
from hearth.desk.counts.rules import why_not_see_counts
from hearth.desk.panel.rules import sits_on_panel
from hearth.desk.waiting import waiting_for
from hearth.foundation.accounts.roles import PERMISSIONS, permissions_of
from hearth.foundation.messages.queries import unsent_count
from hearth.foundation.ui.navigation import doors_for
from hearth.records.people.restrictions.queries import unread_searches


def start_of(reader: Any) -> dict[str, Any]:
    """What the page shows: roles in words, links with what is behind each, and the figures they may see."""
    held = reader.appointments_now()
    may = frozenset[str]().union(*(permissions_of(one.role) for one in held))
    districts, total = counts_of_districts(reader) if why_not_see_counts(reader) is None else ([], None)
    return {
        "roles": [one.in_words for one in held],
        "may": [words for code, words in PERMISSIONS.items() if code in may],
        "waiting": waiting_for(reader),
        "doors": doors_for(reader),
        "districts": districts,
        "total": total,
        "panel": sits_on_panel(reader),
        "unsent": unsent_count(reader),
        "unread": unread_searches(reader) if "told_of_restricted_searches" in may else 0,
    }
