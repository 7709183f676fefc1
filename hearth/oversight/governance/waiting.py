"""Everything of governance that waits for a reader, for the pages below that ask by name."""

from typing import Any

from hearth.oversight.governance.member_requests.waiting import member_requests_waiting
from hearth.oversight.governance.risks.waiting import risks_waiting
from hearth.oversight.governance.waits import Waits


def governance_waiting(reader: Any) -> list[Waits]:
    """What waits for the reader in the risk log, and of what members asked for."""
    return [*risks_waiting(reader), *member_requests_waiting(reader)]
