"""Money invested to save: an investment in care at the edge, and the days in care that were counted since."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.value.models.told import Told
from hearth.commissioning.value.reach import reads
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.money.models.ledger import year_words


def _percent(**options: Any) -> Any:
    return models.DecimalField(max_digits=5, decimal_places=2, **options)


@pghistory.track()
class Investment(Told):
    """A model of money that investors put in and are paid from by days in care that did not happen. It names nobody."""

    of = models.CharField(max_length=60, blank=True, help_text="what it models, by the reference that it has elsewhere")
    begins_on = models.DateField()
    invested_pence = models.BigIntegerField(help_text="what investors put in, at the beginning")
    cap_pence = models.BigIntegerField(help_text="the most that is ever paid to them")
    day_pence = models.BigIntegerField(help_text="what is paid for each day in care that did not happen")
    wait_months = models.PositiveSmallIntegerField(help_text="how long after its quarter a payment is made")
    children = models.PositiveIntegerField()
    fewest_children = models.PositiveIntegerField(help_text="as few as may come")
    months = models.PositiveSmallIntegerField(help_text="for how long each child is followed")
    recruit_months = models.PositiveSmallIntegerField(help_text="over how long they begin")
    baseline = _percent(help_text="the share of days in care, had nothing been done")
    target = _percent(help_text="the share of days in care that is aimed at")
    cautious = _percent(help_text="the share, if it goes badly")
    hopeful = _percent(help_text="the share, if it goes well")
    care_pence = models.BigIntegerField(help_text="what a day in care costs the council")
    care_year = models.PositiveSmallIntegerField(help_text="the price year of that")
    care_source = models.CharField(max_length=200)
    prices = models.PositiveSmallIntegerField(
        help_text="payments and savings are told in prices of this financial year"
    )
    cashable = _percent(help_text="the share of what is saved that leaves a budget")
    seed = models.PositiveIntegerField(default=1, help_text="of the dice, so that the same figures give the same range")
    words = models.TextField(blank=True, help_text="on what paper it rests; nobody's name")
    key = models.UUIDField(help_text="of the page it was typed on")

    class Meta:
        verbose_name = "investment to save"
        verbose_name_plural = "investments to save"
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="investment_page_once"),
            models.CheckConstraint(
                condition=Q(invested_pence__gt=0, cap_pence__gt=0, day_pence__gt=0, care_pence__gt=0), name="investment_money"
            ),
            models.CheckConstraint(
                condition=Q(fewest_children__gte=1, fewest_children__lte=F("children"), months__gte=1, recruit_months__gte=1),
                name="investment_children",
            ),
            models.CheckConstraint(
                condition=Q(hopeful__gte=0, hopeful__lte=F("target"), target__lte=F("cautious"), cautious__lte=100, baseline__lte=100),
                name="investment_shares",
            ),
            models.CheckConstraint(condition=Q(cashable__gte=0, cashable__lte=100), name="investment_cashable"),
        ]  # fmt: skip

    @property
    def care_in(self) -> str:
        """The price year of a day in care."""
        return year_words(self.care_year)


class CareDaysQuerySet(models.QuerySet["CareDays"]):
    """Care days."""

    def visible_to(self, user: Any) -> "CareDaysQuerySet":
        """Those of investments that the user reads."""
        return self.filter(reads(user, "investment__"))


@pghistory.track()
class CareDays(Record):
    """What was counted of the children who are followed, until a day: how many, their days, and those in care. No child is named."""

    reference = models.CharField(max_length=12, unique=True)
    investment = models.ForeignKey(Investment, on_delete=models.PROTECT, related_name="care_days")
    from_on = models.DateField()
    until_on = models.DateField()
    children = models.PositiveIntegerField()
    child_days = models.PositiveIntegerField(help_text="days for which they were followed, together")
    care_days = models.PositiveIntegerField(help_text="of these, days in care")
    source = models.CharField(max_length=200, help_text="who counted; nobody's name")
    as_at = models.DateField(
        null=True, blank=True, help_text="counted by Hearth, from social care's status as it was then; none: typed"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = CareDaysQuerySet.as_manager()

    class Meta:
        verbose_name = "care days"
        verbose_name_plural = "care days"
        constraints = [
            models.UniqueConstraint(
                fields=["investment", "from_on"], condition=Q(withdrawn_at=None), name="care_days_of_a_time_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on"), children__gte=1, child_days__gte=1, care_days__lte=F("child_days")),
                name="care_days_add_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference
