"""Quality visits to what is bought, and the actions that come of them."""

import pghistory
from django.db import models
from django.db.models import Q

from hearth.commissioning.contracts.models.contracts import Contract, OfContractQuerySet
from hearth.commissioning.contracts.reach import of_contract
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


@pghistory.track()
class QualityVisit(Record):
    """Somebody goes to see how a contract is delivered: planned, done with what was found, or called off."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="visits")
    planned_for = models.DateField()
    visitor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who goes")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    findings = models.TextField(blank=True, help_text="what was found; nobody's name")
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=200, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "quality visit"
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(done_on=None, called_off_at=None), name="one_visit_is_planned"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, findings="")
                | Q(done_on__isnull=False, done_by__isnull=False, called_off_at=None) & ~Q(findings=""),
                name="a_visit_that_was_done_found_something",
            ),
        ]
        indexes = [models.Index(fields=["contract", "done_on"], name="visit_of_contract")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.called_off_at is None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nobody noted what was found."""
        return self.is_planned and self.planned_for < clock.today()


class VisitActionQuerySet(models.QuerySet["VisitAction"]):
    """Actions of visits."""

    def visible_to(self, user: object) -> "VisitActionQuerySet":
        """Those of contracts that the user may read."""
        return self.filter(of_contract(user, "visit__contract"))

    def open(self) -> "VisitActionQuerySet":
        """Those that nobody has done yet."""
        return self.filter(done_on=None)


@pghistory.track()
class VisitAction(Record):
    """What is to be put right after a visit, who answers for it, by when; followed until it is done."""

    reference = models.CharField(max_length=12, unique=True)
    visit = models.ForeignKey(QualityVisit, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=200, help_text="nobody's name")
    by_provider = models.BooleanField(help_text="whether the provider does it, or the authority")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True, help_text="how one knows that it is done; nobody's name")

    objects = VisitActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action of a visit"
        verbose_name_plural = "actions of visits"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False) & ~Q(words=""),
                name="an_action_that_is_done_says_how_one_knows",
            )
        ]
        indexes = [models.Index(fields=["visit", "due_on"], name="action_of_visit")]

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.done_on is None and self.due_on < clock.today()
