"""What a variation would change: the contract as it is and as it would be, side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearth.commissioning.contracts.models import Contract, ContractPart, Target
from hearth.commissioning.contracts.quarters import quarters_of
from hearth.commissioning.contracts.words import figure_words
from hearth.foundation.ui.filters import day, pounds


def side_by_side(
    contract: Contract, parts: Sequence[ContractPart], targets: Sequence[Mapping[str, Any]], asks: Mapping[str, Any]
) -> list[dict[str, str]]:  # fmt: skip
    """Each thing that would be different: what it is called, what it is, what it would be."""
    told: list[tuple[str, str, str]] = []
    ends_on: dt.date = asks.get("ends_on") or contract.ends_on
    if ends_on != contract.ends_on:
        told.append(("Last day", day(contract.ends_on), day(ends_on)))
    if asks.get("what") and asks["what"] != contract.what:
        told.append(("What the provider does", contract.what, asks["what"]))
    now = asks.get("parts", {})
    for part in parts:
        if now.get(part.reference, part.pence) != part.pence:
            told.append((f"Paid by {part}", pounds(part.pence), pounds(now[part.reference])))
    value = value_of(parts, asks)
    if value != contract.value_pence:
        told.append(("Value of the whole", pounds(contract.value_pence), pounds(value)))
    added = asks.get("milestone")
    if added:
        told.append(
            ("A further milestone", "–", f"{added['name']}, by {day(added['due_on'])}: {pounds(added['pence'])}")
        )
    quarters = quarters_of(contract.starts_on, ends_on)
    for each in targets:
        target: Target = each["target"]
        figures = asks["profiles"].get(target.reference, each["figures"])
        if list(figures) != list(each["figures"]) or len(quarters) != len(each["figures"]):
            told.append(
                (
                    f"Profile of {target.name}",
                    ", ".join(each["words"]),
                    ", ".join(figure_words(target.unit, one) for one in figures),
                )
            )
    return [{"what": what, "before": before, "after": after} for what, before, after in told]


def value_of(parts: Sequence[ContractPart], asks: Mapping[str, Any]) -> int:
    """What the whole would be worth."""
    now = asks.get("parts", {})
    return sum(now.get(part.reference, part.pence) for part in parts)
