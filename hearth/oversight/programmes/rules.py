"""Who may see, make and check claims, and audit them; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day
from hearth.oversight.programmes.models import Claim, LookAgain, SampledClaim

SEES, MAKES, CHECKS, AUDITS = "see_claims", "make_claims", "check_claims", "audit_claims"
MOST_SAMPLED = 500


def why_not_see_claims(user: Any) -> Refusal | None:
    """Claims: analysts, senior development officers, strategic leads and quality auditors, in their areas."""
    if user.may(SEES):
        return None
    return Refusal("programmes.may_not_see", "Your role does not include programme claims. Ask a strategic lead.")


def why_not_make_claims(user: Any) -> Refusal | None:
    """Naming needs, looking again, making and withdrawing claims."""
    if user.may(MAKES):
        return None
    return Refusal("programmes.may_not_make", "Your role cannot make claims. Ask an analyst of the programme.")


def why_not_name(user: Any, framework: Any, needs: dict[str, str], outcomes: set[str]) -> Refusal | None:
    """Naming the need of each outcome of the plan: this framework's needs, this case's outcomes."""
    if refusal := why_not_make_claims(user):
        return refusal
    if set(needs) - outcomes:
        return Refusal("programmes.other_outcome", "An outcome of another plan was sent. Open the page again.")
    known = {need.code for need in framework.claim.needs} | {""}
    if set(needs.values()) - known:
        return Refusal("programmes.other_need", "Choose needs of this programme.")
    return None


def why_not_look(
    user: Any, framework: Any, need: str, how: str, seen_on: dt.date, opened_on: dt.date
) -> Refusal | None:
    """Recording a look again: at a need of the framework, on a day that has come, since the case was opened."""
    if refusal := why_not_make_claims(user):
        return refusal
    if framework.claim.need(need) is None:
        return Refusal("programmes.other_need", "Choose a need of this programme.")
    if how not in LookAgain.How.values:
        return Refusal("programmes.how", "Choose how it was found out.")
    if not opened_on <= seen_on <= clock.today():
        return Refusal(
            "programmes.seen_on", f"The day must be between {day(opened_on)}, when the case was opened, and today."
        )
    return None


def why_not_count(need: Any, counted: dict[str, tuple[int, int]], still_met: bool) -> Refusal | None:
    """What a look says of counts: those that the need asks for, and met only where each fell far enough."""
    if set(counted) - {fall.code for fall in need.falls}:
        return Refusal(
            "programmes.other_count", "Something was counted that this need does not ask for. Open the page again."
        )
    for fall in need.falls if still_met else ():
        if fall.code not in counted:
            return Refusal(
                "programmes.no_count", f"Enter both counts of this, or say that it was not met: {fall.label}."
            )
        before, after = counted[fall.code]
        if not fall.is_reached(before, after):
            return Refusal(
                "programmes.not_fallen",
                f"{fall.label}: {before} before and {after} after is not {fall.at_least_percent}% fewer, so it was not met.",
            )
    return None


def why_not_claim(user: Any, as_at: dt.date, missing: list[str], in_force: Claim | None) -> Refusal | None:
    """Making a claim: once for a family under a framework, as at a day that has come, with every condition met."""
    if refusal := why_not_make_claims(user):
        return refusal
    if as_at > clock.today():
        return Refusal("programmes.as_at", "The day of a claim must be today or in the past.")
    if in_force is not None:
        return Refusal(
            "programmes.claimed_already",
            f"This family is claimed for already: {in_force.reference}. Withdraw that one to make another.",
        )
    if missing:
        return Refusal("programmes.not_met", " ".join(["This cannot be claimed yet.", *missing]))
    return None


def why_not_check(user: Any, claim: Claim) -> Refusal | None:
    """Checking a claim: somebody other than whoever made it, once."""
    if not user.may(CHECKS):
        return Refusal("programmes.may_not_check", "Your role cannot check claims. Ask a strategic lead.")
    if claim.made_by_id == user.id:
        return Refusal("programmes.own_claim", "You made this claim. Somebody else must check it.")
    if claim.state != Claim.State.WAITING:
        return Refusal("programmes.checked", "This claim is not waiting to be checked any more. Look at it again.")
    return None


def why_not_check_so(accept: bool, words: str, holds: bool) -> Refusal | None:
    """What comes of a check: accepted only while it holds, returned only with a reason."""
    if accept and not holds:
        return Refusal(
            "programmes.does_not_hold", "It does not hold any more, so it cannot be accepted. Return it, and say why."
        )
    if not accept and not words.strip():
        return Refusal("programmes.no_reason", "Say why it is returned.")
    return None


def why_not_withdraw(user: Any, claim: Claim, why: str) -> Refusal | None:
    """Withdrawing a claim that is in force, with a reason; it stays on record."""
    if refusal := why_not_make_claims(user):
        return refusal
    if not claim.is_in_force:
        return Refusal("programmes.not_in_force", "This claim is not in force any more. Look at it again.")
    if not why.strip():
        return Refusal("programmes.no_reason", "Say why it is withdrawn.")
    return None


def why_not_audit(user: Any) -> Refusal | None:
    """Drawing a sample and noting what was found: quality auditors."""
    if user.may(AUDITS):
        return None
    return Refusal("programmes.may_not_audit", "Your role cannot audit claims. Ask a quality auditor.")


def why_not_draw(user: Any, from_on: dt.date, until_on: dt.date, size: int, among: int) -> Refusal | None:
    """Drawing from a period that is over, so that no claim can be accepted in it later and the same can be drawn again."""
    if refusal := why_not_audit(user):
        return refusal
    if until_on >= clock.today():
        return Refusal(
            "programmes.period", "The last day must be before today: what is accepted today may still change."
        )
    if from_on > until_on:
        return Refusal("programmes.period", "The first day must not be after the last.")
    if not 1 <= size <= MOST_SAMPLED:
        return Refusal("programmes.size", f"Draw between 1 and {MOST_SAMPLED} claims.")
    if not among:
        return Refusal("programmes.none_to_draw", "No claim was accepted in that time. Choose other days.")
    return None


def why_not_find(user: Any, sampled: SampledClaim, finding: str, words: str) -> Refusal | None:
    """Noting what was found of one claim of a sample: somebody who neither made nor checked it."""
    if refusal := why_not_audit(user):
        return refusal
    if user.id in (sampled.claim.made_by_id, sampled.claim.checked_by_id):
        return Refusal("programmes.own_claim", "You made or checked this claim. Somebody else must audit it.")
    if finding not in SampledClaim.Finding.values:
        return Refusal("programmes.finding", "Choose what you found.")
    if finding != SampledClaim.Finding.STANDS and not words.strip():
        return Refusal("programmes.no_reason", "Say what is missing or wrong.")
    return None
