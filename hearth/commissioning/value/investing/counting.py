"""Days in care as Hearth counts them: of those whom a contract helps, by social care's status. Sums alone, with why where there are none."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarter_words, quarters_of
from hearth.commissioning.contracts.returns.days import last_day
from hearth.commissioning.contracts.returns.models import PeopleList, Return
from hearth.commissioning.contracts.returns.people.queries import why_not_matched
from hearth.commissioning.value.investing.functions import FEED, FEWEST
from hearth.commissioning.value.models import Investment
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.filters import day

DEFINED = (
    "Children: under 18, on the provider’s list of people for the quarter and in casework, matched under the contract’s agreement. Days: "
    "from the quarter’s first day, or the investment’s, to its last, or their 18th birthday. Days in care: those on which social care’s "
    "status says that they were looked after. Restricted records are in no figure; of fewer than five children no days are told. A child "
    "whom the provider lists no longer is in no later quarter."
)
NO_FEED = "Not known: no file of social care status is held."


@dataclass(frozen=True)
class Counted:
    """One quarter: what was counted, or why it is not known; and what is recorded of that time."""

    quarter: dt.date
    from_on: dt.date
    until_on: dt.date
    children: int | None = None
    child_days: int | None = None
    care_days: int | None = None
    why_not: str = ""
    recorded: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """The quarter as people say it."""
        return quarter_words(self.quarter)

    @property
    def is_recorded(self) -> bool:
        """Whether this very count stands as recorded."""
        told = (self.from_on, self.until_on, self.children, self.child_days, self.care_days)
        return any(
            row.as_at is not None and (row.from_on, row.until_on, row.children, row.child_days, row.care_days) == told
            for row in self.recorded
        )


@dataclass(frozen=True)
class CountedDays:
    """Every quarter that has ended, and as at which day; or why nothing can be counted."""

    contract: Contract | None = None
    as_at: dt.date | None = None
    why_not: str = ""
    quarters: list[Counted] = field(default_factory=list)

    def of(self, quarter: dt.date) -> Counted | None:
        """A quarter that was counted."""
        found = self.quarter(quarter)
        return found if found.children is not None else None

    def quarter(self, quarter: dt.date) -> Counted:
        """A quarter, or why nothing is known of it."""
        why = self.why_not or "Not known: it is no quarter of the investment that has ended."
        nothing = Counted(quarter, quarter, last_day(quarter), why_not=why)
        return next((each for each in self.quarters if each.quarter == quarter), nothing)


def counted_days(reader: Any, investment: Any) -> CountedDays:
    """What Hearth counts of the contract that an investment models. `investment` has what was recorded of it."""
    if not investment.of:
        return CountedDays(
            why_not="Not known: the investment names no contract. Change it, and give the contract’s reference."
        )
    contract = (
        Contract.objects.visible_to(reader).select_related("provider", "agreement").filter(reference=investment.of)
    )
    found = contract.first()
    if found is None:
        return CountedDays(why_not=f"Not known: no contract that you may read has the reference {investment.of}.")
    if found.agreement is None:
        return CountedDays(
            found, why_not="Not known: the contract names no information-sharing agreement, so nobody is matched."
        )
    read = _read()
    if not read:
        return CountedDays(found, why_not=NO_FEED)
    held = (max(each[0] for each in read), min(each[1] for each in read))
    return CountedDays(found, min(each[2] for each in read), "", _quarters(reader, investment, found, held))


def _read() -> list[tuple[dt.date, dt.date, dt.date]]:
    """Of each file of social care's status that the run which stands has read: from, until, and as at which day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select covers_from, covers_until, as_at from hearth_involvement_sources(%s) where was_read", [[FEED]]
        )
        return list(cursor.fetchall())


def _quarters(reader: Any, investment: Any, contract: Contract, held: tuple[dt.date, dt.date]) -> list[Counted]:
    begins = max(investment.begins_on, contract.starts_on)
    ended = [each for each in quarters_of(begins, contract.ends_on) if last_day(each) < clock.today()]
    sums, reasons = _sums(investment), _reasons(reader, contract)
    found = []
    for quarter in reversed(ended):
        from_on, until_on = max(quarter, investment.begins_on), last_day(quarter)
        recorded = tuple(each for each in investment.counted if each.from_on <= until_on and each.until_on >= from_on)
        there = sums.get(quarter)
        if there is not None and there[2] is not None:
            first, last, children, child_days, care_days = there
            found.append(Counted(quarter, first, last, children, child_days, care_days, recorded=recorded))
            continue
        why = _why_not(quarter, until_on, held, reasons)
        why = why or (
            f"Fewer than {FEWEST} children: too few to tell." if there else "Nobody on its list was found in casework."
        )
        found.append(Counted(quarter, from_on, until_on, why_not=why, recorded=recorded))
    return found


def _why_not(quarter: dt.date, until_on: dt.date, held: tuple[dt.date, dt.date], reasons: dict[dt.date, str]) -> str:
    """Why a quarter is not known; nothing where it was counted."""
    if quarter < held[0] or until_on > held[1]:
        return f"Not known: social care’s status is held from {day(held[0])} to {day(held[1])}."
    return reasons.get(quarter, "Not known: no return of it was sent.")


def _reasons(reader: Any, contract: Contract) -> dict[dt.date, str]:
    """By quarter of which a return was sent: why nobody on a list of it can be counted; nothing where somebody can."""
    unmatched = why_not_matched_of(contract)
    sent = Return.objects.visible_to(reader).filter(contract=contract, sent_at__isnull=False)
    found = dict.fromkeys(
        sent.values_list("quarter", flat=True), unmatched or "Not known: its return has no list of people."
    )
    lists = PeopleList.objects.visible_to(reader).filter(owner__contract=contract)
    for quarter, gone in lists.values_list("owner__quarter", "let_go_at"):
        if gone is not None:
            found[quarter] = (
                f"Not known any more: names are kept for {pack().returns.names_kept_days} days, and have gone."
            )
        elif not unmatched:
            found[quarter] = ""
    return found


def why_not_matched_of(contract: Contract) -> str:
    """Why nobody of the contract's lists is matched today, in a sentence; nothing where an agreement is in force."""
    return why_not_matched(Return(contract=contract))


def _sums(investment: Investment) -> dict[dt.date, tuple[Any, ...]]:
    """By quarter: from, until, children, their days and those in care; none of the last three where they are too few."""
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_care_days(%s)", [investment.pk])
        return {quarter: tuple(told) for quarter, *told in cursor.fetchall()}
