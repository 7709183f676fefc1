"""Sources, shares, accounts, entries and their lines. Amounts are whole pence."""

import datetime as dt
from typing import Any

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.money.reach import reads_account, reads_share, sees_money


class AccountKind(models.TextChoices):
    """Where money stands. Moving it takes it from one account and puts it in another."""

    GIVEN = "given", "Given by the source"
    UNALLOCATED = "unallocated", "Not allocated"
    ELSEWHERE = "elsewhere", "Used elsewhere"
    AVAILABLE = "available", "Available"
    COMMITTED = "committed", "Committed"
    PAID = "paid", "Paid"


class EntryKind(models.TextChoices):
    """What happened to money."""

    RECEIVED = "received", "Received"
    ELSEWHERE = "elsewhere", "Used elsewhere"
    ALLOCATED = "allocated", "Allocated"
    DELEGATED = "delegated", "Put into a budget"
    RETURNED = "returned", "Taken back from a budget"
    COMMITTED = "committed", "Committed"
    RELEASED = "released", "Released"
    PAID = "paid", "Paid"
    RECOVERED = "recovered", "Recovered"
    REVERSED = "reversed", "Reversed"


# From which account each kind of entry takes money, and in which it puts it.
MOVES = {
    EntryKind.RECEIVED: (AccountKind.GIVEN, AccountKind.UNALLOCATED),
    EntryKind.ELSEWHERE: (AccountKind.UNALLOCATED, AccountKind.ELSEWHERE),
    EntryKind.ALLOCATED: (AccountKind.UNALLOCATED, AccountKind.AVAILABLE),
    EntryKind.DELEGATED: (AccountKind.AVAILABLE, AccountKind.AVAILABLE),
    EntryKind.RETURNED: (AccountKind.AVAILABLE, AccountKind.AVAILABLE),
    EntryKind.COMMITTED: (AccountKind.AVAILABLE, AccountKind.COMMITTED),
    EntryKind.RELEASED: (AccountKind.COMMITTED, AccountKind.AVAILABLE),
    EntryKind.PAID: (AccountKind.COMMITTED, AccountKind.PAID),
    EntryKind.RECOVERED: (AccountKind.PAID, AccountKind.AVAILABLE),
}


class FundQuerySet(models.QuerySet["Fund"]):
    """Sources of money."""

    def visible_to(self, user: Any) -> "FundQuerySet":
        """What the source is called names nobody and has no amount: for whoever sees any of the ledger."""
        return self if sees_money(user) else self.none()


@pghistory.track()
class Fund(Record):
    """Where money comes from: a grant, a forum's contribution, savings, a contract."""

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120, unique=True)
    given_by = models.CharField(max_length=120, help_text="who gives it, such as the Schools Forum")
    begins_on = models.DateField()
    ends_on = models.DateField(
        null=True, blank=True, help_text="after this day what is not allocated counts as not explained"
    )
    words = models.TextField(blank=True, help_text="what it is for, and on what paper it rests; nobody's name")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = "source of money"
        verbose_name_plural = "sources of money"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("begins_on")), name="fund_ends_after"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < clock.today()


def year_words(year: int) -> str:
    """A financial year as people say it: 2010/11."""
    return f"{year}/{(year + 1) % 100:02d}"


class ShareQuerySet(models.QuerySet["Share"]):
    """Shares of sources."""

    def visible_to(self, user: Any) -> "ShareQuerySet":
        """Every one, for whoever sees the whole ledger; for others those of their districts. The row policy says the same."""
        return self.filter(reads_share(user))


class Share(Record):
    """What a source gives to one district, or to the whole authority, in one financial year for one purpose."""

    reference = models.CharField(max_length=12, unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="shares")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )
    year = models.PositiveSmallIntegerField(help_text="the year in which its financial year begins")
    purpose = models.CharField(max_length=80)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = "share of money"
        verbose_name_plural = "shares of money"
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "area", "year", "purpose"], nulls_distinct=False, name="share_of_money_once"
            ),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="share_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.where}, {self.in_year}, {self.purpose}"

    @property
    def where(self) -> str:
        """The district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"

    @property
    def in_year(self) -> str:
        """The financial year in words."""
        return year_words(self.year)


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts."""

    def visible_to(self, user: Any) -> "AccountQuerySet":
        """Those of the shares the user sees; those of sources for whoever sees the whole ledger."""
        return self.filter(reads_account(user, Share.objects.visible_to(user)))


