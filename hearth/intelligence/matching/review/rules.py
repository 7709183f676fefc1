"""Who may see and decide a pair, and how it stands by the labels on it."""

from collections.abc import Iterable
from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import layout_of
from hearth.intelligence.matching.models import MatchLabel, MatchPair
from hearth.intelligence.matching.rules import why_not_link_feeds

STATE, ANSWER = MatchPair.State, MatchLabel.Answer
NO_FEED = Refusal(
    "matching.no_such_feed", "The feed that one of them is from is no longer there, so nothing of it is shown."
)


def why_not_see_pair(user: Any, pair: MatchPair) -> Refusal | None:
    """A pair is seen where the agreements permit both sides; each answer is put on record. The register is the council's own."""
    if refusal := why_not_link_feeds(user):
        return refusal
    if not user.organisation.is_authority:
        return Refusal("matching.councils_own", "Pairs are decided by the council's own people.")
    for feed, organisation in sides_of(pair):
        layout = layout_of(feed)
        if layout is None:
            return NO_FEED
        if refusal := permits.may_show(user, layout, organisation).refusal:
            return refusal
    return None


def sides_of(pair: MatchPair) -> list[tuple[str, Any]]:
    """The feeds and organisations of a pair, each once."""
    sides: list[tuple[str, Any]] = [(pair.one_feed, pair.one_organisation)]
    if pair.other_feed and (pair.other_feed, pair.other_organisation_id) != (pair.one_feed, pair.one_organisation_id):
        sides.append((pair.other_feed, pair.other_organisation))
    return sides


def standing(labels: Iterable[MatchLabel]) -> list[MatchLabel]:
    """Labels that were not undone, in their order."""
    rows = sorted(labels, key=lambda label: label.number)
    undone = {label.undoes for label in rows if label.answer == ANSWER.UNDONE}
    return [label for label in rows if label.answer != ANSWER.UNDONE and label.number not in undone]


def state_by(labels: Iterable[MatchLabel]) -> str:
    """How a pair stands: the last word that decides it; a second opinion where somebody was not sure; else it waits."""
    rows = standing(labels)
    decided = [label.answer for label in rows if label.answer != ANSWER.UNSURE]
    if decided:
        return STATE.SAME if decided[-1] == ANSWER.SAME else STATE.DIFFERENT
    return STATE.SECOND if rows else STATE.WAITING


def why_not_decide(
    user: Any, pair: MatchPair, labels: list[MatchLabel], seen: int, answer: str, why: str
) -> Refusal | None:
    """A pair is decided once, by somebody who has not said already that they are not sure, and who saw it as it is."""
    if refusal := why_not_link_feeds(user):
        return refusal
    if len(labels) != seen and labels:
        last = labels[-1]
        return Refusal(
            "matching.decided_meanwhile",
            f"{last.by.full_name} has answered this pair (“{last.get_answer_display()}”) while you had it open, so yours was "
            "not kept. Go on to the next one; if that answer is wrong, undo it.",
        )
    if pair.state in (STATE.OVER, STATE.ERASED):
        return Refusal("matching.not_asked", "This pair is no longer asked. Go on to the next one.")
    if pair.state in MatchPair.DECIDED:
        return Refusal("matching.decided", "This pair is decided. Undo that first, if it is wrong.")
    if any(label.by_id == user.id for label in standing(labels)):
        return Refusal("matching.second", "You were not sure about this pair: somebody else gives the second opinion.")
    if answer == ANSWER.UNSURE and not why.strip():
        return Refusal("matching.no_reason", "Say what makes you unsure: whoever gives the second opinion reads it.")
    return None


def why_not_undo(user: Any, labels: list[MatchLabel], seen: int, why: str) -> Refusal | None:
    """The last answer that stands can be undone, for a reason."""
    if refusal := why_not_link_feeds(user):
        return refusal
    if not standing(labels) or len(labels) != seen:
        return Refusal("matching.nothing_to_undo", "Somebody undid or answered it meanwhile. Look at how it is now.")
    if not why.strip():
        return Refusal("matching.no_reason", "Say why it is undone.")
    return None
