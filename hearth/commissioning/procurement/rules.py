"""Who may write, publish and withdraw a tender, ask about it and answer, and the sentence when they may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.commissioning.needs.models import Intention, IntentionState
from hearth.commissioning.procurement.models import (
    CriterionKind,
    JointShare,
    Keyholder,
    SupplierQuestion,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.models.tenders import WHOLE
from hearth.commissioning.procurement.reach import BIDS, RUNS, SEES, runs
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import moment
from hearth.records.money.rules import MOST

SHORTEST = dt.timedelta(days=10)  # between publishing a call and its deadline
LONGEST_PASSPHRASE, SHORTEST_PASSPHRASE, FEWEST_LETTERS = 200, 16, 8
MOST_STANDSTILL = 60


def why_not_see_tenders(user: Any) -> Refusal | None:
    """The list, and what of a tender is not the public's."""
    if any(user.may(each) for each in (RUNS, SEES, BIDS)):
        return None
    return Refusal("procurement.may_not_see", "Your role does not include tenders. Open calls are on the public pages.")


def why_not_run(user: Any) -> Refusal | None:
    """Writing and publishing: whoever runs tenders for the whole authority."""
    if runs(user):
        return None
    return Refusal("procurement.may_not_run", "Only whoever runs tenders can do this. Ask a commissioner.")


def why_not_write(user: Any, tender: Tender) -> Refusal | None:
    """Changing a specification: until it is published."""
    refusal = why_not_run(user)
    if refusal is None and not tender.is_draft:
        sentence = "It is published, and a published call is not changed. Answer a question, or withdraw it and publish another."
        return Refusal("procurement.published", sentence)
    return refusal


def why_not_these_words(
    title: str, background: str, outcomes: Sequence[str], questions_until: dt.datetime, deadline_at: dt.datetime, days: int
) -> Refusal | None:  # fmt: skip
    """A tender says what it is called, what for, and what is to change; questions end before bids do."""
    if not title.strip() or not background.strip():
        return Refusal("procurement.words", "Say what the tender is called, and what it is for.")
    if not outcomes:
        return Refusal("procurement.outcomes", "Say what is to change for families: one outcome at least.")
    if questions_until > deadline_at:
        return Refusal("procurement.questions", "Questions end after bids do. Let them end before the deadline.")
    if not 0 <= days <= MOST_STANDSTILL:
        return Refusal("procurement.standstill", f"A standstill has up to {MOST_STANDSTILL} working days.")
    return None


def why_not_from_intention(user: Any, intention: Intention | None) -> Refusal | None:
    """A tender comes from what its writer sees is meant to be bought; what was withdrawn is not bought."""
    if intention is None:
        return None
    found = Intention.objects.seen_by(user).filter(pk=intention.pk).first()
    if found is None or found.state == IntentionState.WITHDRAWN:
        return Refusal(
            "procurement.intention", "That intention was withdrawn, or is closed to you. Choose another, or none."
        )
    return None


def why_not_this_lot(
    name: str, what: str, districts: Sequence[str], known: Sequence[str], pence: int
) -> Refusal | None:
    """A lot says what is done, where, and what it may cost."""
    if not name.strip() or not what.strip():
        return Refusal("procurement.lot", "Say what the lot is called, and what is to be done.")
    if not districts or not set(districts) <= set(known):
        return Refusal("procurement.districts", "Choose the districts of the lot.")
    if not 0 < pence <= MOST:
        return Refusal("procurement.amount", "Enter the most that may be bid.")
    return None


def why_not_this_share(share: int, others: Sequence[JointShare], organisation: Any) -> Refusal | None:
    """Shares of joint commissioners never come to more than the whole."""
    if any(each.organisation_id == organisation.pk for each in others):
        return Refusal("procurement.share_twice", f"{organisation.name} has a share already. Take that out first.")
    return _why_not_more(share, sum(each.share for each in others), "procurement.shares", "shares")


def why_not_this_criterion(kind: str, weight: int, others: Sequence[Any]) -> Refusal | None:
    """Weights never come to more than the whole; the price counts once."""
    if kind == CriterionKind.PRICE and any(each.kind == kind for each in others):
        return Refusal("procurement.price_twice", "The price is a criterion already. Take that out first.")
    return _why_not_more(weight, sum(each.weight for each in others), "procurement.weights", "weights")


def _why_not_more(added: int, there: int, code: str, what: str) -> Refusal | None:
    if 0 < added <= WHOLE - there:
        return None
    left = WHOLE - there
    return Refusal(
        code, f"The {what} come to 100% together, and {left // 100}.{left % 100:02d}% is left. Enter that or less."
    )


