"""What somebody is typing, and what they have just sent: theirs alone, without history, forgotten after some days."""

from django.db import models

from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class Draft(Record):
    """The typed text of one form on one address.

    `sitting` is one opening of the page. A draft that was cleared stays as an empty row for a day, so that a save that
    was on its way while the form was sent is not mistaken for new typing.
    """

    author_id = models.UUIDField(help_text="whose it is; no foreign key, as accounts stand above")
    path = models.CharField(max_length=500)
    form = models.CharField(max_length=80, default="", blank=True)
    sitting = models.CharField(max_length=40, default="", blank=True)
    data = models.JSONField(default=dict, help_text="field name to the list of values sent for it")
    kept_at_sign_out = models.BooleanField(default=False, help_text="kept because the session had run out")
    updated_at = models.DateTimeField(default=clock.now)
    cleared_at = models.DateTimeField(null=True, blank=True)
    apart = models.CharField(
        max_length=36, default="", blank=True,
        help_text="the copy of the page, where it was typed beside other words of another tab",
    )  # fmt: skip
    others = 0  # how much more unsaved typing there is of the same form, where somebody asked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author_id", "path", "form", "apart"], name="draft_once_a_form")]
        indexes = [models.Index(fields=["updated_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"Draft of {self.path}"


class SentForm(Record):
    """A form that was done: the same words from the same opening of its page are not done a second time."""

    author_id = models.UUIDField(help_text="who sent it; no foreign key, as accounts stand above")
    mark = models.CharField(max_length=64, unique=True, help_text="digest of author, page, opening and words")
    led_to = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="sent_form_by_age")]

    def __str__(self) -> str:
        return f"Form that led to {self.led_to}"
