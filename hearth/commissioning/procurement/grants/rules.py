"""Who may open a round, apply, decide and pay; and the sentence when they may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Sum

from hearth.commissioning.needs.reach import SEES
from hearth.commissioning.procurement.grants.models import (
    ApplicationState,
    GrantApplication,
    GrantInterest,
    GrantRound,
)
from hearth.commissioning.procurement.grants.reach import ASKS, DECIDES
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day, pounds
from hearth.records.money.models import Share
from hearth.records.money.reach import holds_whole
from hearth.records.money.rules import MOST

State = ApplicationState
TAKES = ("open", "to open")  # stages in which a round takes applications, or will


def why_not_see_grants(user: Any) -> Refusal | None:
    """The list of rounds: whoever may ask, and whoever sees what is bought."""
    if user.may(ASKS) or user.may(SEES):
        return None
    return Refusal(
        "grants.may_not_see", "Your role does not include grants. Ask whoever applies for your organisation."
    )


def why_not_decide_grants(user: Any) -> Refusal | None:
    """Opening rounds, deciding and paying: commissioners, for the whole authority."""
    if holds_whole(user, DECIDES):
        return None
    return Refusal("grants.may_not_decide", "Only a commissioner can do this. Ask one.")


def why_not_this_round(
    *, title: str, purpose: str, needs: Sequence[str], pence: int, most_pence: int, opens_on: dt.date, closes_on: dt.date
) -> Refusal | None:  # fmt: skip
    """A round says what it is for, how much it gives, and from when until when."""
    if not title.strip() or not purpose.strip():
        return Refusal("grants.purpose", "Say what the round is called, and what it is for.")
    if not needs or any(find(pack().unmet.needs, code) is None for code in needs):
        return Refusal("grants.needs", "Tick at least one need that it is for.")
    if not 0 < most_pence <= pence <= MOST:
        return Refusal(
            "grants.amounts", "The most that one grant gives must not be more than all that the round gives."
        )
    if closes_on < opens_on or closes_on < clock.today():
        return Refusal("grants.days", "The last day must not be before the first, nor have passed. Check both.")
    return None


def why_not_from_share(share: Share | None, area: Any, pence: int, left: int) -> Refusal | None:
    """A round gives what its share still has, and other rounds do not give already; a district's share gives in that district."""
    if share is None:
        return Refusal("grants.no_share", "Choose the share of the ledger from which it is paid.")
    if share.area_id is not None and share.area_id != getattr(area, "pk", None):
        return Refusal(
            "grants.other_district", f"That share is {share.where}’s. Choose that district, or another share."
        )
    if pence > left:
        return Refusal(
            "grants.not_enough",
            f"{pounds(max(left, 0))} of that share is neither committed, nor in a budget, nor given by another round. Give less.",
        )
    return None


def why_not_end(user: Any, round_: GrantRound, why: str) -> Refusal | None:
    """Ending a round: one that takes applications takes no more, and what was sent is decided; a closed one has nothing that waits."""
    refusal = why_not_decide_grants(user)
    if refusal is not None:
        return refusal
    if round_.ended_at is not None:
        return Refusal("grants.ended", "This round has ended already.")
    if round_.stage not in TAKES and GrantApplication.objects.filter(round=round_, state=State.SENT).exists():
        return Refusal("grants.still_waiting", "An application in it waits for an answer. Decide it first.")
    return None if why.strip() else Refusal("grants.no_reason", "Say why it ends.")


def why_not_ask(user: Any, round_: GrantRound, on: dt.date | None = None) -> Refusal | None:
    """Applying: for one's own organisation, once in a round, while it is open. `on`: the day by the database's clock."""
    if not user.may(ASKS) or user.organisation.is_authority or user.organisation.ended_on is not None:
        return Refusal(
            "grants.may_not_ask", "Only somebody who applies for a partner organisation can do this. Ask your organisation’s manager."
        )  # fmt: skip
    stage = round_.stage_on(on or clock.today())
    if stage != "open":
        return Refusal("grants.not_open", f"This round is {stage}. Choose one that is open.")
    if (
        GrantApplication.objects.filter(round=round_, organisation=user.organisation)
        .exclude(state=State.WITHDRAWN)
        .exists()
    ):
        return Refusal(
            "grants.asked_already", "Your organisation has applied in this round. Open that, or withdraw it first."
        )
    return None


