"""When a decision may start work, and the sentence when it may not."""

from collections.abc import Sequence
from typing import Any

from hearth.foundation.core.refusals import Refusal

STARTS_WORK = ("assessment", "panel", "step_up")


def why_not_accept(outcome: str, unmatched: Sequence[Any]) -> Refusal | None:
    """Starting work: only once somebody has said of each person whether they are known."""
    if outcome not in STARTS_WORK:
        return Refusal("desk.starts_no_work", "This decision opens no case. Choose assessment, panel or step up.")
    if unmatched:
        return Refusal(
            "desk.unmatched",
            f"Say first whether {unmatched[0].full_name} is known or new. Nobody should be put on record twice.",
        )
    return None


def why_not_these_matches(matches: Sequence[Any]) -> Refusal | None:
    """Using what was said of each person: not where the record has been closed to the officer since."""
    if any(match.person_id is not None and match.person is None for match in matches):
        return Refusal(
            "desk.match_lost",
            "Somebody who was matched is no longer open to you. Say again who they are, or ask a manager.",
        )
    return None


def why_not_words(outcome: str, words_for_referrer: str) -> Refusal | None:
    """Doing nothing more: the referrer is told why."""
    if outcome == "no_further_action" and not words_for_referrer.strip():
        return Refusal("desk.no_words", "Write why for the referrer. They read it.")
    return None


def why_not_family(family: Any, offered: Sequence[Any]) -> Refusal | None:
    """Whose case it becomes: a family of somebody who was matched, or a new one."""
    if family is not None and family not in offered:
        return Refusal("desk.other_family", "Nobody on this request was matched with somebody of that family.")
    return None