def why_not_hold_key(user: Any, buying: Sequence[Any]) -> Refusal | None:
    """A passphrase is kept by somebody of those who buy."""
    if user.may(SEES) and (user.organisation.is_authority or user.organisation_id in buying):
        return None
    return Refusal(
        "procurement.keyholder",
        f"{user.full_name} is not of the authority or of a joint commissioner. Choose somebody who is.",
    )


def why_not_these_keyholders(users: Sequence[Any]) -> Refusal | None:
    """Three people keep the three passphrases."""
    if len({each.pk for each in users}) == len(users):
        return None
    return Refusal(
        "procurement.three_people", "Three people keep the three passphrases. Choose three who are not the same."
    )


def why_not_set_passphrase(user: Any, tender: Tender, mine: Keyholder | None) -> Refusal | None:
    """Each keyholder sets their own, before the call is published."""
    if mine is None or mine.user_id != user.id:
        return Refusal("procurement.not_keyholder", "You keep no passphrase of this tender.")
    if not tender.is_draft:
        return Refusal("procurement.published", "It is published: its passphrases stay as they were set.")
    return None


def why_not_this_passphrase(passphrase: str) -> Refusal | None:
    """A passphrase that nobody guesses."""
    long_enough = SHORTEST_PASSPHRASE <= len(passphrase.strip()) <= LONGEST_PASSPHRASE
    if long_enough and len(set(passphrase)) >= FEWEST_LETTERS:
        return None
    sentence = f"Choose a longer passphrase: {SHORTEST_PASSPHRASE} characters or more, such as four words that nobody would guess."
    return Refusal("procurement.passphrase", sentence)


def why_not_publish(user: Any, tender: Tender) -> Refusal | None:
    """Publishing: a whole specification, three passphrases, and time enough to bid."""
    refusal = why_not_write(user, tender)
    if refusal is not None:
        return refusal
    missing = missing_of(tender)
    if missing:
        return Refusal("procurement.not_whole", f"Before it is published: {'; '.join(missing)}.")
    return None


def missing_of(tender: Tender) -> list[str]:
    """What a draft still needs before it can be published, in words."""
    weights = sum(each.weight for each in tender.criterions.all())
    shares = [each.share for each in tender.jointshares.all()]
    quality = any(each.kind == CriterionKind.QUALITY for each in tender.criterions.all())
    kept = [each for each in tender.keyholders.all() if each.set_at is not None]
    soonest = clock.now() + SHORTEST
    said = {
        "add a lot": bool(tender.lots.all()),
        "bring the weights of the criteria to 100%": weights == WHOLE,
        "add a criterion that the panel scores": quality,
        "bring the shares of the joint commissioners to 100%": not shares or sum(shares) == WHOLE,
        "have all three passphrases set": len(kept) == 3,
        f"set the deadline to {moment(soonest)} or later": tender.deadline_at >= soonest,
    }
    return [words for words, there in said.items() if not there]


def why_not_withdraw(user: Any, tender: Tender, awarded: bool, why: str) -> Refusal | None:
    """Withdrawing a tender: until a lot of it is awarded, with the reason, which bidders and the public read."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if tender.state == TenderState.WITHDRAWN:
        return Refusal("procurement.withdrawn", "It was withdrawn already.")
    if awarded:
        return Refusal("procurement.awarded", "A lot of it is awarded. It can no longer be withdrawn.")
    return None if why.strip() else Refusal("procurement.no_reason", "Say why it is withdrawn.")


def why_not_ask(user: Any, tender: Tender, words: str) -> Refusal | None:
    """Asking: somebody who bids for their organisation, while questions are taken."""
    if not user.may(BIDS):
        return Refusal("procurement.may_not_bid", "Only somebody who bids for their organisation can ask here.")
    if tender.state != TenderState.PUBLISHED or clock.now() > tender.questions_until:
        return Refusal("procurement.no_more_questions", "Questions about this call are no longer taken.")
    return None if words.strip() else Refusal("procurement.no_question", "Write your question.")


def why_not_clarify(user: Any, tender: Tender, words: str, answer: str) -> Refusal | None:
    """Making something clear: whoever runs the tender, while bids can still be sent."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if not tender.is_calling:
        return Refusal(
            "procurement.not_calling", "The call takes no bids now. What you make clear would help nobody who bids."
        )
    if not words.strip() or not answer.strip():
        return Refusal("procurement.no_answer", "Say what it is about, and what everybody should know.")
    return None


def why_not_answer(user: Any, question: SupplierQuestion, answered: bool, words: str, answer: str) -> Refusal | None:
    """Answering: once, to everybody, and before bids are in."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if answered:
        return Refusal("procurement.answered", "This question is answered already.")
    if not question.tender.is_calling:
        return Refusal("procurement.not_calling", "The call is over. An answer now would help nobody who bid.")
    if not words.strip() or not answer.strip():
        return Refusal("procurement.no_answer", "Write the question as everybody reads it, and the answer.")
    return None
