"""A strategy with its priorities and actions; progress and evidence that are only added; and reports that stand."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.governance.strategy.reach import sees


class SeenQuerySet(models.QuerySet[Any]):
    """Strategies, and all that hangs from them."""

    def visible_to(self, user: Any) -> "SeenQuerySet":
        """All, for whoever sees strategies."""
        return self.filter(sees(user))


@pghistory.track()
class Strategy(Record):
    """What the authority, or a district, means to achieve, from when until when."""

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: of the whole authority",
    )
    title = models.CharField(max_length=120)
    what = models.TextField(help_text="what it is for, in a paragraph; nobody's name of a family")
    from_on = models.DateField()
    until_on = models.DateField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "strategies"
        constraints = [models.CheckConstraint(name="a_strategy_begins_first", condition=Q(until_on__gt=F("from_on")))]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> str:
        """Its district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.until_on < clock.today()


@pghistory.track()
class StrategyPriority(Record):
    """One of the things that a strategy puts first."""

    reference = models.CharField(max_length=12, unique=True)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    what = models.TextField(blank=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "priority of a strategy"
        verbose_name_plural = "priorities of strategies"
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="priority_number_once")]

    def __str__(self) -> str:
        return self.reference


@pghistory.track()
class StrategyAction(Record):
    """What somebody does for a priority, by a day, and what would show that it is done."""

    reference = models.CharField(max_length=12, unique=True)
    priority = models.ForeignKey(StrategyPriority, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=200)
    shows = models.CharField(max_length=300, help_text="what would show that it is done")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "strategy action"
        indexes = [
            models.Index(fields=["priority", "due_on"], name="strategy_action_by_day"),
            models.Index(fields=["owner", "due_on"], name="strategy_action_of_owner"),
        ]

    def __str__(self) -> str:
        return self.reference


class StrategyProgress(Record):
    """How an action stood on a day, by a word of the pack and in somebody's own. Only ever added."""

    action = models.ForeignKey(StrategyAction, on_delete=models.PROTECT, related_name="progress")
    stands = models.CharField(max_length=40, help_text="a code of the practice pack")
    words = models.TextField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "progress of a strategy action"
        verbose_name_plural = "progress of strategy actions"
        indexes = [models.Index(fields=["action", "-noted_at"], name="strategy_progress_latest")]


class StrategyEvidence(Record):
    """What shows how an action stands: words, or a measure, a theme or an intention in Hearth by its code. Only ever added."""

    class Kind(models.TextChoices):
        WORDS = "words", "In words"
        MEASURE = "measure", "A measure"
        THEME = "theme", "A theme of unmet need"
        INTENTION = "intention", "What is meant to be bought"

    action = models.ForeignKey(StrategyAction, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    of = models.CharField(
        max_length=60, blank=True, help_text="the measure's code, or the reference; empty for words alone"
    )
    words = models.TextField(help_text="what it shows")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField(default=clock.today)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "evidence of a strategy action"
        verbose_name_plural = "evidence of strategy actions"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_words_or_something_named",
                condition=Q(kind="words", of="") | (~Q(kind="words") & ~Q(of="")),
            )
        ]
        indexes = [models.Index(fields=["action", "added_on"], name="strategy_evidence_by_day")]


class StrategyReport(Record):
    """A strategy as it stood at a moment, for the board: frozen with its digest. Only ever added."""

    reference = models.CharField(max_length=12, unique=True)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="reports")
    words = models.TextField(blank=True, help_text="what the board is told beside it")
    frozen = models.JSONField(help_text="priorities and actions as they then stood")
    digest = models.CharField(max_length=64, help_text="of all that is frozen, and the words")
    taken_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = "report on a strategy"
        verbose_name_plural = "reports on strategies"
        indexes = [models.Index(fields=["strategy", "-taken_at"], name="strategy_report_latest")]

    def __str__(self) -> str:
        return self.reference
