"""Who may see families of concern, have rules worked out and decide on a flag; and the sentence when they may not."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.intelligence.insight.models import FamilyOfConcern, Flag, FlagDecision, InsightRun

SEES, WORKS_OUT, MISSED = "see_families_of_concern", "work_out_concerns", "see_missed_opportunities"


def why_not_see_concerns(user: Any) -> Refusal | None:
    """Families of concern: development officers, strategic leads and analysts, in their areas."""
    if user.may(SEES):
        return None
    return Refusal(
        "insight.may_not_see",
        "Your role does not include families of concern. Ask a development officer of the district.",
    )


def why_not_see_counts(user: Any) -> Refusal | None:
    """Figures that name nobody, such as the map of need."""
    if user.may("see_counts"):
        return None
    return Refusal("insight.may_not_see_counts", "Your role does not include counts. Ask a manager if it should.")


def why_not_see_missed(user: Any) -> Refusal | None:
    """How many each touchpoint missed: whoever sees counts; and in their areas, whoever works with families there."""
    if user.may("see_counts") or user.may(MISSED):
        return None
    return Refusal(
        "insight.may_not_see_missed",
        "Your role does not include the report of missed opportunities. Ask a manager if it should.",
    )


def why_not_work_out(user: Any) -> Refusal | None:
    """Having rules worked out, and seeing how right each is: strategic leads and analysts."""
    if user.may(WORKS_OUT):
        return None
    return Refusal("insight.may_not_work_out", "Your role cannot have the rules worked out. Ask an analyst.")


def why_not_anew(going_on: InsightRun | None) -> Refusal | None:
    """Working the rules out anew: not while a run goes on, which has read already who was who."""
    if going_on is not None:
        return Refusal("insight.going_on", "The rules are being worked out. They are worked out again after that.")
    return None


def why_not_cancel(user: Any, run: InsightRun) -> Refusal | None:
    """A run is cancelled until it is done."""
    if refusal := why_not_work_out(user):
        return refusal
    if run.state not in InsightRun.OPEN:
        return Refusal("insight.over", "This run is over already. What it found stands until the next one.")
    return None


def why_not_decide(user: Any, family: FamilyOfConcern, flags: list[Flag]) -> Refusal | None:
    """Deciding on flags that stand and that nobody has decided."""
    if refusal := why_not_see_concerns(user):
        return refusal
    if not flags:
        return Refusal("insight.no_flag", "Choose at least one flag that nobody has decided.")
    if any(flag.state != Flag.State.OPEN or not flag.is_found for flag in flags):
        return Refusal(
            "insight.decided",
            "Somebody has decided this flag already, or the last run no longer finds it. Look at it again.",
        )
    return None


def why_not_offer_on(user: Any, flags: list[Flag]) -> Refusal | None:
    """Offering help on flags that stand: nobody has decided them, or somebody has confirmed them before."""
    if refusal := why_not_see_concerns(user):
        return refusal
    if not flags:
        return Refusal("insight.no_flag_stands", "Choose at least one flag that stands.")
    if any(flag.state == Flag.State.DISMISSED or not flag.is_found for flag in flags):
        return Refusal(
            "insight.stands_no_more",
            "Somebody has dismissed this flag, or the last run no longer finds it. Look at it again.",
        )
    return None


def why_not_undo(user: Any, decision: FlagDecision) -> Refusal | None:
    """Taking a decision back; not one that opened a request, which lives on at the front door."""
    if refusal := why_not_see_concerns(user):
        return refusal
    if decision.undone_at is not None:
        return Refusal("insight.undone", "This decision was taken back already.")
    if decision.kind == FlagDecision.Kind.OFFERED:
        return Refusal(
            "insight.offered",
            "Help was offered, and a request is open. Withdraw that request instead; the flag stays confirmed.",
        )
    return None
