"""What is meant to be bought, on what evidence, its indicative amount, its way, and the themes of unmet need that it answers."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs.reach import is_told, sees, sees_amount
from hearth.foundation.accounts.models import Area, Placed, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class IntentionState(models.TextChoices):
    """Where an intention has got to."""

    DRAFTED = "drafted", "Drafted"
    AGREED = "agreed", "Agreed"
    BOUGHT = "bought", "Bought"
    WITHDRAWN = "withdrawn", "Withdrawn"


class IntentionQuerySet(models.QuerySet["Intention"]):
    """Commissioning intentions."""

    def seen_by(self, user: Any) -> "IntentionQuerySet":
        """With their evidence: of the districts in which the user sees intentions."""
        return self.filter(sees(user))

    def visible_to(self, user: Any) -> "IntentionQuerySet":
        """Those; what panels of the user's district are told of; and what answers a theme that the user may read."""
        answers = AnsweredTheme.objects.visible_to(user)
        return self.filter(sees(user) | is_told(user) | Q(pk__in=answers.values("intention_id")))


@pghistory.track()
class Intention(Placed):
    """What the commissioner means to buy for a district or the whole authority, and why. It names nobody."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    needs = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    what = models.TextField(help_text="what is meant to be bought; nobody's name")
    buy_by = models.DateField(help_text="the day by which it is meant to be bought")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who answers for it")
    state = models.CharField(max_length=10, choices=IntentionState.choices, default=IntentionState.DRAFTED)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = "commissioning intention"
        constraints = [
            models.UniqueConstraint(fields=["drafted_by", "key"], name="intention_page_once"),
            models.CheckConstraint(condition=~Q(needs=[]), name="an_intention_is_for_some_need"),
        ]
        indexes = [models.Index(fields=["area", "state"], name="intention_of_area")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether its words may still be changed."""
        return self.state in (IntentionState.DRAFTED, IntentionState.AGREED)

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was meant to be bought has passed."""
        return self.is_open and self.buy_by < clock.today()


class IndicativeAmountQuerySet(models.QuerySet["IndicativeAmount"]):
    """Indicative amounts."""

    def visible_to(self, user: Any) -> "IndicativeAmountQuerySet":
        """For the authority's own people who see intentions of the district: no bidder reads it."""
        return self.filter(sees_amount(user, "intention__"))


@pghistory.track()
class IndicativeAmount(Record):
    """About how much an intention may cost. It stands apart, since whoever may bid reads what is meant to be bought."""

    intention = models.OneToOneField(Intention, on_delete=models.PROTECT, related_name="amount")
    pence = models.BigIntegerField()

    objects = IndicativeAmountQuerySet.as_manager()

    class Meta:
        verbose_name = "indicative amount"
        constraints = [models.CheckConstraint(condition=Q(pence__gt=0), name="an_indication_says_something")]


class OfIntentionQuerySet(models.QuerySet[Any]):
    """Rows that hang from an intention."""

    def visible_to(self, user: Any) -> "OfIntentionQuerySet":
        """Rows of intentions that the user sees with their evidence."""
        return self.filter(sees(user, "intention__"))


class EvidenceSource(models.TextChoices):
    """What a piece of evidence is a figure of."""

    UNMET = "unmet", "Unmet need recorded"
    CASES = "cases", "Open cases that came with it"
    SEARCHES = "searches", "Searches that had nothing to offer"
    CONCERN = "concern", "Families of concern"
    THEME = "theme", "Theme of unmet need"


class Evidence(Record):
    """A figure as it stood on a day, or a theme of unmet need: why an intention was written. Only ever added."""

    intention = models.ForeignKey(Intention, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=10, choices=EvidenceSource.choices)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack; empty for all of them")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, help_text="what it is of, as it was shown; nobody's name")
    figure = models.PositiveIntegerField(null=True, blank=True, help_text="none: too few to show, or of a theme")
    definition = models.TextField(help_text="what the figure means, as it was said on that day")
    as_at = models.DateField(help_text="the day on which it was so")
    cited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfIntentionQuerySet.as_manager()

    class Meta:
        verbose_name = "evidence of an intention"
        verbose_name_plural = "evidence of intentions"
        constraints = [
            models.UniqueConstraint(
                fields=["intention", "source", "area", "need", "theme", "as_at"], nulls_distinct=False, name="evidence_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(source="theme", theme__isnull=False, figure=None) | ~Q(source="theme") & Q(theme=None),
                name="a_theme_is_cited_by_itself",
            ),
        ]  # fmt: skip


class IntentionMove(Record):
    """One step of an intention's way: who, when, and why. Only ever added."""

    intention = models.ForeignKey(Intention, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=10, choices=IntentionState.choices, help_text="what it became")
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OfIntentionQuerySet.as_manager()

    class Meta:
        verbose_name = "move of an intention"
        verbose_name_plural = "moves of intentions"
        indexes = [models.Index(fields=["intention", "at"], name="move_of_intention")]


class AnsweredThemeQuerySet(models.QuerySet["AnsweredTheme"]):
    """Themes that intentions answer."""

    def visible_to(self, user: Any) -> "AnsweredThemeQuerySet":
        """Of themes that the user may read: whoever met the need is among them."""
        return self.filter(theme__in=Theme.objects.visible_to(user).values("pk"))


class AnsweredTheme(Record):
    """The answer of a theme of unmet need cites an intention: you said, we bought. Only ever added."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    intention = models.ForeignKey(Intention, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = AnsweredThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "answered theme"
        constraints = [models.UniqueConstraint(fields=["theme", "intention"], name="theme_answered_once_by_it")]
