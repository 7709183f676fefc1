"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from typing import Any

from django.db.models import Sum

from hearth.commissioning.contracts import queries
from hearth.commissioning.contracts.models import (
    ContractPart,
    Milestone,
    OutcomeClaim,
    Payment,
    PaymentLine,
    Profile,
    QualityVisit,
    Variation,
    VisitAction,
)
from hearth.commissioning.contracts.quarters import quarter_words
from hearth.commissioning.contracts.words import need_words, outcome_words
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount


def _as_at() -> str:
    return f"Only contracts that the reader may read. As at {clock.today():%d/%m/%Y}."


def contracts(reader: Any) -> Sheet:
    """Each contract, with the parts that the reader sees."""
    rows = list(queries.contracts(reader))
    parts, paid = queries.shares_of(reader, rows), queries.figures_of(reader, rows)
    return Sheet(
        "Contracts",
        "Pounds. Value: of the whole project, whoever pays which part. Paid: by all who pay. Parts: those that the reader sees. Lacks its "
        f"visit: the whole is worth more than needs a quality visit, and none was done. {_as_at()}",
        ("Contract", "Provider", "State", "First day", "Last day", "Value", "Paid", "Parts", "Needs", "Lacks its visit", "Manager", "Reference"),
        [
            [
                row.title, row.provider.name, row.get_state_display(), row.starts_on.isoformat(), row.ends_on.isoformat(),
                amount(row.value_pence), amount(paid.get(row.pk, 0)), "; ".join(f"{part}: {amount(part.pence)}" for part in parts[row.pk]),
                ", ".join(map(need_words, row.needs)), "Yes" if row.lacks_visit else "No", row.manager.full_name, row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


def parts(reader: Any) -> Sheet:
    """Each part that the reader sees: who pays how much, for which district, and what of it is paid."""
    rows = ContractPart.objects.visible_to(reader).select_related("contract__provider", "organisation", "area")
    lines = PaymentLine.objects.standing().visible_to(reader).values_list("part_id").annotate(sum=Sum("pence"))
    paid = dict(lines.order_by("part_id"))
    return Sheet(
        "Parts",
        f"Pounds. Part: what is borne of a contract's value. Paid: of it, what was paid and not reversed. {_as_at()}",
        ("Contract", "Provider", "Who pays", "For", "Part", "Paid", "Reference"),
        [
            [
                row.contract.reference, row.contract.provider.name, row.organisation.name, row.where, amount(row.pence),
                amount(paid.get(row.pk, 0)), row.reference,
            ]
            for row in rows.order_by("contract__reference", "reference")
        ],
    )  # fmt: skip


def payments(reader: Any) -> Sheet:
    """Each payment, also one that was reversed."""
    rows = Payment.objects.visible_to(reader).select_related("contract__provider", "milestone", "claim")
    return Sheet(
        "Payments",
        f"Pounds, by all who pay together. A payment that was reversed in the ledger says when and why, and pays nothing. {_as_at()}",
        ("For", "Contract", "Provider", "Paid on", "Amount", "Voucher", "Reversed", "Why", "Reference"),
        [
            [
                row.milestone.name if row.milestone else outcome_words(row.claim.outcome if row.claim else ""), row.contract.reference,
                row.contract.provider.name, row.paid_on.isoformat(), amount(row.pence), row.voucher,
                clock.in_london(row.reversed_at).date().isoformat() if row.reversed_at else "", row.reversed_why, row.reference,
            ]
            for row in rows.order_by("paid_on", "reference")
        ],
    )  # fmt: skip


def milestones(reader: Any) -> Sheet:
    """Each milestone."""
    rows = Milestone.objects.visible_to(reader).select_related("contract__provider").order_by("due_on", "reference")
    return Sheet(
        "Milestones",
        f"Pounds that are paid for it, by all who pay together. {_as_at()}",
        ("Milestone", "Contract", "Provider", "Due", "State", "Reached", "Certified", "Amount", "Reference"),
        [
            [
                row.name, row.contract.reference, row.contract.provider.name, row.due_on.isoformat(), row.get_state_display(),
                row.reached_on.isoformat() if row.reached_on else "", row.certified_on.isoformat() if row.certified_on else "",
                amount(row.pence), row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


def profiles(reader: Any) -> Sheet:
    """What is planned of each target in each quarter."""
    rows = Profile.objects.visible_to(reader).select_related("target__contract__provider")
    rows = rows.order_by("target__contract__reference", "target__number", "quarter")
    cells: list[list[Cell]] = [
        [
            row.target.contract.reference, row.target.contract.provider.name, row.target.get_kind_display(), row.target.name,
            row.target.definition, row.target.get_unit_display(), quarter_words(row.quarter),
            "" if row.planned is None else row.planned if row.target.unit == "number" else amount(row.planned), row.target.reference,
        ]
        for row in rows
        if row.quarter in row.target.contract.quarters
    ]  # fmt: skip
    return Sheet(
        "Profiles",
        "What is planned of each target in each quarter, in the target's own unit; nothing where nothing is planned, which is not "
        f"nought. {_as_at()}",
        ("Contract", "Provider", "Kind", "Target", "What counts", "Unit", "Quarter", "Planned", "Reference"),
        cells,
    )


def outcomes(reader: Any) -> Sheet:
    """Each outcome that is claimed. None says whose it was."""
    rows = (
        OutcomeClaim.objects.visible_to(reader)
        .select_related("contract__provider")
        .order_by("-claimed_on", "reference")
    )
    return Sheet(
        "Outcomes claimed",
        f"Pounds that are paid for one outcome of one family, once. It says of no family whose it was. {_as_at()}",
        ("Outcome", "Contract", "Provider", "Happened", "Claimed", "State", "Evidence", "Amount", "Said", "Reference"),
        [
            [
                outcome_words(row.outcome), row.contract.reference, row.contract.provider.name, row.happened_on.isoformat(),
                row.claimed_on.isoformat(), row.get_state_display(), row.evidence, amount(row.pence), row.words, row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


def variations(reader: Any) -> Sheet:
    """Each change of each variation, before and after."""
    rows = (
        Variation.objects.visible_to(reader)
        .select_related("contract__provider")
        .order_by("contract__reference", "number")
    )
    return Sheet(
        "Variations",
        f"What changes by each variation, as it was read when it was asked for. {_as_at()}",
        ("Contract", "Provider", "Number", "What", "Before", "After", "Why", "State", "Asked", "In force", "Reference"),
        [
            [
                row.contract.reference, row.contract.provider.name, row.number, each["what"], each["before"], each["after"], row.why,
                row.get_state_display(), row.asked_on.isoformat(), row.in_force_on.isoformat() if row.in_force_on else "", row.reference,
            ]
            for row in rows
            for each in row.told
        ],
    )  # fmt: skip


def visits(reader: Any) -> Sheet:
    """Each quality visit, with how many of its actions are still open."""
    rows = list(
        QualityVisit.objects.visible_to(reader)
        .select_related("contract__provider", "visitor")
        .order_by("-planned_for", "reference")
    )
    open_: dict[Any, int] = {}
    for visit in VisitAction.objects.visible_to(reader).open().values_list("visit_id", flat=True):
        open_[visit] = open_.get(visit, 0) + 1
    return Sheet(
        "Quality visits",
        f"When each visit was planned and done, what it found, and how many of its actions are not done yet. {_as_at()}",
        ("Contract", "Provider", "Planned for", "Visitor", "Done", "Called off", "Found", "Open actions", "Reference"),
        [
            [
                row.contract.reference, row.contract.provider.name, row.planned_for.isoformat(), row.visitor.full_name,
                row.done_on.isoformat() if row.done_on else "", row.called_off_why, row.findings, open_.get(row.pk, 0), row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


TABLES: dict[str, Callable[[Any], Sheet]] = {
    "contracts": contracts, "parts": parts, "payments": payments, "milestones": milestones, "profiles": profiles, "outcomes": outcomes,
    "variations": variations, "visits": visits,
}  # fmt: skip
