"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from typing import Any

from hearth.commissioning.contracts.models import TargetUnit
from hearth.commissioning.contracts.returns import queries
from hearth.commissioning.contracts.returns.models import Return
from hearth.commissioning.contracts.returns.people import queries as people
from hearth.commissioning.contracts.returns.progress import queries as progress
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount

UNITS = {TargetUnit.NUMBER: "Number", TargetUnit.PENCE: "Pounds", TargetUnit.PERCENT: "Per cent"}


def _cell(unit: str, figure: int | None) -> Cell:
    """A figure in its unit; nothing where nothing is known, never nought."""
    if figure is None:
        return ""
    if unit == TargetUnit.PENCE:
        return amount(figure)
    return figure / 100 if unit == TargetUnit.PERCENT else figure


def _bands() -> str:
    return ", ".join(f"{word.label} from {word.from_percent}%" for word in pack().returns.said)


def returns(reader: Any, of: str = "") -> Sheet:
    """Each return that the reader may read."""
    rows: list[list[Cell]] = []
    for row in queries.returns(reader, of):
        told = queries.is_told(reader, row)
        rows.append([
            row.contract.title, row.contract.provider.name, row.months, row.number, "Late" if row.is_late else row.get_state_display(),
            row.due_on.isoformat(), row.sent_at.date().isoformat() if row.sent_at else "",
            amount(row.spent_pence) if told and row.spent_pence is not None else "",
            amount(row.paid_pence) if row.paid_pence is not None else "", row.reference,
        ])  # fmt: skip
    return Sheet(
        "Quarterly returns",
        "Pounds. Spent: what the provider says it spent in the quarter. Paid: what the ledger says was paid in it, when the return was sent. "
        f"Blank: not said, which is not nought. As at {clock.today():%d/%m/%Y}.",
        ("Contract", "Provider", "Quarter", "Version", "State", "Due", "Sent", "Spent", "Paid", "Reference"),
        rows,
    )  # fmt: skip


def figures(reader: Any, reference: str) -> Sheet:
    """The figures of one return."""
    owner: Return = queries.return_of(reader, reference)
    rows: list[list[Cell]] = []
    for each in queries.figures(reader, owner) if queries.is_told(reader, owner) else []:
        said = progress.said_of(each.profile, each.actual)
        target = each.target
        rows.append([
            target.get_kind_display(), target.name, UNITS[TargetUnit(target.unit)], _cell(target.unit, each.profile),
            _cell(target.unit, each.actual), said.label if said else "", each.words, target.definition,
        ])  # fmt: skip
    return Sheet(
        f"Return {owner.reference}",
        f"{owner.contract.title}, {owner.months}, version {owner.number}. Planned: the profile when it was sent. Word: of the profile, {_bands()}. "
        f"Blank: not planned or not said, which is not nought. As at {clock.today():%d/%m/%Y}.",
        ("Kind", "Target", "Counted in", "Planned", "Actual", "Word", "What explains it", "What counts"),
        rows,
    )  # fmt: skip


def by_quarter(reader: Any, of: str = "") -> Sheet:
    """Profile and actual of each target in each quarter; of one contract, one district, or all that the reader sees."""
    rows: list[list[Cell]] = []
    for each in progress.of_contracts(reader, list(_of(reader, of))):
        for line in each.lines:
            for one in line.quarters:
                rows.append([
                    each.contract.title, each.contract.provider.name, line.target.get_kind_display(), line.target.name,
                    UNITS[TargetUnit(line.target.unit)], one.months, _cell(one.unit, one.planned), _cell(one.unit, one.actual),
                    one.said.label if one.said else "", one.state, one.reference, each.contract.reference,
                ])  # fmt: skip
    return Sheet(
        "Profile and actual",
        f"What was planned and what came, by target and quarter. Word: of the profile, {_bands()}. Actuals are of returns that were sent; the state "
        f"says whether it is certified. Blank: not planned or not known, which is not nought. As at {clock.today():%d/%m/%Y}.",
        ("Contract", "Provider", "Kind", "Target", "Counted in", "Quarter", "Planned", "Actual", "Word", "State", "Return", "Reference"),
        rows,
    )  # fmt: skip


def _of(reader: Any, of: str) -> Any:
    if of.startswith("contract:"):
        return [progress.contract_of(reader, of.removeprefix("contract:"))]
    return progress.contracts(reader, of.removeprefix("area:"))


def totals(reader: Any, reference: str) -> Sheet:
    """The three totals of one return's list, for the authority."""
    owner = queries.return_of(reader, reference)
    found = people.people_of(reader, owner)
    rows: list[list[Cell]] = [[each.words, each.many] for each in people.totals(reader, found)] if found else []
    return Sheet(
        f"People of {owner.reference}",
        "People. In casework: who belonged in the quarter to a family with an open case in whose team the provider’s people were, that its team "
        "held, or in whose plan or at whose panel they had something to do. On the list alone: of whom casework does not say so, or not surely. "
        f"Restricted people are in no total. Matched under agreement {found.agreement if found else ''}. As at {clock.today():%d/%m/%Y}.",
        ("Total", "People"),
        rows,
    )  # fmt: skip


TABLES: dict[str, Callable[[Any, str], Sheet]] = {
    "returns": returns,
    "figures": figures,
    "progress": by_quarter,
    "totals": totals,
}
