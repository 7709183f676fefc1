"""A referral from a plan to a service of the directory, and the answer."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.casework.plans.referring.reach import may_read_referral
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.directory.models import Service
from hearth.records.people.models import Family


class ReferralStatus(models.TextChoices):
    """Where a referral has got to."""

    SENT = "sent", "Waiting for an answer"
    ACCEPTED = "accepted", "They help"
    WAITING = "waiting", "On their waiting list"
    DECLINED = "declined", "They cannot help"
    WITHDRAWN = "withdrawn", "Taken back"


LIVE = (ReferralStatus.SENT, ReferralStatus.WAITING)


class ServiceReferralQuerySet(models.QuerySet["ServiceReferral"]):
    """Referrals to services."""

    def visible_to(self, user: Any) -> "ServiceReferralQuerySet":
        """Of plans the user may open, and those that are theirs to answer. The row policy says the same."""
        return self.filter(may_read_referral(user))


@pghistory.track()
class ServiceReferral(Record):
    """A service was asked to help with what a plan needs. Names are copied when it is asked: whoever answers opens no record."""

    reference = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="service_referrals")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="service_referrals")
    outcome = models.ForeignKey("plans.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=200, help_text="as it was when it was asked")
    agency = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="whose people sign in and answer"
    )  # fmt: skip
    people = ArrayField(models.UUIDField(), default=list, help_text="for whom of the family it is")
    for_whom = models.TextField(help_text="their names and ages, as they were when it was asked")
    words = models.TextField(help_text="what would help, and what the service has to know")
    contact = models.CharField(max_length=200, help_text="how the family is reached")
    agreed_by = models.CharField(
        max_length=120, blank=True, help_text="who agreed to it, where no consent to it is on record"
    )
    agreed_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer_by_on = models.DateField(help_text="when its answer is chased")
    status = models.CharField(max_length=10, choices=ReferralStatus.choices, default=ReferralStatus.SENT)
    reason = models.CharField(
        max_length=40, blank=True, help_text="why they cannot help: a reason of the practice pack's unmet need"
    )
    answer = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    told_by = models.CharField(
        max_length=120, blank=True, help_text="who of the service said it, where somebody else wrote it down"
    )
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="when whoever asked had read the answer")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = ServiceReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "service referral"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "service"], condition=Q(status__in=LIVE), name="service_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reason=""), name="service_declines_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "waiting", "declined"])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="service_answer_is_somebodys",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "-asked_at"], name="service_referral_of_plan"),
            models.Index(fields=["family"], name="service_referral_of_family"),
            models.Index(fields=["agency", "status"], name="service_referral_of_agency"),
            models.Index(fields=["asked_by"], condition=Q(read_at=None), name="service_answer_unread"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_live(self) -> bool:
        """Whether there is more to come of it."""
        return self.status in LIVE

    @property
    def is_answered(self) -> bool:
        """Whether the service has said something."""
        return self.answered_at is not None and self.status != ReferralStatus.WITHDRAWN

    @property
    def is_late(self) -> bool:
        """Whether no answer came by the day on which it is chased."""
        return self.status == ReferralStatus.SENT and self.answer_by_on < clock.today()

    @property
    def answer_is_news(self) -> bool:
        """Whether there is an answer that whoever asked has not read."""
        return self.is_answered and self.read_at is None
