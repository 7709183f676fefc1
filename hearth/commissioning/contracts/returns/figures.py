"""Figures in words: counted as their target says, with what was planned and the pack's word for it."""

from typing import Any

from hearth.commissioning.contracts.models import TargetUnit
from hearth.commissioning.contracts.returns.models import Return, ReturnFigure
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.returns import SaidOfProfile
from hearth.foundation.ui.filters import commas, pounds

NOT_SAID, NOT_PLANNED = "Not said", "Not planned"
COLOURS = {"ahead": "green", "as_planned": "green", "slightly_behind": "yellow", "behind": "red"}


def in_unit(unit: str, figure: int | None, otherwise: str = NOT_SAID) -> str:
    """A figure as people say it; never nought where nothing is known."""
    if figure is None:
        return otherwise
    if unit == TargetUnit.PENCE:
        return pounds(figure)
    if unit == TargetUnit.PERCENT:
        return f"{figure / 100:.2f}".rstrip("0").rstrip(".") + "%"
    return commas(figure)


def said_of(profile: int | None, actual: int | None) -> SaidOfProfile | None:
    """The pack's word for how an actual stands to its profile."""
    return pack().returns.said_of(profile, actual)


def colour_of(code: str) -> str:
    """The colour of a word; one that a pack made is grey."""
    return COLOURS.get(code, "grey")


def figure_words(figure: ReturnFigure) -> str:
    """A figure with its words, as a query shows it before and after."""
    said = in_unit(figure.target.unit, figure.actual)
    return f"{said}. {figure.words}" if figure.words else said


def spent_words(owner: Return) -> str:
    """What was spent, with its words."""
    said = in_unit(TargetUnit.PENCE, owner.spent_pence)
    return f"{said}. {owner.spent_words}" if owner.spent_words else said


def asked_words(query: Any) -> str:
    """What a query is about, with the part's own name."""
    return query.figure.target.name if query.figure is not None else query.get_part_display()
