"""Risks with their dated assessments, action points and escalations; and the meetings on the log."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.pack import pack
from hearth.oversight.governance.risks.reach import SEES, of_risk, risks
from hearth.records.money.reach import money_areas

ONE_TO_FIVE = Q(likelihood__range=(1, 5), impact__range=(1, 5))


class RiskQuerySet(models.QuerySet["Risk"]):
    """The risk log."""

    def visible_to(self, user: Any) -> "RiskQuerySet":
        """Those that the user may read: of their districts and of the whole authority, and not kept from their roles."""
        return self.filter(pk__one_of=risks(user))


@pghistory.track()
class Risk(Record):
    """Something that may go wrong with the service: what, why, who answers for it, what is done about it. It names no family."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: of the whole authority",
    )
    subject = models.CharField(max_length=40, help_text="a code of the practice pack")
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    what = models.TextField(help_text="what may happen, why, and what would follow; nobody's name")
    controls = models.TextField(blank=True, help_text="what is done already so that it does not happen; nobody's name")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who answers for it")
    only_roles = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="empty: whoever sees the log reads it"
    )
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_on = models.DateField(default=clock.today)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_why = models.TextField(blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_closed_risk_says_why",
                condition=Q(state="open", closed_on=None, closed_by=None)
                | Q(state="closed", closed_on__isnull=False, closed_by__isnull=False) & ~Q(closed_why=""),
            )
        ]
        indexes = [models.Index(fields=["state", "area"], name="risk_by_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it may still happen, and is followed."""
        return self.state == self.State.OPEN

    @property
    def where(self) -> str:
        """Its district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"


class RiskMeetingQuerySet(models.QuerySet["RiskMeeting"]):
    """Meetings on the log."""

    def visible_to(self, user: Any) -> "RiskMeetingQuerySet":
        """Of the user's districts, and of the whole authority; what each reads of it is what they read of its risks."""
        if not user.may(SEES):
            return self.none()
        return self.filter(Q(area=None) | Q(area__one_of=money_areas(user, SEES)))


@pghistory.track()
class RiskMeeting(Record):
    """A meeting on the log, such as each week's: on which day, who was there, and once it has ended its minutes."""

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: of the whole authority",
    )
    held_on = models.DateField(default=clock.today)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    present = models.TextField(blank=True, help_text="who was there: colleagues, a line each")
    apologies = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="what else was said; nobody's name of a family")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = RiskMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "meeting on the risk log"
        verbose_name_plural = "meetings on the risk log"
        constraints = [
            models.CheckConstraint(
                name="an_ended_meeting_says_who_was_there",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(present=""),
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(ended_at=None), nulls_distinct=False, name="one_risk_meeting_is_held"
            ),
        ]
        indexes = [models.Index(fields=["-held_on"], name="risk_meeting_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> str:
        """Its district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"


class OfRiskQuerySet(models.QuerySet[Any]):
    """Rows that hang from a risk."""

    def visible_to(self, user: Any) -> "OfRiskQuerySet":
        """Of risks that the user may read."""
        return self.filter(of_risk(user))


class RiskAssessment(Record):
    """How likely and how bad a risk was held to be on a day, in whose words. Only ever added: the score's history is these."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    meeting = models.ForeignKey(
        RiskMeeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessments",
        help_text="in which it was reviewed, if in one",
    )
    assessed_on = models.DateField(default=clock.today)
    likelihood = models.PositiveSmallIntegerField(help_text="1 to 5: the place in the pack's scale")
    impact = models.PositiveSmallIntegerField(help_text="1 to 5: the place in the pack's scale")
    words = models.TextField(blank=True, help_text="why; nobody's name")
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfRiskQuerySet.as_manager()

    class Meta:
        verbose_name = "assessment of a risk"
        verbose_name_plural = "assessments of risks"
        constraints = [
            models.CheckConstraint(name="risk_scales_of_five", condition=ONE_TO_FIVE),
            models.UniqueConstraint(fields=["meeting", "risk"], name="a_risk_is_reviewed_once_in_a_meeting"),
        ]
        indexes = [models.Index(fields=["risk", "assessed_on", "created_at"], name="risk_assessment_by_day")]

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Any:
        """The pack's word for it."""
        return pack().governance.band_of(self.score)

    @property
    def likelihood_words(self) -> str:
        """As the pack says it."""
        return pack().governance.likelihoods[self.likelihood - 1].label

    @property
    def impact_words(self) -> str:
        """As the pack says it."""
        return pack().governance.impacts[self.impact - 1].label


@pghistory.track()
class RiskAction(Record):
    """An action point: what somebody does about a risk by a day; reminded of when that day has passed, until it is done."""

    reference = models.CharField(max_length=12, unique=True)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(RiskMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=200, help_text="nobody's name of a family")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True, help_text="how one knows that it is done")

    objects = OfRiskQuerySet.as_manager()

    class Meta:
        verbose_name = "action point"
        constraints = [
            models.CheckConstraint(
                name="a_done_action_point_says_how_one_knows",
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False) & ~Q(words=""),
            )
        ]
        indexes = [
            models.Index(fields=["risk", "due_on"], name="action_point_of_risk"),
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="action_point_of_owner"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < clock.today()


@pghistory.track()
class RiskEscalation(Record):
    """A risk asked of a named level, due on a day, and its answer. One at a time; a risk closes only once it is answered."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="escalations")
    level = models.CharField(max_length=40, help_text="a code of the practice pack")
    asked = models.TextField(help_text="what is asked, and what was tried")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfRiskQuerySet.as_manager()

    class Meta:
        verbose_name = "escalation of a risk"
        verbose_name_plural = "escalations of risks"
        constraints = [
            models.CheckConstraint(
                name="an_answered_escalation_says_what",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__gte=F("asked_at"), answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.UniqueConstraint(fields=["risk"], condition=Q(answered_at=None), name="one_escalation_waits"),
        ]

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without an answer."""
        return self.answered_at is None and self.due_on < clock.today()