def why_not_this_application(
    round_: GrantRound, *, title: str, need: str, what: str, change: str, pence: int
) -> Refusal | None:
    """It says what would be done, for which need of the round, what would change, and for how much."""
    if not title.strip() or not what.strip() or not change.strip():
        return Refusal("grants.words", "Say what would be done, and what would change for families.")
    if need not in round_.needs:
        return Refusal("grants.need", "Choose one of the needs that the round is for.")
    if not 0 < pence <= round_.most_pence:
        return Refusal(
            "grants.too_much", f"One grant of this round gives up to {pounds(round_.most_pence)}. Ask for less."
        )
    return None


def why_not_withdraw(user: Any, application: GrantApplication, why: str = "-") -> Refusal | None:
    """Withdrawing: one's own organisation's, while it waits."""
    if not user.may(ASKS) or application.organisation_id != user.organisation_id:
        return Refusal("grants.not_yours", "Only the organisation that applied can withdraw it.")
    if application.state != State.SENT:
        return Refusal("grants.decided", _was(application))
    return None if why.strip() else Refusal("grants.no_reason", "Say why it is withdrawn.")


def _was(application: GrantApplication) -> str:
    return {
        State.SENT: "It waits for an answer.",
        State.AWARDED: "It was awarded already.",
        State.DECLINED: "It was declined already.",
        State.WITHDRAWN: "It was withdrawn.",
    }[State(application.state)]


def why_not_impartial(user: Any, application: GrantApplication) -> Refusal | None:
    """Nobody decides on their own organisation's, nor where they declared an interest."""
    declared = GrantInterest.objects.filter(
        round=application.round_id, organisation=application.organisation_id, person=user, conflicted=True
    )
    if application.organisation_id == user.organisation_id or application.sent_by_id == user.pk or declared.exists():
        return Refusal(
            "grants.interest", "You have an interest in this organisation. Somebody who has none decides and pays it."
        )
    return None


def why_not_decide(user: Any, application: GrantApplication, on: dt.date | None = None) -> Refusal | None:
    """Deciding: a commissioner without an interest, once, and when the round has closed: nobody is served first for being first."""
    refusal = why_not_decide_grants(user) or why_not_impartial(user, application)
    if refusal is not None:
        return refusal
    if application.state != State.SENT:
        return Refusal("grants.decided", _was(application))
    return why_not_yet(application.round, on)


def why_not_yet(round_: GrantRound, on: dt.date | None = None) -> Refusal | None:
    """While a round takes applications none of them is decided: all are read beside each other, for what the round gives in all."""
    if round_.stage_on(on or clock.today()) not in TAKES:
        return None
    sentence = f"This round takes applications to the end of {day(round_.closes_on)}. Decide after that, when all can be read side by side."
    return Refusal("grants.still_open", sentence)


def why_not_this_decision(
    application: GrantApplication, round_: GrantRound, *, award: bool, pence: int | None, reasons: str, no_interest: bool
) -> Refusal | None:  # fmt: skip
    """It says why, to the applicant; and gives no more than was asked for, nor than the round still has."""
    if not no_interest:
        return Refusal("grants.declare", "Say that you have no interest in it; if you have one, declare it instead.")
    if not reasons.strip():
        return Refusal("grants.no_reason", "Write what is told to the applicant.")
    if not award:
        return None
    left = left_of_round(round_)
    most = min(application.pence, round_.most_pence, left)
    if pence is None or not 0 < pence <= most:
        sentence = (
            f"{pounds(application.pence)} was asked for, and the round has {pounds(left)} left. Give no more than that."
        )
        return Refusal("grants.too_much", sentence)
    return None


def left_of_round(round_: GrantRound) -> int:
    """What it has not awarded yet, as whoever decides sees it: they see all of it."""
    rows = GrantApplication.objects.filter(round=round_, state=State.AWARDED)
    return round_.pence - (rows.aggregate(sum=Sum("awarded_pence"))["sum"] or 0)


def why_not_declare(user: Any, words: str) -> Refusal | None:
    """Declaring an interest: whoever decides, saying which."""
    refusal = why_not_decide_grants(user)
    if refusal is None and not words.strip():
        return Refusal("grants.no_interest_said", "Say which interest you have.")
    return refusal


def why_not_pay(user: Any, application: GrantApplication) -> Refusal | None:
    """Paying: what was awarded, once, by a commissioner without an interest."""
    refusal = why_not_decide_grants(user) or why_not_impartial(user, application)
    if refusal is not None:
        return refusal
    if application.state != State.AWARDED:
        return Refusal("grants.not_awarded", f"{_was(application)} Nothing is paid of it.")
    if application.paid_on is not None:
        return Refusal("grants.paid", "It was paid already.")
    return None


def why_not_left(left: int, paid: int) -> Refusal | None:
    """There is something of it in the ledger."""
    if left or paid:
        return None
    return Refusal("grants.released", "Nothing of it is committed in the ledger any more. Look at its entry there.")
