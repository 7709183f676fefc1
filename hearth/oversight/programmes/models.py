"""Needs that somebody named, looks again, claims with their frozen evidence, samples and what an audit found."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from hearth.casework.cases.models import Case
from hearth.casework.plans.models import Outcome
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.oversight.programmes.freezing import digest_of
from hearth.oversight.programmes.reach import may_claim
from hearth.records.people.models import Family

SEES = "see_claims"


class OfClaimedFamilies(models.QuerySet[Any]):
    """What hangs from a family that may be claimed for. The row policies say the same."""

    to_family = ""

    def visible_to(self, user: Any) -> "OfClaimedFamilies":
        """Of families in whose area the reader sees claims; never of one in which somebody is restricted from them."""
        return self.filter(may_claim(f"{self.to_family}family_id")) if user.may(SEES) else self.none()


class OfClaims(OfClaimedFamilies):
    """What hangs from a claim."""

    to_family = "claim__"


class OfThoseWhoSee(models.QuerySet[Any]):
    """Samples, which name nobody."""

    def visible_to(self, user: Any) -> "OfThoseWhoSee":
        """All, for whoever sees claims somewhere."""
        return self.all() if user.may(SEES) else self.none()


class NamedNeed(Record):
    """Somebody said which need of a framework an outcome of a plan meets, or that it meets none. The one before is ended, not changed."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40, help_text="a framework's code")
    need = models.CharField(max_length=40, blank=True, help_text="a need's code; empty: no need of this framework")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfClaimedFamilies.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "outcome"], condition=Q(ended_at=None), name="named_once_a_framework"
            )
        ]
        indexes = [models.Index(fields=["case", "framework"], name="named_need_of_case")]


class LookAgain(Record):
    """Somebody looked again at a need that had been met: on which day, how, and whether it was still met. Only ever added."""

    class How(models.TextChoices):
        FAMILY = "family", "Asked the family"
        SCHOOL = "school", "Asked the school or setting"
        SERVICE = "service", "Asked a service that works with them"
        RECORD = "record", "Looked at a service's own record"
        VISIT = "visit", "Visited"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40)
    need = models.CharField(max_length=40)
    seen_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    still_met = models.BooleanField()
    counted = models.JSONField(
        default=list,
        blank=True,
        help_text="of each thing that had to fall: its code, how many before and how many after",
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfClaimedFamilies.as_manager()

    class Meta:
        verbose_name_plural = "looks again"
        indexes = [models.Index(fields=["case", "framework"], name="look_again_of_case")]


class Claim(Record):
    """A family claimed for under a framework, as at a day. The evidence is frozen; only what is decided on it is added."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be checked"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"
        WITHDRAWN = "withdrawn", "Withdrawn"

    IN_FORCE = (State.WAITING, State.ACCEPTED)

    reference = models.CharField(max_length=12, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40)
    framework_version = models.CharField(max_length=200)
    as_at = models.DateField(help_text="the day on which the evidence stood like this")
    content = models.TextField(help_text="the evidence and the rules as they stood: canonical JSON, never changed")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    rules_digest = models.CharField(max_length=12, help_text="of the framework as it was")
    pounds = models.PositiveIntegerField(null=True, blank=True, help_text="what it is worth, where the framework says")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="kept when it is withdrawn later")
    check_words = models.TextField(blank=True, help_text="why it was returned; or anything said when it was accepted")
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    objects = OfClaimedFamilies.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "framework"],
                condition=Q(state__in=("waiting", "accepted")),
                name="one_claim_in_force_a_framework",
            ),
            models.CheckConstraint(condition=~Q(checked_by=F("made_by")), name="claim_checked_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_by=None)
                | Q(state="withdrawn", withdrawn_by__isnull=False)
                | Q(state__in=("accepted", "returned"), checked_by__isnull=False, checked_at__isnull=False),
                name="claim_state_has_its_person",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="claim_newest"),
            models.Index(fields=["accepted_at"], condition=~Q(accepted_at=None), name="claim_accepted"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_as_frozen(self) -> bool:
        """Whether the evidence is, letter for letter, what was frozen."""
        return digest_of(self.content) == self.digest

    @property
    def is_in_force(self) -> bool:
        """Whether it waits to be checked or was accepted."""
        return self.state in self.IN_FORCE


class ClaimSample(Record):
    """Accepted claims of a period drawn for an audit, by a seed that anybody can draw with again. Only ever added."""

    reference = models.CharField(max_length=12, unique=True)
    framework = models.CharField(max_length=40, blank=True, help_text="empty: of every framework")
    from_on = models.DateField(help_text="claims accepted from this day")
    until_on = models.DateField(help_text="to this day, both counted in")
    size = models.PositiveSmallIntegerField(help_text="how many were asked for")
    seed = models.CharField(max_length=40)
    among = models.PositiveIntegerField(help_text="how many there were to draw from")
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfThoseWhoSee.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "id"], name="claim_sample_newest")]

    def __str__(self) -> str:
        return self.reference


class SampledClaim(Record):
    """One claim of a sample, and what the audit found."""

    class Finding(models.TextChoices):
        STANDS = "stands", "The evidence bears it out"
        PARTLY = "partly", "Something is missing, and it stands"
        DOES_NOT = "does_not", "The evidence does not bear it out"

    sample = models.ForeignKey(ClaimSample, on_delete=models.PROTECT, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="in the order drawn")
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    words = models.TextField(blank=True)
    found_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfClaims.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="sampled_number_once"),
            models.UniqueConstraint(fields=["sample", "claim"], name="sampled_once"),
        ]
