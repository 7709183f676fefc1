"""What was typed, as it is kept; and what is kept, as it is said."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.commissioning.contracts.models import TargetUnit
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import commas, pounds


def line(text: str, most: int = 120) -> str:
    """What was typed into one line."""
    return " ".join(clean(text).split())[:most]


def whole(text: str) -> str:
    """What was typed into several."""
    return clean(text).strip()


def need_words(code: str) -> str:
    """A need as the practice pack says it."""
    return label_of(pack().unmet.needs, code)


def outcome_words(code: str) -> str:
    """An outcome that is paid for, as the practice pack says it."""
    return label_of(pack().contracts.outcomes, code)


def figure_words(unit: str, figure: int | None) -> str:
    """A planned figure: with its unit, or a dash where nothing is planned."""
    if figure is None:
        return "–"
    if unit == TargetUnit.PENCE:
        return pounds(figure)
    if unit == TargetUnit.PERCENT:
        return f"{figure / 100:g}%"
    return commas(figure)


def profile_typed(unit: str, figures: Sequence[int | None]) -> str:
    """A profile as it is typed: one figure a quarter, a dash where nothing is planned."""
    return ", ".join(
        "-" if each is None else f"{each / 100:g}" if unit != TargetUnit.NUMBER else str(each) for each in figures
    )


def link_of(contract: Any) -> str:
    """The contract's page."""
    return f"/contracts/{contract.reference}/"


def day_words(day: dt.date) -> str:
    """A day, where two texts are compared."""
    return f"{day:%d/%m/%Y}"


def days_words(starts_on: dt.date, ends_on: dt.date) -> str:
    """From when until when."""
    return f"{starts_on:%d/%m/%Y} to {ends_on:%d/%m/%Y}"
