"""Reads of the ledger: the reader first, always through visible_to. Every figure is a sum of lines, and opens into them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import fold
from hearth.records.money import rules
from hearth.records.money.models import Account, AccountKind, Entry, EntryKind, Fund, Line, Share
from hearth.records.money.models.ledger import year_words
from hearth.records.money.reach import sees_whole

CENTRE = "whole"  # in an address: shares of the whole authority, and of no district
OF_SOURCE = (AccountKind.GIVEN, AccountKind.UNALLOCATED, AccountKind.ELSEWHERE)
OF_SHARE = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.PAID)


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the ledger for."""

    area: str = ""
    year: str = ""
    fund: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """The same as an address carries it."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass
class Figures:
    """Sums of accounts by their kind, in pence."""

    of: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def received(self) -> int:
        """What was given."""
        return -self.of[AccountKind.GIVEN]

    @property
    def elsewhere(self) -> int:
        """What was used for something that is not followed here."""
        return self.of[AccountKind.ELSEWHERE]

    @property
    def unallocated(self) -> int:
        """What nobody has been given."""
        return self.of[AccountKind.UNALLOCATED]

    @property
    def available(self) -> int:
        """What is allocated and not committed."""
        return self.of[AccountKind.AVAILABLE]

    @property
    def committed(self) -> int:
        """What is promised and not paid."""
        return self.of[AccountKind.COMMITTED]

    @property
    def paid(self) -> int:
        """What was paid, less what came back."""
        return self.of[AccountKind.PAID]

    @property
    def allocated(self) -> int:
        """What was allocated, wherever it stands now."""
        return self.available + self.committed + self.paid


@dataclass
class Statement(Figures):
    """A source, with where all of its money stands."""

    fund: Any = None

    @property
    def not_explained(self) -> int:
        """What nobody was given of a source whose last day has passed."""
        return self.unallocated if self.fund.has_ended else 0

    @property
    def to_allocate(self) -> int:
        """What can still be given."""
        return 0 if self.fund.has_ended else self.unallocated


def statements(reader: Any, only: Fund | None = None) -> list[Statement]:
    """Every source with its sums, in the order in which they begin: one query. Nothing, for whoever sees a district alone."""
    if not sees_whole(reader):
        return []
    rows = Account.objects.visible_to(reader).filter(Q(fund=only) if only else Q())
    sums: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.values("fund_id", "kind").annotate(sum=Sum("pence")):
        sums[row["fund_id"]][row["kind"]] += row["sum"]
    funds = [only] if only else Fund.objects.visible_to(reader).order_by("begins_on", "name")
    return [Statement(of=sums[fund.pk], fund=fund) for fund in funds]


def together(found: Iterable[Figures]) -> Figures:
    """The sums of several."""
    whole = Figures()
    for each in found:
        for kind, pence in each.of.items():
            whole.of[kind] += pence
    return whole


def _narrowed(reader: Any, wanted: Wanted) -> QuerySet[Share]:
    refuse(rules.why_not_see_ledger(reader))
    narrow = Q(fund__reference=wanted.fund) if wanted.fund else Q()
    narrow &= Q(year=int(wanted.year)) if wanted.year.isdigit() and len(wanted.year) == 4 else Q()
    if wanted.area:
        narrow &= Q(area=None) if wanted.area == CENTRE else Q(area__code=wanted.area)
    return Share.objects.visible_to(reader).filter(narrow)


def account_sum(kind: str, prefix: str = "accounts__") -> Any:
    """What stands in the accounts of one kind of a row."""
    return Coalesce(Sum(f"{prefix}pence", filter=Q(**{f"{prefix}kind": kind})), 0)


def shares(reader: Any, wanted: Wanted) -> QuerySet[Any]:
    """Shares with what is available, committed, paid, and allocated of each."""
    rows = _narrowed(reader, wanted).select_related("fund", "area")
    rows = rows.annotate(**{kind: account_sum(kind) for kind in OF_SHARE})
    return rows.annotate(allocated=F("available") + F("committed") + F("paid")).order_by(
        "-year", F("area__name").asc(nulls_first=True), "fund__begins_on", "fund__name", "purpose", "id"
    )


def shares_page(reader: Any, wanted: Wanted, page: Any) -> Page:
    """A page of them: one query."""
    return page_of(shares(reader, wanted), page)


def share_totals(reader: Any, wanted: Wanted) -> Figures:
    """The same together: one query."""
    rows = Account.objects.filter(share__in=_narrowed(reader, wanted).values("pk"))
    return Figures(dict_of(rows.values_list("kind").annotate(sum=Sum("pence"))))


def dict_of(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sums by their kind; nothing for a kind that has none."""
    found: dict[str, int] = defaultdict(int)
    found.update(dict(rows))
    return found


def sums_of(reader: Any, where: Q) -> Any:
    """Sums of accounts by their kind, as far as the reader sees them."""
    return Account.objects.visible_to(reader).filter(where).values_list("kind").annotate(sum=Sum("pence"))


def left_of_share(reader: Any, share: Any) -> int:
    """What of a share is neither committed nor in a budget."""
    return dict_of(sums_of(reader, Q(share=share, budget=None)))[AccountKind.AVAILABLE]


def may_see(reader: Any) -> bool:
    """Whether the reader sees anything of the ledger."""
    return rules.why_not_see_ledger(reader) is None


