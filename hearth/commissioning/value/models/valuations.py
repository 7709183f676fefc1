"""What was bought and what came of it: a valuation, the outcomes that happened, and what is assumed of each."""

from decimal import Decimal
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.value.models.told import Told
from hearth.commissioning.value.reach import reads
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.money.models.ledger import year_words


class Bought(models.TextChoices):
    """What a valuation values."""

    CONTRACT = "contract", "A contract"
    PROGRAMME = "programme", "A programme"
    GRANT = "grant", "A grant"
    OTHER = "other", "Something else"


@pghistory.track()
class Valuation(Told):
    """Something bought, and what it was worth: what it cost, in which prices, where and when. It names nobody."""

    bought = models.CharField(max_length=10, choices=Bought.choices)
    of = models.CharField(max_length=60, blank=True, help_text="what it values, by the reference that it has elsewhere")
    begins_on = models.DateField()
    ends_on = models.DateField()
    cost_pence = models.BigIntegerField()
    cost_year = models.PositiveSmallIntegerField(help_text="the price year of its cost: the year in which it begins")
    cost_bias = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0), help_text="per cent added to its cost for optimism"
    )
    prices = models.PositiveSmallIntegerField(help_text="everything is told in prices of this financial year")
    words = models.TextField(
        blank=True, help_text="what it is, and what the number of outcomes rests on; nobody's name"
    )
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="valuation_page_once"),
            models.CheckConstraint(condition=Q(cost_pence__gt=0), name="valuation_cost_something"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="valuation_ends_after"),
            models.CheckConstraint(condition=Q(cost_bias__gte=0, cost_bias__lte=300), name="valuation_bias"),
        ]

    @property
    def cost_in(self) -> str:
        """The price year of its cost."""
        return year_words(self.cost_year)


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Outcomes."""

    def visible_to(self, user: Any) -> "OutcomeQuerySet":
        """Those of valuations that the user reads."""
        return self.filter(reads(user, "valuation__"))


@pghistory.track()
class Outcome(Record):
    """Something that happened, so many times: what each is worth, in prices of which year, and on what that rests."""

    reference = models.CharField(max_length=12, unique=True)
    valuation = models.ForeignKey(Valuation, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=12, blank=True, help_text="of the table of unit costs; none: a value of its own")
    what = models.CharField(max_length=200)
    number = models.DecimalField(max_digits=10, decimal_places=2, help_text="how many, in its first year, in its unit")
    unit = models.CharField(max_length=60)
    pence = models.BigIntegerField(help_text="what one is worth, in pence of its price year")
    year = models.PositiveSmallIntegerField(help_text="its price year: the year in which that begins")
    agency = models.CharField(max_length=60, blank=True, help_text="whose money it would have been")
    value_source = models.CharField(max_length=200)
    number_source = models.CharField(max_length=200, help_text="what the number rests on; nobody's name")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "valued outcome"
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="outcome_page_once"),
            models.CheckConstraint(condition=Q(number__gte=0, pence__gt=0), name="outcome_is_worth_something"),
        ]
        indexes = [models.Index(fields=["valuation"], condition=Q(withdrawn_at=None), name="outcomes_of_valuation")]

    def __str__(self) -> str:
        return self.what

    @property
    def in_year(self) -> str:
        """Its price year in words."""
        return year_words(self.year)


class What(models.TextChoices):
    """What is assumed of an outcome."""

    DEADWEIGHT = "deadweight", "Deadweight"
    DISPLACEMENT = "displacement", "Displacement"
    ATTRIBUTION = "attribution", "Owed to others"
    OPTIMISM = "optimism", "Optimism bias"
    DROP_OFF = "drop_off", "Drop-off a year"
    LASTS = "lasts", "Years it lasts"


class AssumptionQuerySet(models.QuerySet["Assumption"]):
    """Assumptions."""

    def visible_to(self, user: Any) -> "AssumptionQuerySet":
        """Those of valuations that the user reads."""
        return self.filter(reads(user, "outcome__valuation__"))


@pghistory.track()
class Assumption(Record):
    """One thing assumed of one outcome, in three cases, with where that is from: per cent, or years that it lasts."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="assumptions")
    what = models.CharField(max_length=12, choices=What.choices)
    cautious = models.DecimalField(max_digits=5, decimal_places=2)
    central = models.DecimalField(max_digits=5, decimal_places=2)
    hopeful = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=300)

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "what"], name="assumption_once"),
            models.CheckConstraint(
                condition=(
                    Q(what="lasts", cautious__gte=1, cautious__lte=F("central"), central__lte=F("hopeful"), hopeful__lte=60)
                    | (~Q(what="lasts") & Q(hopeful__gte=0, hopeful__lte=F("central"), central__lte=F("cautious"), cautious__lte=100))
                ),
                name="assumption_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def is_years(self) -> bool:
        """Whether it is a number of years, and no percentage."""
        return self.what == What.LASTS
