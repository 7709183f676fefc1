"""Everything of governance that waits for a reader, for the pages below that ask by name."""

from typing import Any

from hearth.oversight.governance.risks.waiting import risks_waiting
from hearth.oversight.governance.waits import Waits


def governance_waiting(reader: Any) -> list[Waits]:
    """What waits for the reader in the risk log."""
    return risks_waiting(reader)
