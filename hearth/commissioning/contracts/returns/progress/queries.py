"""What was planned and what came, by target and quarter. Actuals are of returns that were sent; a blank is never nought."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from hearth.commissioning.contracts.models import Contract, ContractPart, Profile, Target, TargetUnit
from hearth.commissioning.contracts.quarters import quarter_of, quarter_words
from hearth.commissioning.contracts.returns import rules
from hearth.commissioning.contracts.returns.figures import in_unit, said_of
from hearth.commissioning.contracts.returns.models import Return, ReturnFigure, ReturnState
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.packs.returns import SaidOfProfile
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse


@dataclass(frozen=True)
class Quarter:
    """One quarter of one target."""

    quarter: dt.date
    unit: str
    planned: int | None
    actual: int | None
    state: str
    reference: str = ""
    words: str = ""

    @property
    def months(self) -> str:
        """As people say it."""
        return quarter_words(self.quarter)

    @property
    def said(self) -> SaidOfProfile | None:
        """The pack's word; none where either is not known."""
        return said_of(self.planned, self.actual)

    @property
    def planned_words(self) -> str:
        """What was planned, in its unit."""
        return in_unit(self.unit, self.planned, "Not planned")

    @property
    def actual_words(self) -> str:
        """What came, in its unit; why there is none."""
        return in_unit(self.unit, self.actual, self.state)


@dataclass(frozen=True)
class Line:
    """One target with its quarters, and both added up over those of which both are known."""

    target: Target
    quarters: Sequence[Quarter]

    @property
    def adds_up(self) -> bool:
        """Whether quarters may be added: a percentage of each cannot."""
        return self.target.unit != TargetUnit.PERCENT

    @property
    def known(self) -> list[Quarter]:
        """Quarters of which both are known."""
        return [each for each in self.quarters if each.planned is not None and each.actual is not None]

    @property
    def so_far(self) -> Quarter | None:
        """Both added up over those quarters; of a percentage the latest."""
        if not self.known:
            return None
        last = self.known[-1]
        if not self.adds_up:
            return last
        planned, actual = sum(each.planned or 0 for each in self.known), sum(each.actual or 0 for each in self.known)
        return Quarter(last.quarter, last.unit, planned, actual, "")

    @property
    def total(self) -> int | None:
        """What is planned in all, over every quarter; of a percentage nothing."""
        planned = [each.planned for each in self.quarters if each.planned is not None]
        return sum(planned) if planned and self.adds_up else None


def _seen(reader: Any) -> Any:
    """Contracts of which the reader reads returns: of others every quarter would look as if nothing had come."""
    return (
        Contract.objects.visible_to(reader)
        if reader.organisation.is_authority
        else Contract.objects.delivered_by(reader)
    )


def contract_of(reader: Any, reference: str) -> Contract:
    """A contract, or a page that never says whether it exists."""
    refuse(rules.why_not_see_returns(reader))
    found = _seen(reader).select_related("provider", "manager").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def lines_of(reader: Any, contract: Contract) -> list[Line]:
    """Each target of a contract with its quarters: four queries, however many there are."""
    return _lines(reader, [contract]).get(contract.pk, [])


def _lines(reader: Any, contracts: Sequence[Contract]) -> dict[Any, list[Line]]:
    keys = [each.pk for each in contracts]
    profiles = {(row.target_id, row.quarter): row.planned for row in Profile.objects.filter(target__contract__in=keys)}
    rows = ReturnFigure.objects.visible_to(reader).filter(
        owner__contract__in=keys, owner__sent_at__isnull=False, owner__replaced_at=None
    )
    newest: dict[Any, ReturnFigure] = {}
    # A correction that waits is not what was certified: the certified figure is shown until it is.
    for row in rows.select_related("owner").order_by("owner__number"):
        key = (row.target_id, row.owner.quarter)
        if key not in newest or row.owner.state == ReturnState.CERTIFIED:
            newest[key] = row
    sent = _not_sent(reader, keys)
    found: dict[Any, list[Line]] = defaultdict(list)
    by_key = {each.pk: each for each in contracts}
    for target in Target.objects.filter(contract__in=keys).order_by("number"):
        contract = by_key[target.contract_id]
        found[target.contract_id].append(
            Line(target, [_quarter(target, day, profiles, newest, sent) for day in contract.quarters])
        )
    return found


def _not_sent(reader: Any, keys: Sequence[Any]) -> dict[tuple[Any, dt.date], bool]:
    """Quarters whose return was made and not sent, and whether it is late."""
    rows = Return.objects.visible_to(reader).filter(contract__in=keys, sent_at=None, number=1)
    return {(row.contract_id, row.quarter): row.is_late for row in rows}


def _quarter(target: Target, day: dt.date, profiles: Any, newest: Any, sent: Any) -> Quarter:
    figure: ReturnFigure | None = newest.get((target.pk, day))
    planned = profiles.get((target.pk, day))
    if figure is None:
        late = sent.get((target.contract_id, day))
        state = "Late" if late else "Not sent" if late is not None else _when(day)
        return Quarter(day, target.unit, planned, None, state)
    owner = figure.owner
    state = "Certified" if owner.state == ReturnState.CERTIFIED else "Not certified"
    return Quarter(
        day,
        target.unit,
        figure.profile,
        figure.actual,
        "Not said" if figure.actual is None else state,
        owner.reference,
        figure.words,
    )


def _when(day: dt.date) -> str:
    """Of a quarter without a return: whether it has ended."""
    return "To come" if day >= quarter_of(clock.today()) else "No return"


@dataclass(frozen=True)
class OfContract:
    """A contract with the word of each of its targets so far."""

    contract: Contract
    lines: Sequence[Line]
    late: int

    @property
    def counted(self) -> dict[str, int]:
        """How many targets have each word, in the pack's order."""
        found: dict[str, int] = defaultdict(int)
        for line in self.lines:
            said = line.so_far.said if line.so_far is not None else None
            found[said.label if said is not None else "Nothing known yet"] += 1
        return dict(found)


def contracts(reader: Any, area: str = "") -> Any:
    """Contracts that the reader sees, of a district where one is asked for, the newest first."""
    refuse(rules.why_not_see_returns(reader))
    rows = _seen(reader).exclude(state="draft").select_related("provider")
    if area:
        parts = ContractPart.objects.visible_to(reader).filter(Q(area__code=area) | Q(area=None))
        rows = rows.filter(pk__in=parts.values("contract_id"))
    return rows.order_by("-starts_on", "title", "id")


def contracts_page(reader: Any, area: str, page: Any) -> Page:
    """A page of them, each with its word."""
    found = page_of(contracts(reader, area), page)
    return Page(of_contracts(reader, found.rows), found.number, more=found.more)


def of_contracts(reader: Any, rows: Sequence[Contract]) -> list[OfContract]:
    """Each contract with its targets: five queries, however many there are."""
    lines = _lines(reader, rows)
    late: dict[Any, int] = defaultdict(int)
    for each in Return.objects.visible_to(reader).filter(contract__in=[row.pk for row in rows]).late():
        late[each.contract_id] += 1
    return [OfContract(row, lines.get(row.pk, []), late[row.pk]) for row in rows]


def districts(reader: Any) -> list[Area]:
    """Districts of which the reader sees a part of a contract."""
    parts = ContractPart.objects.visible_to(reader).exclude(area=None)
    return list(Area.objects.filter(pk__in=parts.values("area_id")).order_by("name"))
