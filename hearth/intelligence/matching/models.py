"""Link runs: what each used and wrote; pairs that one left to a person, joined to the register or drew to be checked; and labels."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core.models import Record


class OfLinkers(models.QuerySet[Any]):
    """Rows about who is who."""

    def visible_to(self, user: Any) -> "OfLinkers":
        """All of them for whoever links feeds, none for others. The row policies say the same, and keep restricted people out."""
        return self.all() if user.may("link_feeds") else self.none()


class LinkRun(Record):
    """One linking of everybody in what is held of the feeds: what it used, how far it is, what it wrote. The current one is in force."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    OPEN = (State.WAITING, State.RUNNING)

    reference = models.CharField(max_length=12, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=20, help_text="asked, or a load was committed or taken back")
    afresh = models.BooleanField(default=False, help_text="everybody is linked again, and the weights are learned anew")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=80, blank=True, help_text="what it is at, in words")
    percent = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True, help_text="the sentence, where it could not be done")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    files = models.JSONField(default=list, blank=True, help_text="each load it read: reference, feed and hash")
    parameters = models.JSONField(default=dict, blank=True, help_text="parameters.toml as it was")
    versions = models.JSONField(default=dict, blank=True, help_text="of what it ran on")
    weights = models.JSONField(
        default=list, blank=True, help_text="the model: each level of each thing compared, in bits"
    )
    model_version = models.CharField(max_length=16, blank=True, help_text="begins the SHA-256 of the weights")
    counts = models.JSONField(default=dict, blank=True)
    rows_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the columnar file it wrote")
    known_hashes = models.JSONField(default=dict, blank=True, help_text="SHA-256 of each file kept for the next run")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    is_current = models.BooleanField(default=False)

    objects = OfLinkers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="link_run_current_once")
        ]
        indexes = [models.Index(fields=["-created_at"], name="link_run_newest")]

    def __str__(self) -> str:
        return self.reference


class MatchPair(Record):
    """Two records that may be one person: what each says, and the evidence. Which records they are is kept as digests."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Not enough evidence: a person decides"
        REGISTER = "register", "Joined to the register by the run"
        JOINED = "joined", "Joined by the run, and drawn to be checked"

    class State(models.TextChoices):
        WAITING = "waiting", "To be decided"
        SECOND = "second", "For a second opinion"
        SAME = "same", "The same person"
        DIFFERENT = "different", "Two people"
        OVER = "over", "No longer asked"
        ERASED = "erased", "Erased"

    DECIDED = (State.SAME, State.DIFFERENT)

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    drawn = models.BooleanField(default=False, help_text="by chance, from all that the run joined")
    turn = models.PositiveBigIntegerField(help_text="the queue is asked in this order, which is chance")
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="pairs")
    one_key = models.CharField(max_length=64)
    other_key = models.CharField(max_length=64)
    one_feed = models.CharField(max_length=40)
    one_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other_feed = models.CharField(max_length=40, blank=True, help_text="blank: the register")
    other_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    register_person = models.UUIDField(null=True, blank=True, help_text="the other side, where it is the register's")
    about = ArrayField(
        models.UUIDField(), default=list, blank=True, help_text="whoever on the register it may be about"
    )
    numbers = ArrayField(models.CharField(max_length=250), default=list, blank=True)
    one_says = models.JSONField(default=dict)
    other_says = models.JSONField(default=dict)
    evidence = models.JSONField(default=list, help_text="lines that add up: what was compared, in words, and bits")
    bits = models.FloatField()
    probability = models.FloatField()

    objects = OfLinkers.as_manager()

    class Meta:
        verbose_name = "match pair"
        constraints = [
            models.UniqueConstraint(fields=["one_key", "other_key"], name="match_pair_once"),
            models.CheckConstraint(condition=~Q(one_key=F("other_key")), name="match_pair_of_two"),
        ]
        indexes = [models.Index(fields=["state", "turn"], name="match_pair_turn")]

    def __str__(self) -> str:
        return self.reference

    def trail_family_id(self) -> Any:
        """The family whose trail tells that somebody looked at this pair, or decided it: of whom on the register it shows."""
        if self.register_person is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute("select hearth_trail_of_person(%s)", [self.register_person])
            return cursor.fetchone()[0]


class MatchLabel(Record):
    """What somebody decided of a pair, with the evidence as it stood, or that a decision was undone. Append-only."""

    class Answer(models.TextChoices):
        SAME = "same", "The same person"
        DIFFERENT = "different", "Two people"
        UNSURE = "unsure", "Not sure"
        UNDONE = "undone", "Undone"

    pair = models.ForeignKey(MatchPair, on_delete=models.PROTECT, related_name="labels")
    number = models.PositiveIntegerField(help_text="first, second, ... of its pair")
    answer = models.CharField(max_length=9, choices=Answer.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undoes = models.PositiveIntegerField(null=True, blank=True, help_text="the number of the label that is undone")
    model_version = models.CharField(max_length=16)
    probability = models.FloatField()
    kind = models.CharField(max_length=8, help_text="the pair's, as it was")
    drawn = models.BooleanField(help_text="the pair's, as it was")

    objects = OfLinkers.as_manager()

    class Meta:
        verbose_name = "match label"
        constraints = [models.UniqueConstraint(fields=["pair", "number"], name="match_label_once")]
