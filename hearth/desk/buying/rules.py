"""Who may ask for what a panel decided to buy, and the sentence when they may not."""

from typing import Any

from hearth.casework.panels.models import PanelDecision, PanelItem
from hearth.casework.panels.rules import runs
from hearth.foundation.core.refusals import Refusal

DECIDED = "spot_purchase"


def why_not_ask_from_panel(user: Any, item: PanelItem) -> Refusal | None:
    """Whoever runs the panel or brought the family there, once a purchase is decided and while the case is open."""
    if item.case is None:
        return Refusal("buying.theme", "A purchase is for a family, and this is a theme.")
    if not user.may("work_case") or not (runs(user, item.panel) or item.proposed_by_id == user.id):
        return Refusal(
            "buying.not_yours", "Whoever chairs the panel or brought the family there asks for it. Tell one of them."
        )
    if not item.case.is_open:
        return Refusal("buying.closed", "This case is closed. Reopen it before something is bought for the family.")
    if not PanelDecision.objects.filter(item=item, kind=DECIDED, withdrawn_at=None).exists():
        return Refusal(
            "buying.not_decided", "The panel has decided no spot purchase here. Write the decision down first."
        )
    return None
