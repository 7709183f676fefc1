"""What the front door does with a request."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core.models import Record
from hearth.records.people.models import Person


class OfRequest(Record):
    """A row about a request."""

    request: Any = models.ForeignKey("front_door.Request", on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


@pghistory.track()
class Pause(OfRequest):
    """The clock is stopped, for a reason, until somebody starts it again. The referrer sees that it is, and why."""

    reason = models.CharField(max_length=50, help_text="a code of the pack")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request"], condition=Q(until_at=None), name="paused_once")]


@pghistory.track()
class PersonMatch(OfRequest):
    """Somebody at the front door said who a person as typed is: a person on record, or somebody new.

    Somebody new is put on record with the decision, and is the person from then on.
    """

    request = models.ForeignKey("front_door.Request", on_delete=models.PROTECT, related_name="matches")
    typed = models.OneToOneField("front_door.RequestPerson", on_delete=models.PROTECT, related_name="match")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: new, and not on record yet",
    )
    matched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField()


@pghistory.track()
class Note(OfRequest):
    """A working note of the front door: who was rung, what was said. Never read by the referrer."""

    words = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


@pghistory.track()
class Decision(OfRequest):
    """What was decided, at which level of need, by whom and why. A reopened one stays, with the reason."""

    outcome = models.CharField(max_length=20, help_text="a code of the pack")
    level = models.CharField(max_length=50, blank=True, help_text="a level of need of the pack")
    reason = models.TextField()
    agency = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=200, blank=True, help_text="of one that is not on record here")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    was_due_on = models.DateField()
    late_because = models.CharField(
        max_length=50, blank=True, help_text="a code of the pack, where the limit was missed"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reopened_because = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request"], condition=Q(reopened_at=None), name="decided_once")]


@pghistory.track()
class Telling(OfRequest):
    """The referrer was told of a decision: when, how and by whom. Read by both sides."""

    class How(models.TextChoices):
        READ = "read", "Read it here"
        MESSAGE = "message", "By message"
        PHONE = "phone", "By telephone"
        TEXT = "text", "By text message"
        EMAIL = "email", "By e-mail"
        IN_PERSON = "in_person", "In person"
        LETTER = "letter", "By letter"
        NOT_WANTED = "not_wanted", "They asked not to be told"

    decision_id = models.UUIDField(help_text="no foreign key: the referrer may not read the decision's row")
    how = models.CharField(max_length=12, choices=How.choices)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, help_text="what was said back")
    was_due_on = models.DateField()
    late_because = models.CharField(
        max_length=50, blank=True, help_text="a code of the pack, where the limit was missed"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision_id"], name="told_once")]


@pghistory.track()
class Handover(OfRequest):
    """A request moved to another area's front door, and why."""

    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
