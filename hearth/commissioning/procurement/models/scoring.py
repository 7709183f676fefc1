"""Who scores, whether they may, what each gave, and what the panel agreed."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.commissioning.procurement.models.bids import Bid
from hearth.commissioning.procurement.models.tenders import Criterion, Tender, TenderState
from hearth.commissioning.procurement.reach import part, runs
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record

MOST = 10  # points of a criterion


class Conflict(models.TextChoices):
    """What a scorer declared."""

    UNSAID = "unsaid", "Not declared yet"
    NONE = "none", "No conflict of interest"
    CONFLICT = "conflict", "A conflict of interest"


class ScorerQuerySet(models.QuerySet["Scorer"]):
    """Scorers."""

    def visible_to(self, user: Any) -> "ScorerQuerySet":
        """Whoever runs the tender, and its scorers."""
        return self if runs(user) else self.filter(tender__one_of=part(user, "scorer"))


@pghistory.track()
class Scorer(Record):
    """Somebody named to score the bids of a tender. They read none before they declared that they have no conflict of interest."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="scorers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chairs = models.BooleanField(default=False, help_text="leads the moderation and writes down what is agreed")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    conflict = models.CharField(max_length=8, choices=Conflict.choices, default=Conflict.UNSAID)
    conflict_words = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)

    objects = ScorerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "user"], name="scorer_once"),
            models.UniqueConstraint(fields=["tender"], condition=Q(chairs=True), name="scorer_one_chairs"),
        ]


class ScoreQuerySet(models.QuerySet["Score"]):
    """Scores."""

    def visible_to(self, user: Any) -> "ScoreQuerySet":
        """One's own; those of the others once everybody has scored, for the panel and whoever runs the tender."""
        compared = Q(bid__tender__state=TenderState.COMPARED)
        others = compared if runs(user) else compared & Q(bid__tender__one_of=part(user, "scores"))
        return self.filter((Q(scorer=user) & Q(bid__tender__one_of=part(user, "scores"))) | others)


@pghistory.track()
class Score(Record):
    """The points that one scorer gave one bid on one criterion, by themselves, and why."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    scorer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    words = models.TextField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion", "scorer"], name="score_once"),
            models.CheckConstraint(condition=Q(points__lte=MOST), name="score_points"),
        ]


class AgreedScoreQuerySet(models.QuerySet["AgreedScore"]):
    """Agreed scores."""

    def visible_to(self, user: Any) -> "AgreedScoreQuerySet":
        """The panel, and whoever runs the tender."""
        return self if runs(user) else self.filter(bid__tender__one_of=part(user, "scores"))


@pghistory.track()
class AgreedScore(Record):
    """The points that the panel agreed on after comparing its scores, and why."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="agreed")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    words = models.TextField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AgreedScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion"], name="agreedscore_once"),
            models.CheckConstraint(condition=Q(points__lte=MOST), name="agreedscore_points"),
        ]
