"""Loads of partners' files, rows set aside, who is in what is held, decisions on loading and showing, tokens of machines."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class OfLoaders(models.QuerySet[Any]):
    """Rows that hold what a partner wrote of people."""

    def visible_to(self, user: Any) -> "OfLoaders":
        """All of them for whoever loads feeds, none for others. The row policies say the same."""
        return self.all() if user.may("load_feeds") else self.none()


class FeedLoad(Record):
    """One file of one feed from one organisation: read, shown, and then committed or not. What is held is the current one's."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        READY = "ready", "To be looked at"
        COMMITTED = "committed", "Committed"
        CANCELLED = "cancelled", "Cancelled"
        REFUSED = "refused", "Refused"
        REVERSED = "reversed", "Taken back"

    OPEN = (State.WAITING, State.READING, State.READY)

    reference = models.CharField(max_length=12, unique=True)
    feed = models.CharField(max_length=40, help_text="a folder of layouts/")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="whose data it is"
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="blank: the whole authority"
    )
    period = models.CharField(max_length=24, blank=True, help_text="its first and last day, where periods stand beside")
    covers_from = models.DateField()
    covers_until = models.DateField()
    as_at = models.DateField(help_text="the day on which the sender's own records were like this")
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveBigIntegerField()
    file_hash = models.CharField(max_length=64, help_text="SHA-256 of the file as it was sent")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_with = models.ForeignKey(
        "FeedToken", null=True, blank=True, on_delete=models.PROTECT, related_name="loads",
        help_text="the token of the machine that sent it; `by` answers for it",
    )  # fmt: skip
    agreement = models.CharField(
        max_length=12, blank=True, help_text="the agreement that let it be loaded; blank: the council's own"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.TextField(blank=True, help_text="the sentence, where the whole file was refused")
    rows_read = models.PositiveBigIntegerField(default=0)
    percent_read = models.PositiveSmallIntegerField(default=0)
    rows_in_file = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    same = models.PositiveBigIntegerField(default=0)
    gone = models.PositiveBigIntegerField(default=0)
    set_aside = models.PositiveBigIntegerField(default=0)
    flagged = models.PositiveBigIntegerField(default=0)
    rows_held = models.PositiveBigIntegerField(default=0, help_text="what is held once it is committed")
    not_kept = models.JSONField(default=list, blank=True, help_text="headers of the file that the feed has no use for")
    flags = models.JSONField(default=dict, blank=True, help_text="how many rows have each kind of flag")
    examples = models.JSONField(default=dict, blank=True, help_text="a few rows of each fate; let go at the end")
    rows_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the columnar file of what is held")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    is_current = models.BooleanField(default=False)
    kept = models.BooleanField(default=True, help_text="whether its columnar file is still there")
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.TextField(blank=True)

    objects = OfLoaders.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(covers_until__gte=F("covers_from")), name="load_covers_forward"),
            models.UniqueConstraint(
                fields=["feed", "organisation", "period"], condition=Q(is_current=True), name="load_current_once"
            ),
            models.UniqueConstraint(
                fields=["feed", "organisation", "period", "as_at", "file_hash"],
                condition=Q(state__in=("waiting", "reading", "ready", "committed")),
                name="load_of_a_file_once",
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="load_newest")]

    def __str__(self) -> str:
        return self.reference


class FeedFilePart(Record):
    """A few megabytes of a file that was sent on a page, until it is read."""

    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = OfLoaders.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="file_part_once")]


class RowSetAside(Record):
    """A row at fault: not loaded until somebody puts it right, or says why it may be left out."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        FIXED = "fixed", "Put right"
        WAIVED = "waived", "Left out"

    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="rows_aside")
    number = models.PositiveBigIntegerField(help_text="the row's number in the file; the headers are row 1")
    reason = models.CharField(max_length=400)
    text = models.TextField(blank=True, help_text="the line as it stands, where its cells cannot be told apart")
    cells = models.JSONField(default=dict, help_text="by column; what somebody put right, once they have")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True, help_text="why it may be left out")

    objects = OfLoaders.as_manager()

    class Meta:
        verbose_name = "row set aside"
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="row_aside_once")]


class FeedSubject(Record):
    """Somebody in what a load holds, by a number the sender knows them by: how many rows, and of which days."""

    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="subjects")
    scheme = models.CharField(max_length=40, help_text="what kind of number: upn, nhs_number, census_pupil ...")
    value = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)

    objects = OfLoaders.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "scheme", "value"], name="feed_subject_once")]
        indexes = [models.Index(fields=["scheme", "value"], name="feed_subject_number")]


class FeedDecision(Record):
    """Whether a feed's data might be loaded, or shown to somebody: permitted, denied, or left to a person; and why. Append-only."""

    class Kind(models.TextChoices):
        PERMIT = "PERMIT", "Permitted"
        DENY = "DENY", "Denied"
        REVIEW = "REVIEW", "To be decided by a person"

    decision = models.CharField(max_length=6, choices=Kind.choices)
    what = models.CharField(max_length=8, help_text="load or show")
    feed = models.CharField(max_length=40)
    source = models.CharField(max_length=200, help_text="whose data: the organisation's name as it was")
    reader_id = models.UUIDField(help_text="who asked")
    reader_organisation = models.CharField(max_length=200)
    agreement = models.CharField(max_length=12, blank=True, help_text="the agreement it rests on")
    reason = models.TextField()

    objects = OfLoaders.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="feed_decision_newest")]


class FeedToken(Record):
    """Lets one machine send files of one feed for one organisation, until a day. The secret is shown once; a digest of it is kept.

    Whoever made it answers for what comes with it: files are sent as theirs, and no longer than they may load feeds.
    """

    LONGEST = dt.timedelta(days=366)

    reference = models.CharField(max_length=12, unique=True)
    feed = models.CharField(max_length=40, help_text="a folder of layouts/")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="whose data it may send"
    )
    machine = models.CharField(max_length=120, help_text="which machine has it, in the words of whoever made it")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, which is kept nowhere")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until_on = models.DateField(help_text="the last day on which it is good")
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    objects = OfLoaders.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="feed_token_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_over(self) -> bool:
        """Withdrawn, or past its last day."""
        return self.withdrawn_at is not None or self.until_on < clock.today()
