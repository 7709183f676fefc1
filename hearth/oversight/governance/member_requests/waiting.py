"""What of members' requests waits for somebody, for their first page: a query for each that their roles have."""

from typing import Any

from django.urls import reverse

from hearth.foundation.ui.filters import count
from hearth.oversight.governance.member_requests import queries
from hearth.oversight.governance.waits import Waits, when


def member_requests_waiting(reader: Any) -> list[Waits]:
    """The reader's own to answer or send; and answers that they approve."""
    where = reverse("member_requests")
    mine, to_approve = queries.days_of_mine(reader), queries.to_approve(reader)
    found = []
    if mine:
        found.append(
            Waits(f"{count(len(mine), 'request', 'requests')} of members to answer", f"{where}?show=mine", *when(mine))
        )
    if to_approve:
        words = f"{count(len(to_approve), 'answer')} to members to approve or return"
        found.append(Waits(words, f"{where}?show=approve", *when(to_approve)))
    return found
