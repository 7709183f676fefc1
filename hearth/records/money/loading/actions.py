"""Post what a workbook says: all of it, or none."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.text import fold
from hearth.records.money import actions, posting, rules
from hearth.records.money.budgets.actions import end_budget
from hearth.records.money.budgets.loaded import open_loaded
from hearth.records.money.loading.reading import Book, BudgetRow, EntryRow, FormulaRows, SourceRow
from hearth.records.money.models import AccountKind, Budget, Entry, EntryKind, Fund, Share
from hearth.records.money.posting import Posting

TOLD = 10  # rows of which one sentence tells what is wrong
LOADED = uuid.UUID("6d0d3c53-3f5c-4c1e-9a55-5a1b1f0f7d2e")  # in which the digests of rows become keys


class _Loading:
    """What was posted so far, by how the file names it, and what was refused."""

    def __init__(self, by: Any, areas: Mapping[str, Any], budgets: Iterable[BudgetRow]) -> None:
        self.by, self.areas, self.budgets = by, areas, {each.of: each for each in budgets}
        self.entries: dict[str, Entry] = {}
        self.faults: list[str] = []
        self.posted = 0

    def tried(self, where: str, do: Callable[[], Any]) -> Any:
        """Done by itself; what refuses it is told by its row, and the next is tried, so that one reading tells all."""
        try:
            with transaction.atomic():
                made = do()
        except Refused as refused:
            self.faults.append(f"{where}: {refused.refusal.sentence}")
            return None
        self.posted += 1
        return made

    def fund(self, name: str) -> Fund:
        """A source by its name."""
        found = Fund.objects.filter(name__iexact=name).first()
        if found is None:
            raise Refused(Refusal("money.no_fund", f"There is no source called {name}. Name it in the sheet Sources."))
        return found

    def budget(self, share: Share, name: str) -> Budget:
        """A budget of a share by its name: one that is there, or that the file names."""
        found = Budget.objects.filter(share=share, name__iexact=name).first()
        code = share.area.code if share.area else ""
        said = self.budgets.get((fold(share.fund.name), code, share.year, fold(share.purpose), fold(name)))
        if found is None and said is not None:
            found = open_loaded(by=self.by, share=share, said=said)
        if found is None:
            raise Refused(
                Refusal(
                    "money.no_such_budget",
                    f"There is no budget called {name} of that share. Name it in the sheet Budgets.",
                )
            )
        return found

    def entry(self, reference: str) -> Entry:
        """An entry that the file names: one of its own, or one that is there."""
        rows = Entry.objects.select_related("fund", "share", "reversed_by")
        held = self.entries.get(reference)
        found = rows.filter(pk=held.pk).first() if held else rows.filter(reference=reference).first()
        if found is None:
            raise Refused(Refusal("money.no_entry", f"There is no entry {reference} above it, or in the ledger."))
        return found


@action
def load_ledger(*, by: Any, file_name: str, book: Book, areas: Mapping[str, Any]) -> int:
    """Post every row of a workbook, or refuse it whole and say by row why; how many were posted. `areas` is districts by code."""
    refuse(rules.why_not_keep_ledger(by))
    refuse(Refusal("money.rows", " ".join(book.faults[:TOLD])) if book.faults else None)
    loading = _Loading(by, areas, book.budgets)
    _hold_sources(book)
    for source in book.sources:
        if not Fund.objects.filter(name__iexact=source.name).exists():
            loading.tried(source.where, partial(_source, loading, source))
    for row in book.entries:
        made = loading.tried(row.where, partial(_entry, loading, row))
        if made is not None and row.reference:
            loading.entries[row.reference] = made
    for formula in book.formulas:
        loading.tried(formula.where, partial(_formula, loading, formula))
    for budget in book.budgets:
        loading.tried(budget.where, partial(_budget, loading, budget))
    refuse(_why_not_all(loading.faults))
    record("money.ledger_loaded", subject=file_name[:100], rows=book.rows, posted=loading.posted)
    return book.rows


def _why_not_all(faults: list[str]) -> Refusal | None:
    if not faults:
        return None
    more = f" And {len(faults) - TOLD} more rows." if len(faults) > TOLD else ""
    return Refusal("money.rows", f"Nothing was loaded. {' '.join(faults[:TOLD])}{more}")


def _hold_sources(book: Book) -> None:
    """Whoever posts from the same sources waits until the file is through."""
    names = {row.source.lower() for row in book.entries} | {row.source.lower() for row in book.formulas}
    found = [fund for fund in Fund.objects.order_by("pk") if fund.name.lower() in names]
    kinds = (AccountKind.GIVEN, AccountKind.UNALLOCATED)
    posting.hold_accounts(posting.account_at(kind, fund) for fund in found for kind in kinds)


def _source(loading: _Loading, row: SourceRow) -> Fund:
    return actions.add_fund(
        by=loading.by,
        name=row.name,
        given_by=row.given_by,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        words=row.words,
    )


def _budget(loading: _Loading, row: BudgetRow) -> Budget:
    """A budget into which nothing was put is opened all the same; one that had ended ends once everything in it is posted."""
    share = actions.share_at(loading.fund(row.source), loading.areas.get(row.district), row.year, row.purpose)
    found = loading.budget(share, row.name)
    if row.ended_why and found.ended_at is None:
        end_budget(by=loading.by, budget=found, why=row.ended_why)
    return found


def _reversed(loading: _Loading, row: EntryRow) -> Entry:
    """What the file itself posted is undone as it says; what was there before, by the same rules as on its page."""
    if row.reverses in loading.entries:
        return posting.reverse(loading.by, loading.entry(row.reverses), row.words)
    return actions.reverse_entry(by=loading.by, entry=loading.entry(row.reverses), why=row.words)


def _entry(loading: _Loading, row: EntryRow) -> Entry:
    if row.kind == EntryKind.REVERSED:
        return _reversed(loading, row)
    if row.reference and Entry.objects.filter(reference=row.reference).exists():
        raise Refused(Refusal("money.there", f"{row.reference} is in the ledger already."))
    fund, key = loading.fund(row.source), uuid.uuid5(LOADED, row.says)
    commitment, share, budget = None, None, None
    if row.kind in (EntryKind.PAID, EntryKind.RELEASED, EntryKind.RECOVERED):
        commitment = loading.entry(row.commitment)
        refuse(rules.why_not_from_commitment(commitment) or rules.why_not_of_source(fund, commitment))
        share, budget = commitment.share, commitment.budget
    elif row.year:
        share = actions.share_at(fund, loading.areas.get(row.district), row.year, row.purpose)
        budget = loading.budget(share, row.budget) if row.budget else None
    said = Posting(
        kind=row.kind, fund=fund, pence=row.pence, happened_on=row.happened_on, words=row.words, share=share, commitment=commitment,
        budget=budget,
        with_whom=row.with_whom, voucher=row.voucher, key=key, loaded=True,
    )  # fmt: skip
    return posting.post(loading.by, said)


def _formula(loading: _Loading, said: FormulaRows) -> Any:
    key = uuid.uuid5(LOADED, said.says)
    parts = [(loading.areas[code], cohort) for code, cohort in said.parts]
    return actions.allot_money(
        by=loading.by, fund=loading.fund(said.source), year=said.year, purpose=said.purpose, pence=said.pence,
        happened_on=said.happened_on, words=said.words, parts=parts, key=key, loaded=True,
    )  # fmt: skip