def fund_of(reader: Any, reference: str) -> Fund:
    """A source, or a page that never says whether it exists; for whoever sees the whole ledger."""
    found = Fund.objects.visible_to(reader).filter(reference=reference).first()
    if found is None or not sees_whole(reader):
        raise Http404
    return found


def share_of(reader: Any, reference: str) -> Share:
    """A share, or a page that never says whether it exists."""
    found = Share.objects.visible_to(reader).select_related("fund", "area").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def entry_of(reader: Any, reference: str) -> Entry:
    """An entry, or a page that never says whether it exists."""
    rows = Entry.objects.visible_to(reader).select_related(
        "fund", "share__area", "commitment", "reverses", "reversed_by", "posted_by__organisation", "budget"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def share_figures(reader: Any, share: Share) -> Figures:
    """What stands in the accounts of a share: one query."""
    rows = Account.objects.visible_to(reader).filter(share=share)
    return Figures(dict_of(rows.values_list("kind").annotate(sum=Sum("pence"))))


def lines(reader: Any, where: Q, of: str, page: Any) -> Page:
    """What a figure is made of: the lines of its accounts, the latest first."""
    rows = Line.objects.visible_to(reader).filter(where, account__kind=of)
    rows = rows.select_related("entry__reverses", "entry__reversed_by", "entry__share__area", "account")
    return page_of(rows.order_by("-entry__happened_on", "-entry__created_at", "id"), page)


def lines_of_share(reader: Any, share: Share, of: str, page: Any) -> Page:
    """Lines of one kind of a share's accounts."""
    return lines(reader, Q(account__share=share), of, page)


def lines_of_fund(reader: Any, fund: Fund, of: str, page: Any) -> Page:
    """Lines of one kind of a source's own accounts."""
    return lines(reader, Q(account__fund=fund, account__share=None), of, page)


@dataclass(frozen=True)
class Commitment:
    """A commitment with what of it is paid, and what is left to pay."""

    entry: Entry
    left: int
    paid: int


def commitments(reader: Any, share: Share) -> list[Commitment]:
    """What was committed of a share, the latest first: one query."""
    rows = Entry.objects.visible_to(reader).filter(share=share, kind=EntryKind.COMMITTED, reversed_by=None)
    rows = rows.annotate(left=account_sum(AccountKind.COMMITTED), paid=account_sum(AccountKind.PAID))
    return [Commitment(row, row.left, row.paid) for row in rows.order_by("-happened_on", "-created_at", "id")]


@dataclass(frozen=True)
class WholeEntry:
    """An entry with its lines, what followed it, and what is left of it."""

    lines: list[Line]
    following: list[Entry]
    left: int
    paid: int


def whole_entry(reader: Any, entry: Entry) -> WholeEntry:
    """The lines that the reader sees, and what was paid, released and recovered after it."""
    found = Line.objects.visible_to(reader).filter(entry=entry).select_related("account__share__area", "account__fund")
    rows = Entry.objects.visible_to(reader).filter(commitment=entry).select_related("reversed_by", "reverses")
    root = (
        Account.objects.visible_to(reader).filter(commitment_id=entry.root_id)
        if entry.root_id
        else Account.objects.none()
    )
    sums = dict_of(root.values_list("kind").annotate(sum=Sum("pence")))
    return WholeEntry(
        sorted(found, key=lambda line: line.pence), list(rows.order_by("happened_on", "created_at")),
        sums[AccountKind.COMMITTED], sums[AccountKind.PAID],
    )  # fmt: skip


def what_may(reader: Any, entry: Entry) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    keeps = rules.why_not_keep_ledger(reader) is None
    stands = keeps and entry.kind == EntryKind.COMMITTED and not entry.is_reversed
    purchase = rules.why_not_of_purchase(EntryKind.REVERSED, entry) is not None
    return {
        "follow": stands and not purchase,
        "recover": stands,
        "reverse": keeps and not purchase and rules.why_not_reverse(entry, "-") is None,
    }


def may_keep(reader: Any) -> bool:
    """Whether the reader is offered the buttons that write in the ledger."""
    return rules.why_not_keep_ledger(reader) is None


def who_keeps(reader: Any) -> None:
    """Refuse the page to whoever may not keep the ledger, before they type."""
    refuse(rules.why_not_keep_ledger(reader))


def may_see_whole(reader: Any) -> bool:
    """Whether the reader sees the whole ledger."""
    return sees_whole(reader)


def districts() -> list[Area]:
    """The districts of the authority, by name."""
    return list(Area.objects.filter(code__in=[each.code for each in pack().areas.districts]).order_by("name"))


def district_codes(areas: Iterable[Area]) -> dict[str, str]:
    """Codes of districts by how a file may name them: the name or the code."""
    return {fold(name): area.code for area in areas for name in (area.name, area.code)}


def years(reader: Any) -> list[tuple[str, str]]:
    """The financial years of which the reader sees a share, the latest first."""
    found = Share.objects.visible_to(reader).values_list("year", flat=True).distinct().order_by("-year")
    return [(str(year), year_words(year)) for year in found]


def funds(reader: Any) -> list[tuple[str, str]]:
    """Sources, for a list to choose from."""
    return list(Fund.objects.visible_to(reader).order_by("begins_on", "name").values_list("reference", "name"))
