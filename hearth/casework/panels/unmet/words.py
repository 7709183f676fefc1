"""Codes of unmet need in the pack's words."""

from typing import Any

from hearth.foundation.core.pack import find, label_of, offered, pack
from hearth.foundation.core.text import upper_first

NO_SERVICE, NO_WAIT = "no_service", "no_wait"  # codes of the pack: of a reason, and of a wait
WAIT_HINT = "Leave it empty where there is no such service: nobody waits for what is not there."
LISTS = {"need": "needs", "age_band": "age_bands", "reason": "reasons", "wait": "waits", "priority": "priorities"}


def label(kind: str, code: str) -> str:
    """A code of one of the lists as the pack words it."""
    return label_of(getattr(pack().unmet, LISTS[kind]), code)


def choices(kind: str) -> list[tuple[str, str]]:
    """What is offered of one of the lists."""
    return offered(getattr(pack().unmet, LISTS[kind]))


def hints(kind: str) -> dict[str, str]:
    """The hints of one of the lists, by code."""
    return {each.code: each.hint for each in getattr(pack().unmet, LISTS[kind]) if each.hint}


def in_words(need: Any) -> dict[str, str]:
    """Every code of a need, in words."""
    return {kind: label(kind, getattr(need, kind)) for kind in ("need", "age_band", "reason", "wait")}


def level_words(code: str) -> str:
    """A level of governance as the pack names it; the sub-group for none."""
    return label_of(pack().unmet.levels, code) if code else upper_first(pack().unmet.sub_group)


def wait_of(reason: str, wait: str) -> str:
    """How long they wait; where there is no such service and nobody said, there is nothing to wait for."""
    return NO_WAIT if not wait and reason == NO_SERVICE and find(pack().unmet.waits, NO_WAIT) is not None else wait
