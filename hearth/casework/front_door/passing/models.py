"""A request in the hands of the agency that will help."""

import pghistory
from django.db import models
from django.db.models import Q

from hearth.casework.front_door.triage.models import OfRequest
from hearth.foundation.accounts.models import User


@pghistory.track()
class Passing(OfRequest):
    """A request passed on: to whom at the agency, how, on whose agreement, and what they answered.

    `to` may read the request until the passing ends: they said that they cannot help, or the decision was reopened.
    """

    class How(models.TextChoices):
        MESSAGE = "message", "By message: they read it here"
        PHONE = "phone", "By telephone"
        IN_PERSON = "in_person", "In person"
        LETTER = "letter", "By letter"

    class Answer(models.TextChoices):
        WILL_HELP = "will_help", "We will help"
        CANNOT = "cannot", "We cannot help"

    request = models.ForeignKey("front_door.Request", on_delete=models.PROTECT, related_name="passings")
    decision_id = models.UUIDField(help_text="no foreign key: the agency may not read the decision's row")
    how = models.CharField(max_length=10, choices=How.choices)
    to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_name = models.CharField(max_length=200, blank=True, help_text="whom, where they do not sign in")
    agreed_by = models.CharField(max_length=200, help_text="who of the family agreed that it is passed on")
    agreed_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what else the agency reads")
    passed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(ended_at=None), name="passed_on_once"),
            models.CheckConstraint(
                condition=Q(how="message", to__isnull=False) | (~Q(how="message") & Q(to=None)),
                name="passed_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["to"], condition=Q(ended_at=None), name="passed_to")]
