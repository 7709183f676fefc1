"""A round of small grants, what organisations ask for in it, and the interests of those who decide."""

import datetime as dt
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.procurement.grants.reach import DECIDES, reads_application, reads_round
from hearth.foundation.accounts.models import Organisation, Placed, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.money.models import Entry, Share
from hearth.records.money.reach import holds_whole


class GrantRoundQuerySet(models.QuerySet["GrantRound"]):
    """Rounds of grants."""

    def visible_to(self, user: Any) -> "GrantRoundQuerySet":
        """Of the user's districts; once open, for whoever may ask from it. The row policy says the same."""
        return self.filter(reads_round(user))

    def open_now(self) -> "GrantRoundQuerySet":
        """Those that take applications today."""
        today = clock.today()
        return self.filter(opens_on__lte=today, closes_on__gte=today, ended_at=None)


@pghistory.track()
class GrantRound(Placed):
    """Money of a share that is given in small grants, for a purpose, from a day until a day."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    purpose = models.TextField(help_text="what it is for, and for whom; nobody's name")
    needs = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+", help_text="from which it is paid")
    pence = models.BigIntegerField(help_text="all that it gives")
    most_pence = models.BigIntegerField(help_text="the most that one grant gives")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the last day on which somebody may apply")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = GrantRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "round of grants"
        verbose_name_plural = "rounds of grants"
        constraints = [
            models.UniqueConstraint(fields=["opened_by", "key"], name="grant_round_page_once"),
            models.CheckConstraint(
                condition=Q(most_pence__gt=0, pence__gte=F("most_pence"), closes_on__gte=F("opens_on")) & ~Q(needs=[]),
                name="a_round_gives_something",
            ),
        ]
        indexes = [models.Index(fields=["-closes_on"], name="grant_round_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def stage(self) -> str:
        """Whether it is still to open, open, closed, or ended before its time."""
        return self.stage_on(clock.today())

    def stage_on(self, day: dt.date) -> str:
        """The same as of a day; actions give the database's own."""
        if self.ended_at is not None:
            return "ended"
        if day < self.opens_on:
            return "to open"
        return "open" if day <= self.closes_on else "closed"


class ApplicationState(models.TextChoices):
    """Where an application has got to."""

    SENT = "sent", "Sent"
    AWARDED = "awarded", "Awarded"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class GrantApplicationQuerySet(models.QuerySet["GrantApplication"]):
    """What is asked for in rounds."""

    def visible_to(self, user: Any) -> "GrantApplicationQuerySet":
        """One's own organisation's; all, for whoever decides; what was awarded, for the district. The row policy says the same."""
        return self.filter(reads_application(user))


@pghistory.track()
class GrantApplication(Record):
    """An organisation asks for a small grant; decided by somebody without an interest, with what is told to the applicant."""

    reference = models.CharField(max_length=12, unique=True)
    round = models.ForeignKey(GrantRound, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    need = models.CharField(max_length=40, help_text="a code of the practice pack")
    what = models.TextField(help_text="what would be done, for how many; nobody's name")
    change = models.TextField(help_text="what would change for families, and how one would know; nobody's name")
    pence = models.BigIntegerField(help_text="what is asked for")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(default=clock.today)
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.SENT)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True, help_text="what is told to the applicant; nobody's name")
    awarded_pence = models.BigIntegerField(null=True, blank=True)
    commitment = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="grant")
    paid_on = models.DateField(null=True, blank=True)
    paid_pence = models.BigIntegerField(null=True, blank=True)

    objects = GrantApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "grant application"
        constraints = [
            models.UniqueConstraint(fields=["sent_by", "key"], name="grant_page_once"),
            models.UniqueConstraint(
                fields=["round", "organisation"], condition=~Q(state="withdrawn"), name="one_application_an_organisation"
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="an_application_asks_for_something"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["sent", "withdrawn"], decided_by=None, decided_on=None, reasons="", awarded_pence=None,
                    commitment=None, paid_on=None, paid_pence=None,
                )
                | Q(state="declined", decided_by__isnull=False, awarded_pence=None, commitment=None, paid_on=None, paid_pence=None)
                & ~Q(reasons="")
                | Q(state="awarded", decided_by__isnull=False, awarded_pence__gt=0, commitment__isnull=False) & ~Q(reasons=""),
                name="a_grant_is_decided_with_its_reasons_and_its_money",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("sent_by")), name="nobody_decides_their_own_grant"
            ),
            models.CheckConstraint(
                condition=Q(awarded_pence=None) | Q(awarded_pence__lte=F("pence")), name="no_more_than_was_asked_for"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation"], name="grants_of_organisation")]

    def __str__(self) -> str:
        return self.reference


class GrantInterestQuerySet(models.QuerySet["GrantInterest"]):
    """Interests of those who decide."""

    def visible_to(self, user: Any) -> "GrantInterestQuerySet":
        """One's own; all, for whoever decides."""
        return self.filter(Q() if holds_whole(user, DECIDES) else Q(person=user))


class GrantInterest(Record):
    """What somebody who decides declared of an applicant: an interest, or that there is none. Only ever added."""

    round = models.ForeignKey(GrantRound, on_delete=models.PROTECT, related_name="interests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    conflicted = models.BooleanField()
    words = models.CharField(max_length=200, blank=True, help_text="which interest")
    at = models.DateTimeField(default=clock.now)

    objects = GrantInterestQuerySet.as_manager()

    class Meta:
        verbose_name = "interest in a grant"
        verbose_name_plural = "interests in grants"
        indexes = [models.Index(fields=["round", "person"], name="interest_of_person")]
