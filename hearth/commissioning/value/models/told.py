"""What a valuation and an investment have in common: a name, a place, and the year in whose prices they are told."""

from typing import Any, Self

from django.db import models

from hearth.commissioning.value.reach import reads
from hearth.foundation.accounts.models import Placed, User
from hearth.records.money.models.ledger import year_words


class ToldQuerySet(models.QuerySet[Any]):
    """Valuations, or investments."""

    def visible_to(self, user: Any) -> Self:
        """Every one, for whoever reads values of the whole authority; for others those of their districts. The row policy says the same."""
        return self.filter(reads(user))


class Told(Placed):
    """Something that was worked out, told in the prices of one financial year. It names nobody."""

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ToldQuerySet.as_manager()
    prices: int  # each says of its own what is told in them

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def in_prices(self) -> str:
        """The financial year of whose prices it is told."""
        return year_words(self.prices)
