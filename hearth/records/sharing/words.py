"""What is said on screen of decisions, bases and agreements: the pack's words for stored codes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import day

BASES = {
    "consent": "The family agreed",
    "agreement": "An agreement covers it",
    "exception": "Shared without consent, by law",
    "own": "The council's own",
}
_ONE_DAY = dt.timedelta(days=1)
COLOURS = {"consent": "green", "agreement": "blue", "exception": "orange", "own": "grey"}


def categories(codes: Sequence[str] | None) -> str:
    """The kinds of information, in the pack's words."""
    if codes is None:
        return "Everything"
    known = [category for category in pack().sharing.categories if category.code in codes]
    return ", ".join(
        [category.label for category in known] + sorted(set(codes) - {category.code for category in known})
    )


def purposes(codes: Sequence[str]) -> str:
    """What an agreement is for."""
    return ", ".join(label_of(pack().sharing.agreement_purposes, code) for code in codes)


def decided_by(consent: Any) -> str:
    """Kelly Ashworth: a parent or carer with parental responsibility."""
    who = consent.decider.full_name if consent.decider else consent.decider_name
    right = label_of(pack().sharing.who_decides, consent.who_decided)
    return f"{who}: {right[:1].lower()}{right[1:]}"


def how(consent: Any) -> str:
    """How it was recorded."""
    return label_of(pack().sharing.recorded_how, consent.recorded_how)


def ground(exception: Any) -> str:
    """The reason in law."""
    return label_of(pack().sharing.exceptions, exception.ground)


def until(row: Any) -> str:
    """Until when a decision, an exception or a basis holds; how it ended, when it did."""
    if getattr(row, "withdrawn_at", None):
        return "Replaced by a newer answer" if row.replaced else f"Withdrawn on {day(row.withdrawn_at)}"
    if getattr(row, "ended_at", None):
        return f"Ended on {day(row.ended_at)}"
    last = row.until_on
    if last is None:
        return "As long as we help them"
    return f"Until {day(last)}" if last >= clock.today() else f"Ended on {day(last)}"


def basis_until(basis: Any) -> str:
    """Until when a basis holds."""
    if basis.until_at is None:
        return "as long as we help them"
    return f"until {day(clock.in_london(basis.until_at).date() - _ONE_DAY)}"


def is_over(agreement: Any) -> bool:
    """Whether an agreement has ended."""
    return agreement.ended_at is not None or agreement.until_on < clock.today()
