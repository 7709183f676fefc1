"""Everything of governance that waits for a reader, for the pages below that ask by name."""

from typing import Any

from hearth.oversight.governance.member_requests.waiting import member_requests_waiting
from hearth.oversight.governance.risks.waiting import risks_waiting
from hearth.oversight.governance.strategy.waiting import strategies_waiting
from hearth.oversight.governance.waits import Waits


def governance_waiting(reader: Any) -> list[Waits]:
    """What waits for the reader in the risk log, of what members asked for, and of strategies."""
    return [*risks_waiting(reader), *member_requests_waiting(reader), *strategies_waiting(reader)]
