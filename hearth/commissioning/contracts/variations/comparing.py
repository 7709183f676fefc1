"""What a variation would change: the contract as it is and as it would be, side by side."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hearth.commissioning.contracts.models import Contract, ContractPart, Target
from hearth.commissioning.contracts.quarters import quarters_of
from hearth.commissioning.contracts.words import figure_words
from hearth.foundation.ui.filters import day, pounds


def side_by_side(
    contract: Contract, parts: Sequence[ContractPart], targets: Sequence[Mapping[str, Any]], asks: Mapping[str, Any]
) -> list[dict[str, str]]:  # fmt: skip
    """Each thing that would be different: what it is called, what it is, what it would be."""
    told = [*_of_words(contract, asks), *_of_money(contract, parts, asks), *_of_targets(contract, targets, asks)]
    return [{"what": what, "before": before, "after": after} for what, before, after in told]


Told = Iterator[tuple[str, str, str]]


def _of_words(contract: Contract, asks: Mapping[str, Any]) -> Told:
    ends_on: dt.date = asks.get("ends_on") or contract.ends_on
    if ends_on != contract.ends_on:
        yield "Last day", day(contract.ends_on), day(ends_on)
    if asks.get("what") and asks["what"] != contract.what:
        yield "What the provider does", contract.what, asks["what"]


def _of_money(contract: Contract, parts: Sequence[ContractPart], asks: Mapping[str, Any]) -> Told:
    for part in parts:
        now = asks.get("parts", {}).get(part.reference, part.pence)
        if now != part.pence:
            yield f"Paid by {part}", pounds(part.pence), pounds(now)
    value, added = value_of(parts, asks), asks.get("milestone")
    if value != contract.value_pence:
        yield "Value of the whole", pounds(contract.value_pence), pounds(value)
    if added:
        yield "A further milestone", "–", f"{added['name']}, by {day(added['due_on'])}: {pounds(added['pence'])}"


def _of_targets(contract: Contract, targets: Sequence[Mapping[str, Any]], asks: Mapping[str, Any]) -> Told:
    quarters = quarters_of(contract.starts_on, asks.get("ends_on") or contract.ends_on)
    for each in targets:
        target: Target = each["target"]
        figures = asks["profiles"].get(target.reference, each["figures"])
        if list(figures) != list(each["figures"]) or len(quarters) != len(each["figures"]):
            now = ", ".join(figure_words(target.unit, one) for one in figures)
            yield f"Profile of {target.name}", ", ".join(each["words"]), now


def value_of(parts: Sequence[ContractPart], asks: Mapping[str, Any]) -> int:
    """What the whole would be worth."""
    now = asks.get("parts", {})
    return sum(now.get(part.reference, part.pence) for part in parts)
