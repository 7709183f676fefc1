"""Who asks about a return, answers and certifies; and the sentence when they may not."""

from typing import Any

from hearth.commissioning.contracts.returns import rules
from hearth.commissioning.contracts.returns.models import Part, Return, ReturnQuery, ReturnState
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import day

State = ReturnState


def why_not_check(user: Any, owner: Return) -> Refusal | None:
    """What only whoever checks the contract does: never its provider, whatever else they may."""
    if not rules.checks(user, owner.contract):
        return Refusal(
            "returns.may_not_check",
            "Only the contract manager, or who checks contracts in the district, does this. Ask them.",
        )
    if owner.state == State.CERTIFIED:
        return Refusal("returns.certified", f"This return was certified on {day(owner.certified_at)} and stands.")
    return None


def why_not_query(user: Any, owner: Return) -> Refusal | None:
    """Asking about a return that was sent."""
    refusal = why_not_check(user, owner)
    if refusal is None and owner.state == State.DRAFT:
        return Refusal("returns.not_sent", "This return was not sent yet. There is nothing to ask about.")
    return refusal


def why_not_this_query(owner: Return, part: str, figure: Any, question: str) -> Refusal | None:
    """A query names what it is about, and asks something."""
    strange = figure is not None and figure.owner_id != owner.pk
    if strange or part not in Part.values or (part == Part.FIGURE) != (figure is not None):
        return Refusal("returns.about_nothing", "Choose the figure, or the part of the return, that you ask about.")
    return None if clean(question).strip() else Refusal("returns.no_question", "Write what you want to know.")


def why_not_answer(user: Any, owner: Return, query: ReturnQuery) -> Refusal | None:
    """Answering: the provider, what was not answered yet."""
    refusal = rules.why_not_deliver(user, owner.contract)
    if refusal is not None:
        return refusal
    if query.answered_at is not None:
        return Refusal("returns.answered", "This was answered already. Look at how it reads now.")
    if owner.state != State.QUERIED:
        return Refusal("returns.not_queried", "Nothing of this return waits for an answer.")
    return None


def why_not_this_answer(query: ReturnQuery, answer: str, actual: int | None, words: str | None) -> Refusal | None:
    """An answer says something; a figure that is taken away says why in its words."""
    if not clean(answer).strip():
        return Refusal("returns.no_answer", "Write your answer. Where nothing changes, say why.")
    if query.part == Part.FIGURE and actual is None and not clean(words or "").strip():
        return Refusal(
            "returns.no_figure", "Give the figure, or say why there is none. A blank is never read as nought."
        )
    return rules.why_not_these_words({"words": words or "", "answer": answer}, {0: (actual, "")})


def why_not_certify(user: Any, owner: Return, *, open_queries: int) -> Refusal | None:
    """Certifying: once nothing that was asked waits for an answer."""
    refusal = why_not_query(user, owner)
    if refusal is not None:
        return refusal
    if owner.sent_by_id == user.pk:
        return Refusal("returns.own", "Somebody else certifies what you sent.")
    if open_queries:
        return Refusal(
            "returns.query_open", "Something that was asked about it is not answered yet. Wait for the answer."
        )
    return None