class Account(Record):
    """A place where money stands. The database keeps its sum from its lines, and lets none but what is given fall below nothing."""

    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="accounts")
    share = models.ForeignKey(Share, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    commitment = models.ForeignKey(
        "Entry", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts",
        help_text="the entry that committed it, for what is committed and what is paid",
    )  # fmt: skip
    budget = models.ForeignKey(
        "Budget",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accounts",
        help_text="where it is in one",
    )
    pence = models.BigIntegerField(default=0, help_text="the sum of its lines, kept by the database")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "account of money"
        verbose_name_plural = "accounts of money"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "fund", "share", "commitment", "budget"],
                nulls_distinct=False,
                name="account_of_money_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="given", pence__lte=0) | ~Q(kind="given") & Q(pence__gte=0),
                name="never_below_nothing",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["given", "unallocated", "elsewhere"], share=None, commitment=None, budget=None)
                | Q(kind="available", share__isnull=False, commitment=None)
                | Q(kind__in=["committed", "paid"], share__isnull=False, commitment__isnull=False),
                name="account_of_its_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["share", "kind"], name="account_of_share"),
            models.Index(fields=["budget", "kind"], condition=Q(budget__isnull=False), name="account_of_budget"),
        ]


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries."""

    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Those with a line in an account that the user sees."""
        seen = Line.objects.visible_to(user).filter(entry=OuterRef("pk"))
        return self.filter(Exists(seen))


class Entry(Record):
    """One thing that happened to money. Never edited: what is wrong is reversed by another."""

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    share = models.ForeignKey(Share, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    commitment = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="following",
        help_text="the commitment that it pays, releases or recovers from",
    )  # fmt: skip
    budget = models.ForeignKey(
        "Budget",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
        help_text="where it is of one",
    )
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    pence = models.BigIntegerField(help_text="how much it moves")
    happened_on = models.DateField()
    with_whom = models.CharField(max_length=120, blank=True, help_text="who is paid, or pays: an organisation")
    words = models.CharField(max_length=200, help_text="what it is for; nobody's name")
    voucher = models.CharField(max_length=40, blank=True, help_text="its number in the council's own books")
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one entry")
    posting = models.BigIntegerField(
        default=0, editable=False, help_text="the database's own transaction: it takes lines only in that one"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger entries"
        constraints = [
            models.UniqueConstraint(fields=["posted_by", "key"], name="ledger_page_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="an_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="reversed", reverses__isnull=False) | ~Q(kind="reversed") & Q(reverses=None),
                name="a_reversal_reverses",
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "-happened_on"], name="entry_of_fund"),
            models.Index(fields=["share", "-happened_on"], name="entry_of_share"),
            models.Index(fields=["commitment"], name="entry_of_commitment"),
            models.Index(fields=["fund", "voucher"], condition=~Q(voucher=""), name="entry_by_voucher"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_reversed(self) -> bool:
        """Whether another entry reversed it."""
        return hasattr(self, "reversed_by")

    @property
    def root_id(self) -> Any:
        """The commitment it belongs to: itself, where it commits."""
        return self.pk if self.kind == EntryKind.COMMITTED else self.commitment_id

    @property
    def year(self) -> int:
        """The financial year in which it happened."""
        return financial_year(self.happened_on)


def financial_year(day: dt.date) -> int:
    """The year in which the financial year of a day begins: on 1 April."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


class LineQuerySet(models.QuerySet["Line"]):
    """Lines of entries."""

    def visible_to(self, user: Any) -> "LineQuerySet":
        """Lines of accounts that the user sees: a district reads its own line of an entry, and not another's."""
        return self.filter(account__in=Account.objects.visible_to(user).values("pk"))


class Line(Record):
    """What an entry puts in one account, or takes from it. The lines of an entry add up to nothing."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lines")
    pence = models.BigIntegerField(help_text="what is put in; what is taken is below nothing")

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "ledger line"
        verbose_name_plural = "ledger lines"
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="ledger_line_once"),
            models.CheckConstraint(condition=~Q(pence=0), name="a_line_moves_something"),
        ]
        indexes = [models.Index(fields=["account"], name="line_of_account")]
