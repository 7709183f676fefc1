"""A need that nobody could meet, the theme it belongs to, and what becomes of it."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.panels.unmet.reach import may_open_whose, may_read_need, may_read_theme
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family


class Source(models.TextChoices):
    """Where it came to light."""

    CASE = "case", "In a case"
    REQUEST = "request", "At the front door"
    PANEL = "panel", "At the panel"
    SEARCH = "search", "A search that found nothing"
    FULL = "full", "A service that was full"


OF_NOBODY = (Source.SEARCH, Source.FULL)  # counted, and about no family


class ThemeState(models.TextChoices):
    """Where a theme has got to."""

    WORKING = "working", "Being worked"
    ESCALATED = "escalated", "Escalated"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes."""

    def visible_to(self, user: Any) -> "ThemeQuerySet":
        """Whoever sees counts, works or answers themes there, or may read a need that is in it."""
        return self.filter(may_read_theme(user, UnmetNeed.objects.visible_to(user)))


@pghistory.track()
class Theme(Record):
    """Needs of a district that belong together. It names nobody, and closes with an answer only."""

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, help_text="what is missing, in a line; nobody's name")
    analysis = models.TextField(blank=True, help_text="what the needs show; nobody's name")
    priority = models.CharField(max_length=40, help_text="a code of the practice pack")
    state = models.CharField(max_length=10, choices=ThemeState.choices, default=ThemeState.WORKING)
    level = models.CharField(
        max_length=40, blank=True, help_text="the highest level that was asked: a code of the practice pack"
    )
    due_on = models.DateField(
        null=True, blank=True, help_text="the last day for that level's answer, while it is asked"
    )
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True, help_text="the latest; nobody's name")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nothing_ends_without_an_answer",
                condition=~Q(state__in=["answered", "closed"])
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="escalated_to_somebody_by_a_day",
                condition=Q(state="escalated", due_on__isnull=False) & ~Q(level="")
                | ~Q(state="escalated") & Q(due_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state"], name="theme_of_area"),
            models.Index(fields=["due_on"], condition=Q(state="escalated"), name="theme_due"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_worked(self) -> bool:
        """Whether the sub-group has it in hand."""
        return self.state == ThemeState.WORKING

    @property
    def takes_needs(self) -> bool:
        """Whether needs may still be put into it: those of an answered one are answered."""
        return self.state in (ThemeState.WORKING, ThemeState.ESCALATED)

    @property
    def is_late(self) -> bool:
        """Whether the day for its answer has passed."""
        return self.due_on is not None and self.due_on < clock.today()


class UnmetNeedQuerySet(models.QuerySet["UnmetNeed"]):
    """Needs that nobody could meet."""

    def visible_to(self, user: Any) -> "UnmetNeedQuerySet":
        """Those that the user may read, if only without a name. The row policy says the same."""
        return self.filter(may_read_need(user))

    def opened_to(self, user: Any) -> "UnmetNeedQuerySet":
        """Those of which the user may open the family or the request: into names."""
        return self.filter(may_open_whose(user))


@pghistory.track()
class UnmetNeed(Record):
    """Something that could not be offered: what, whose by age, where, why, how long. Whose it was is a key, and what was written is apart."""

    reference = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="unmet_needs")
    request = models.ForeignKey(Request, null=True, blank=True, on_delete=models.PROTECT, related_name="unmet_needs")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="where it was met")
    need = models.CharField(max_length=40, help_text="a code of the practice pack")
    age_band = models.CharField(max_length=40, help_text="a code of the practice pack")
    reason = models.CharField(max_length=40, help_text="why it could not be offered: a code of the practice pack")
    wait = models.CharField(max_length=40, help_text="how long they wait: a code of the practice pack")
    recorded_on = models.DateField(default=clock.today)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    met_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whoever brought it to the panel",
    )
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    answer_read_at = models.DateTimeField(null=True, blank=True, help_text="when whoever met it read the answer")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="recorded by mistake: kept, and counted nowhere"
    )
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "unmet need"
        constraints = [
            models.CheckConstraint(
                name="unmet_need_of_somebody",
                condition=Q(source__in=["search", "full"], family=None, case=None, request=None)
                | Q(source__in=["case", "panel"], family__isnull=False, case__isnull=False)
                | Q(source="request", request__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_on"], name="unmet_by_day"),
            models.Index(fields=["area", "need"], condition=Q(theme=None, withdrawn_at=None), name="unmet_in_no_theme"),
            models.Index(fields=["recorded_by"], condition=Q(answer_read_at=None), name="unmet_unread"),
            models.Index(fields=["met_by"], condition=Q(met_by__isnull=False), name="unmet_met_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_answered(self) -> bool:
        """Whether its theme has an answer today."""
        return self.theme is not None and self.theme.state in (ThemeState.ANSWERED, ThemeState.CLOSED)

    @property
    def answer_is_news(self) -> bool:
        """Whether whoever recorded it has still to read the latest answer."""
        read = self.answer_read_at
        answered_at = self.theme.answered_at if self.is_answered and self.theme else None
        return answered_at is not None and (read is None or read < answered_at)


class UnmetWordsQuerySet(models.QuerySet["UnmetWords"]):
    """What was written about needs."""

    def visible_to(self, user: Any) -> "UnmetWordsQuerySet":
        """Of needs of which the user may open the family or the request."""
        return self.filter(need__in=UnmetNeed.objects.opened_to(user).values("pk"))


class UnmetWords(Record):
    """What was looked for, and what was done instead, in words: of whoever recorded the need, and of whoever met it again and added to it.

    Read with the family, and never by those who only work the themes.
    """

    need = models.ForeignKey(UnmetNeed, on_delete=models.PROTECT, related_name="words")
    written_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty in those of before it was kept: the recorder's",
    )
    looked_for = models.CharField(max_length=200, blank=True)
    instead = models.TextField()

    objects = UnmetWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "words of an unmet need"
        verbose_name_plural = "words of unmet needs"


class OfThemeQuerySet(models.QuerySet[Any]):
    """Rows that hang from a theme."""

    def visible_to(self, user: Any) -> "OfThemeQuerySet":
        """Rows of the themes the user may read."""
        return self.filter(theme__in=Theme.objects.visible_to(user).values("pk"))


@pghistory.track()
class ThemeAction(Record):
    """Something that somebody will do about a theme by a day: the sub-group's action plan."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=120, help_text="who does it: somebody of the sub-group, or an organisation")
    due_on = models.DateField()
    progress = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = OfThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "theme action"
        constraints = [models.UniqueConstraint(fields=["theme", "number"], name="theme_action_number_once")]

    @property
    def was_tried(self) -> bool:
        """Whether it is written how it went: it is done, or there is a word of its progress."""
        return self.done_on is not None or bool(self.progress.strip())

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < clock.today()


class ThemeMove(Record):
    """One step of a theme's way: who, when, in which words. Only ever added."""

    class Kind(models.TextChoices):
        STARTED = "started", "Started"
        PROGRESS = "progress", "Progress"
        ESCALATED = "escalated", "Escalated"
        ANSWERED = "answered", "Answered"
        RESUMED = "resumed", "Worked on again"
        CLOSED = "closed", "Closed"

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.CharField(max_length=40, blank=True, help_text="asked, or answering; empty for the sub-group")
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OfThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "theme move"
        indexes = [models.Index(fields=["theme", "at"], name="move_of_theme")]
