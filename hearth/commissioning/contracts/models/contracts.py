"""A contract, who pays which part of it for which district, and what was committed for each part."""

import datetime as dt
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.contracts.quarters import quarters_of
from hearth.commissioning.contracts.reach import contracts, of_contract, reads_part
from hearth.commissioning.needs.models import Intention
from hearth.commissioning.procurement.models import Award
from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.pack import pack
from hearth.records.money.models import Entry, Share
from hearth.records.sharing.models import Agreement


class ContractState(models.TextChoices):
    """Where a contract has got to."""

    DRAFT = "draft", "Being written"
    SIGNED = "signed", "Signed"
    ENDED = "ended", "Ended"
    DECOMMISSIONED = "decommissioned", "De-commissioned"


# While a contract is in one of these, work is done under it until its last day.
STANDING = (ContractState.SIGNED, ContractState.DECOMMISSIONED)


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts."""

    def visible_to(self, user: Any) -> "ContractQuerySet":
        """All, of the whole authority; those with a part in the user's districts; those they manage; a provider's own, once signed."""
        return self.filter(pk__one_of=contracts(user))

    def checked_by(self, user: Any) -> "ContractQuerySet":
        """Those that the user visits, and whose milestones and outcomes they look at."""
        return self.filter(pk__one_of=contracts(user, "check"))

    def delivered_by(self, user: Any) -> "ContractQuerySet":
        """Those that the user's organisation delivers, for whoever does so for it."""
        return self.filter(pk__one_of=contracts(user, "deliver"))

    def standing(self) -> "ContractQuerySet":
        """Signed, and not past their last day."""
        return self.filter(state__in=STANDING, ends_on__gte=clock.today(), settled_at=None)

    def without_visit(self) -> "ContractQuerySet":
        """Signed, of a whole value above the pack's, and no quality visit was done yet."""
        visits: Any = self.model._meta.get_field("visits").related_model
        done = visits._default_manager.filter(contract=OuterRef("pk"), done_on__isnull=False)
        return self.filter(~Exists(done), state=ContractState.SIGNED, value_pence__gt=pack().contracts.visit_over_pence)


@pghistory.track()
class Contract(Record):
    """What was agreed with one provider: for which needs, from when until when, for how much in all. It names nobody who is helped."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    what = models.TextField(help_text="what the provider does; nobody's name")
    needs = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    intention = models.ForeignKey(
        Intention,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contracts",
        help_text="that it carries out",
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="of unmet need that it answers",
    )
    award = models.OneToOneField(
        Award,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contract",
        help_text="none: without a tender",
    )
    no_tender_why = models.CharField(max_length=300, blank=True, help_text="why there was no tender")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts_delivered")
    value_pence = models.BigIntegerField(default=0, help_text="of the whole project: all its parts together")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="its last day")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who answers for it")
    agreement = models.ForeignKey(
        Agreement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="under which the provider's people may be matched",
    )
    document = models.CharField(
        max_length=200, blank=True, help_text="where the signed contract is kept: its reference"
    )
    state = models.CharField(max_length=16, choices=ContractState.choices, default=ContractState.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    first_signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="since when nothing is paid or released any more"
    )
    settled_words = models.CharField(max_length=200, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["written_by", "key"], name="contract_page_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_ends_after"),
            models.CheckConstraint(condition=~Q(needs=[]), name="a_contract_is_for_some_need"),
            models.CheckConstraint(
                condition=Q(award__isnull=False, no_tender_why="") | Q(award=None) & ~Q(no_tender_why=""),
                name="a_contract_without_a_tender_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_by=None, signed_at=None, settled_at=None)
                | ~Q(state="draft")
                & Q(first_signed_by__isnull=False, signed_by__isnull=False, signed_at__isnull=False, value_pence__gt=0),
                name="a_contract_is_signed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("first_signed_by")), name="nobody_signs_a_contract_twice"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) & ~Q(state="ended")
                | Q(settled_at__isnull=False, settled_by__isnull=False, state__in=["ended", "decommissioned"]),
                name="an_ended_contract_is_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state"], name="contract_of_provider"),
            models.Index(fields=["state", "ends_on"], name="contract_by_end"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.state == ContractState.DRAFT

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on < clock.today()

    @property
    def takes_work(self) -> bool:
        """Whether something may still be reached and claimed under it: signed, until what is left is settled."""
        return self.state in STANDING and self.settled_at is None

    @property
    def quarters(self) -> list[dt.date]:
        """The first days of the quarters in which it runs."""
        return quarters_of(self.starts_on, self.ends_on)

    @property
    def is_over_visit_value(self) -> bool:
        """Whether the whole project costs more than what the pack says needs a quality visit."""
        return self.value_pence > pack().contracts.visit_over_pence


class OfContractQuerySet(models.QuerySet[Any]):
    """Rows that hang from contracts."""

    def visible_to(self, user: Any) -> "OfContractQuerySet":
        """Those of contracts that the user may read. The row policy says the same."""
        return self.filter(of_contract(user))


class ContractPartQuerySet(models.QuerySet["ContractPart"]):
    """Parts of contracts."""

    def visible_to(self, user: Any) -> "ContractPartQuerySet":
        """All of a contract, for whoever sees the whole or delivers it; a district's people their district's alone."""
        return self.filter(reads_part(user))


@pghistory.track()
class ContractPart(Record):
    """Who pays how much of a contract, for which district. The authority's own parts are paid from a share of the ledger."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who pays: the authority, or a joint commissioner",
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )
    pence = models.BigIntegerField()
    released_pence = models.BigIntegerField(
        default=0,
        help_text="of a joint commissioner's part, what is not needed any more: of the authority's own the ledger says it",
    )
    share = models.ForeignKey(
        Share,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="of the ledger, from which it is paid; none for a joint commissioner, who pays from their own books",
    )

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = "part of a contract"
        verbose_name_plural = "parts of contracts"
        constraints = [
            models.CheckConstraint(condition=Q(pence__gte=0), name="a_part_is_not_below_nothing"),
            models.UniqueConstraint(
                fields=["contract", "organisation", "area", "share"], nulls_distinct=False, name="contract_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name}, {self.where}"

    @property
    def where(self) -> str:
        """The district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"


class OfPartQuerySet(models.QuerySet[Any]):
    """Rows that hang from parts of contracts."""

    def visible_to(self, user: Any) -> "OfPartQuerySet":
        """Those of parts that the user reads."""
        return self.filter(reads_part(user, "part__"))


class PartCommitment(Record):
    """What was committed in the ledger for a part: at signing, and by each variation that added to it. Only ever added."""

    part = models.ForeignKey(ContractPart, on_delete=models.PROTECT, related_name="commitments")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="contract_part")

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "commitment of a contract"
        verbose_name_plural = "commitments of contracts"
