"""Consent, exceptions to it, and agreements between organisations."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import kept_from, may_open_family


class Decision(models.TextChoices):
    """What somebody said when they were asked."""

    GIVEN = "given", "Agreed"
    REFUSED = "refused", "Said no"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Decisions about sharing."""

    def visible_to(self, user: Any) -> "ConsentQuerySet":
        """Decisions about people of families the user may open; never those about, or of, a person who is hidden from them."""
        return self.filter(
            may_open_family(user, "family__"),
            Q(decider=None) | ~Q(decider__one_of=kept_from(user)),
            person__in=Person.objects.visible_to(user),
        )

    def live(self) -> "ConsentQuerySet":
        """Neither withdrawn nor past their last day."""
        today = clock.today()
        return self.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today, withdrawn_at=None)


@pghistory.track()
class Consent(Record):
    """One person's information and one organisation: who decided, what, from when, until when, and whether it was withdrawn.

    A form that names three people and two organisations is six rows with the same `asked` key: each can be withdrawn alone.
    """

    reference = models.CharField(max_length=12, unique=True)
    asked = models.UUIDField(help_text="the same for everything decided in one conversation")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="whom the information is about"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    who_decided = models.CharField(max_length=40, help_text="a code of the practice pack: parent, child_competent ...")
    decider = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decider_name = models.CharField(max_length=200, blank=True, help_text="where the one who decided is not on record")
    competence = models.TextField(blank=True, help_text="why the child is thought to understand")
    categories = ArrayField(models.CharField(max_length=30), help_text="what may be shared; empty when refused")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_how = models.CharField(max_length=40, help_text="a code of the practice pack: signed, spoken ...")
    words = models.TextField(blank=True, help_text="what they said, or what limits it")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.TextField(blank=True)
    replaced = models.BooleanField(default=False, help_text="ended because the same person decided again")
    disputed = models.BooleanField(
        default=False, help_text="a refusal where somebody else agreed, and an officer is to decide what follows"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="consent_ends_after"
            ),
            models.UniqueConstraint(
                fields=["family", "person", "organisation", "decider", "decider_name"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="decided_once_by_each",
            ),
        ]
        indexes = [
            models.Index(fields=["family", "organisation"], name="consent_family"),
            models.Index(fields=["person", "organisation"], name="consent_person"),
            models.Index(fields=["created_at"], condition=Q(disputed=True), name="consent_disputed"),
        ]

    def __str__(self) -> str:
        return self.reference


@pghistory.track()
class Settlement(Record):
    """Two people who may decide disagree: an officer decided what follows, and why. A newer answer sets it aside."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    shares = models.BooleanField(help_text="True: share as the one who agreed said; False: do not")
    reason = models.TextField()
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(set_aside_at=None), name="settled_once"
            ),
        ]


class ExceptionQuerySet(models.QuerySet["SharingException"]):
    """Exceptions."""

    def visible_to(self, user: Any) -> "ExceptionQuerySet":
        """Exceptions of families whose assessment the user may read: the reason is as sensitive."""
        return self.filter(may_open_family(user, "family__", "assessment"))

    def live(self) -> "ExceptionQuerySet":
        """Neither ended nor past their last day."""
        today = clock.today()
        return self.filter(from_on__lte=today, until_on__gte=today, ended_at=None)


@pghistory.track()
class SharingException(Record):
    """Shared without consent, for a lawful reason such as significant harm; always with its reason and an end."""

    reference = models.CharField(max_length=12, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, help_text="a code of the practice pack: significant_harm ...")
    reason = models.TextField(help_text="the harm feared, or the law or order relied on")
    family_told = models.BooleanField(help_text="whether the family was told that this is shared")
    family_not_told_because = models.TextField(blank=True)
    categories = ArrayField(models.CharField(max_length=30))
    from_on = models.DateField()
    until_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.TextField(blank=True)

    objects = ExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="exception_ends_after"),
        ]
        indexes = [models.Index(fields=["family", "organisation"], name="exception_family")]

    def __str__(self) -> str:
        return self.reference


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements."""

    def visible_to(self, user: Any) -> "AgreementQuerySet":
        """Everybody who signs in may read what was agreed: it names no family."""
        return self.all()

    def live(self) -> "AgreementQuerySet":
        """Begun, and neither ended nor past their last day."""
        today = clock.today()
        return self.filter(from_on__lte=today, until_on__gte=today, ended_at=None)


@pghistory.track()
class Agreement(Record):
    """The authority and an organisation agreed in writing what may be shared, for what, from when until when."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purposes = ArrayField(
        models.CharField(max_length=40), help_text="codes of the practice pack: early_help, look_up ..."
    )
    categories = ArrayField(models.CharField(max_length=30))
    from_on = models.DateField()
    until_on = models.DateField()
    document = models.CharField(max_length=200, help_text="where the signed agreement is kept: its reference")
    notes = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.TextField(blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="agreement_ends_after"),
        ]
        indexes = [models.Index(fields=["organisation", "until_on"], name="agreement_organisation")]

    def __str__(self) -> str:
        return self.reference
