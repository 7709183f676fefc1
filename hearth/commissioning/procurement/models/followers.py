"""Who asked to hear of calls."""

from typing import Any

from django.db import models

from hearth.commissioning.procurement.models.tenders import Tender
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record


class CallFollowerQuerySet(models.QuerySet["CallFollower"]):
    """Who asked to hear."""

    def visible_to(self, user: Any) -> "CallFollowerQuerySet":
        """What one asked for oneself. Whoever runs a tender does not learn who follows it: that would tell who means to bid."""
        return self.filter(user=user)


class CallFollower(Record):
    """Somebody who bids asked to be told of each new call, or of what is published about one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tender = models.ForeignKey(
        Tender, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: each new call"
    )

    objects = CallFollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "follower of calls"
        verbose_name_plural = "followers of calls"
        constraints = [
            models.UniqueConstraint(fields=["user", "tender"], nulls_distinct=False, name="callfollower_once"),
        ]
