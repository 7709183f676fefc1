"""Who may see what is meant to be bought, write it and move it on; and the sentence when they may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs.models import Intention, IntentionState
from hearth.commissioning.needs.reach import SEES, TOLD, WRITES
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import pounds
from hearth.records.money.reach import holds_whole
from hearth.records.money.rules import MOST

State = IntentionState
NEXT = {
    State.DRAFTED: (State.AGREED, State.WITHDRAWN),
    State.AGREED: (State.BOUGHT, State.WITHDRAWN),
    State.BOUGHT: (),
    State.WITHDRAWN: (),
}
YEARS_AHEAD = 10


def why_not_see_needs(user: Any) -> Refusal | None:
    """The page of needs side by side, and the list of intentions."""
    if user.may(SEES):
        return None
    return Refusal(
        "needs.may_not_see",
        "Your role does not include what is meant to be bought. What answers a need of yours stands with the need.",
    )


def why_not_write(user: Any, area: Any) -> Refusal | None:
    """Writing an intention: commissioners and strategic leads, of the district or of the whole authority."""
    if user.may(WRITES, area) if area is not None else holds_whole(user, WRITES):
        return None
    where = area.name if area is not None else "the whole authority"
    return Refusal(
        "needs.may_not_write",
        f"Only a commissioner or a strategic lead of {where} can do this. Tell them what is missing, or start a theme of unmet need.",
    )


def why_not_draft(user: Any) -> Refusal | None:
    """Drafting, before the district is chosen."""
    if user.may(WRITES):
        return None
    return why_not_write(user, None)


def why_not_these_words(title: str, needs: Sequence[str], what: str) -> Refusal | None:
    """An intention says in a line what it is, for which needs, and what is meant to be bought."""
    if not title.strip():
        return Refusal("needs.title", "Say in a line what is meant to be bought.")
    known = [find(pack().unmet.needs, code) for code in needs]
    if not known or None in known:
        return Refusal("needs.needs", "Tick at least one need that it is for.")
    return None if what.strip() else Refusal("needs.what", "Write what is meant to be bought.")


def why_not_this_amount(pence: int) -> Refusal | None:
    """About how much: whole pence, more than nothing."""
    if 0 < pence <= MOST:
        return None
    return Refusal("needs.amount", f"Enter an amount from {pounds(1)} to {pounds(MOST)}.")


def why_not_by(buy_by: dt.date) -> Refusal | None:
    """The day by which it is meant to be bought lies ahead, and not too far."""
    today = clock.today()
    if today <= buy_by <= today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28)):
        return None
    return Refusal("needs.buy_by", f"Enter a day from today to {YEARS_AHEAD} years from now.")


def why_not_own(owner: Any, area: Any) -> Refusal | None:
    """Whoever answers for an intention may write it."""
    if owner is None:
        return Refusal("needs.no_owner", "Say who answers for it: a commissioner or a strategic lead.")
    if why_not_write(owner, area) is None:
        return None
    return Refusal(
        "needs.may_not_own", f"{owner.full_name} has no role that writes intentions there. Name a commissioner or a strategic lead."
    )  # fmt: skip


def why_not_change(user: Any, intention: Intention) -> Refusal | None:
    """Changing its words: while it is drafted or agreed."""
    refusal = why_not_write(user, intention.area)
    if refusal is None and not intention.is_open:
        return Refusal(
            "needs.ended", f"It is {intention.get_state_display().lower()}. Draft another one for what is still missing."
        )  # fmt: skip
    return refusal


def why_not_move(user: Any, intention: Intention, state: str = "") -> Refusal | None:
    """Moving it on: drafted, agreed, bought; or withdrawn before it is bought."""
    refusal = why_not_write(user, intention.area)
    if refusal is not None:
        return refusal
    may = NEXT[State(intention.state)]
    if not may:
        return Refusal(
            "needs.ended", f"It is {intention.get_state_display().lower()} already, and stays as it is. Draft another one."
        )  # fmt: skip
    if state and state not in may:
        return Refusal("needs.not_next", f"It is {intention.get_state_display().lower()} now. Look at it again.")
    return None


def why_not_these_reasons(words: str) -> Refusal | None:
    """Each step says why."""
    return None if words.strip() else Refusal("needs.no_reason", "Write why: whoever asks later reads it here.")


def why_not_cite(user: Any, intention: Intention) -> Refusal | None:
    """Citing evidence: whoever writes it, until it is withdrawn."""
    refusal = why_not_write(user, intention.area)
    if refusal is None and intention.state == State.WITHDRAWN:
        return Refusal("needs.withdrawn", "It is withdrawn. Cite the evidence in another one.")
    return refusal


def why_not_this_evidence(chosen: Sequence[Any]) -> Refusal | None:
    """Something is cited, of what is offered."""
    return None if chosen else Refusal("needs.no_evidence", "Tick at least one figure or theme.")


def why_not_answer_with(theme: Theme, intention: Intention) -> Refusal | None:
    """A theme's answer cites what is agreed or bought for its district or for the whole authority."""
    if intention.state not in TOLD:
        return Refusal(
            "needs.not_agreed", "It is not agreed. Choose one that is agreed or bought, or answer without one."
        )
    if intention.area_id not in (None, theme.area_id):
        return Refusal("needs.other_district", "It is for another district. Choose one for the district of the theme.")
    return None
