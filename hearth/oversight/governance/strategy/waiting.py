"""What of strategies waits for somebody, for their first page."""

from typing import Any

from django.urls import reverse

from hearth.foundation.ui.filters import count
from hearth.oversight.governance.strategy import queries
from hearth.oversight.governance.waits import Waits, when


def strategies_waiting(reader: Any) -> list[Waits]:
    """The reader's own actions that are late, or due within the week."""
    late, week = when(queries.late_of_mine(reader))
    if not (late or week):
        return []
    return [Waits(f"{count(late + week, 'action')} of a strategy: say how it goes", reverse("strategies"), late, week)]
