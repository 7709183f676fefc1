"""How many live in a district, from what is held of population, and what a figure of need is for every 1,000 of its children."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from hearth.foundation.accounts.models import Area

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class People:
    """Of one district, as published: none where the file does not say it whole."""

    people: int | None
    under_18: int | None
    deprived: int | None  # people in the three most deprived tenths of England's small areas
    sent_by: str
    as_at: dt.date

    @property
    def deprived_share(self) -> int | None:
        """Of a hundred people, how many live in the three most deprived tenths of areas."""
        return round(self.deprived * 100 / self.people) if self.deprived is not None and self.people else None

    def per_thousand(self, many: int | None) -> Decimal | None:
        """A figure for every 1,000 people under 18; none where either is not known, or the figure is not shown."""
        if many is None or not self.under_18:
            return None
        return (Decimal(many) * 1000 / self.under_18).quantize(TENTH, ROUND_HALF_UP)


def people_of(names: Mapping[str, str]) -> tuple[dict[str, People], bool]:
    """By the code of each district of `names` that is held; and whether small areas were sent that name no district. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("select found from hearth_need_population()")
        row = cursor.fetchone()
    if row is None or not (found := json.loads(row[0])):
        return {}, False
    keys = {str(key): code for key, code in Area.objects.filter(code__in=names).values_list("id", "code")}
    held = {
        keys[key]: People(people, under_18, deprived, sent_by, dt.date.fromisoformat(as_at))
        for key, (people, under_18, deprived, sent_by, as_at) in found["districts"].items()
        if key in keys
    }
    return held, found["unplaced"]
