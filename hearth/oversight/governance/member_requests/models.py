"""Members' requests, and each answer as it was written, approved or returned, and sent."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.governance.member_requests.reach import member_requests, of_request


class RequestState(models.TextChoices):
    """How far a request is."""

    OPEN = "open", "To be answered"
    WRITTEN = "written", "Answer to be approved"
    APPROVED = "approved", "Answer to be sent"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn by the member"


WAITING = (RequestState.OPEN, RequestState.WRITTEN, RequestState.APPROVED)


class MemberRequestQuerySet(models.QuerySet["MemberRequest"]):
    """What members asked for."""

    def visible_to(self, user: Any) -> "MemberRequestQuerySet":
        """Of the user's districts and of the whole authority, where it is not kept from their roles."""
        return self.filter(pk__one_of=member_requests(user))


@pghistory.track()
class MemberRequest(Record):
    """What an elected member, or a committee, asked of the service in a meeting: due on a day, with somebody who answers for it."""

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: of the whole authority",
    )
    asked_by = models.CharField(max_length=120, help_text="the member, or the committee, as the minutes have it")
    meeting = models.CharField(max_length=160, help_text="of which committee, or how else it was asked")
    asked_on = models.DateField()
    kind = models.CharField(max_length=40, help_text="a code of the practice pack")
    what = models.TextField(help_text="what was asked; nobody's name of a family")
    due_on = models.DateField()
    due_words = models.CharField(
        max_length=80, blank=True, help_text="when it was asked for, where that was no day: autumn"
    )
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who answers for it")
    only_roles = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    sent_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    withdrawn_words = models.TextField(blank=True, help_text="how the member took it back")

    objects = MemberRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "member’s request"
        verbose_name_plural = "members’ requests"
        constraints = [
            models.CheckConstraint(
                name="a_request_ends_answered_or_withdrawn",
                condition=Q(state__in=["open", "written", "approved"], closed_on=None, sent_on=None, withdrawn_words="")
                | Q(state="answered", sent_on__isnull=False, closed_on=None, withdrawn_words="")
                | Q(state="closed", sent_on__isnull=False, closed_on__isnull=False, withdrawn_words="")
                | Q(state="withdrawn", closed_on__isnull=False) & ~Q(withdrawn_words=""),
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="member_request_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def waits(self) -> bool:
        """Whether its answer has not gone."""
        return self.state in WAITING

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without an answer."""
        return self.waits and self.due_on < clock.today()

    @property
    def where(self) -> str:
        """Its district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"


class OfRequestQuerySet(models.QuerySet[Any]):
    """Rows that hang from a request."""

    def visible_to(self, user: Any) -> "OfRequestQuerySet":
        """Of requests that the user may read."""
        return self.filter(of_request(user))


@pghistory.track()
class RequestAnswer(Record):
    """An answer as it was written; approved or returned by somebody else; and how and when it went. A returned one stays, the next is added."""

    class State(models.TextChoices):
        WRITTEN = "written", "To be approved"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        SENT = "sent", "Sent"

    request = models.ForeignKey(MemberRequest, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(help_text="nobody's name of a family")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WRITTEN)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True, help_text="what is to be changed, where it was returned")
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=200, blank=True, help_text="to which meeting, as which item; or by letter")

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "answer to a request"
        verbose_name_plural = "answers to requests"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="answer_number_once"),
            models.UniqueConstraint(fields=["request"], condition=~Q(state="returned"), name="one_answer_stands"),
            models.CheckConstraint(
                name="an_answer_is_approved_before_it_is_sent",
                condition=Q(state="written", decided_by=None, sent_on=None)
                | Q(state="returned", decided_by__isnull=False, sent_on=None) & ~Q(comment="")
                | Q(state="approved", decided_by__isnull=False, sent_on=None)
                | Q(state="sent", decided_by__isnull=False, sent_by__isnull=False, sent_on__isnull=False)
                & ~Q(sent_how=""),
            ),
            models.CheckConstraint(
                name="two_people_approve_an_answer",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("written_by")),
            ),
        ]
