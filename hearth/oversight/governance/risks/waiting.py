"""What of the risk log waits for somebody, for their first page: a query for each that their roles have."""

from typing import Any

from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.ui.filters import count
from hearth.oversight.governance.risks import queries
from hearth.oversight.governance.risks.meetings.queries import next_on
from hearth.oversight.governance.waits import Waits, when


def risks_waiting(reader: Any) -> list[Waits]:
    """What was escalated to the reader; their action points; their risks with something late; and the meeting that is due."""
    found = [
        Waits(f"Escalated to you: {each.risk.title}", reverse("risk", args=[each.risk.reference]), *when([each.due_on]))
        for each in queries.to_answer(reader)
    ]
    points = queries.points_to_do(reader)
    if points:
        one = len({each["risk__reference"] for each in points}) == 1
        where = reverse("risk", args=[points[0]["risk__reference"]]) if one else f"{reverse('risks')}?show=points"
        found.append(
            Waits(
                f"{count(len(points), 'action point')} of the risk log",
                where,
                *when([each["due_on"] for each in points]),
            )
        )
    late = queries.late_of_mine(reader)
    if late:
        words = f"{count(late, 'risk')} of yours to look at: something is late"
        found.append(Waits(words, f"{reverse('risks')}?show=mine", late))
    by, passed = next_on(reader)
    if by is not None and (passed or (by - clock.today()).days <= 1):
        found.append(Waits("The risk log is to be met on", reverse("risk_meetings"), int(passed), int(not passed)))
    return found
