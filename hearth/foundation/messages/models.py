"""The outbox."""

from django.db import models
from django.db.models import Q

from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class Status(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent yet: we try again"
    GIVEN_UP = "given_up", "Not sent"


class Message(Record):
    """One message to one recipient: somebody who signs in, or an address. Its words are a template's, and name nobody.

    `key` says what it is about, in the words of the room that asked, and makes sure that it is sent once.
    """

    to_user_id = models.UUIDField(
        null=True, blank=True, help_text="who it is for; no foreign key, as accounts stand beside"
    )
    address = models.CharField(max_length=254, blank=True, help_text="where it goes, for somebody who does not sign in")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    template = models.CharField(max_length=60)
    link = models.CharField(max_length=300, blank=True, help_text="an address in the product, without its host")
    link_is_secret = models.BooleanField(
        default=False, help_text="the link opens something by itself: forgotten once sent"
    )
    key = models.CharField(max_length=200, unique=True)
    made_by_id = models.UUIDField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(
        max_length=120, blank=True, help_text="the kind of fault; never an address or a word of the message"
    )
    emptied_at = models.DateTimeField(
        null=True, blank=True, help_text="when its address and link were let go, by the pack; that it was sent stays"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user_id=None) & ~Q(address="")
                | Q(to_user_id__isnull=False, address="")
                | Q(emptied_at__isnull=False, address=""),
                name="message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at=None) | Q(status__in=["sent", "given_up"], address="", link=""),
                name="only_a_done_message_is_emptied",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SENT, sent_at__isnull=False) | ~Q(status=Status.SENT),
                name="message_sent_when",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=~Q(status__in=["sent", "given_up"]), name="message_to_send"),
            models.Index(fields=["to_user_id", "-created_at"], name="message_of_recipient"),
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=["sent", "given_up"], emptied_at=None),
                name="message_to_empty",
            ),
        ]
