"""The entitlement as it is read: a term, an age, and each district; or all districts, term by term."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.insight.entitlement.figures import TERMS
from hearth.intelligence.insight.rules import why_not_see_counts

AGES = {"2": "Two-year-olds", "3": "Three-year-olds", "4": "Four-year-olds"}


@dataclass(frozen=True)
class Line:
    """A district, or all of them: none where nothing was sent. `few`: something was sent that is too small to show."""

    name: str
    places: int | None = None
    eligible: int | None = None
    taking_up: int | None = None
    few: bool = False
    is_sent: bool = True

    @property
    def take_up(self) -> int | None:
        """Of a hundred children eligible, how many take it up."""
        return _of_hundred(self.taking_up, self.eligible)

    @property
    def sufficiency(self) -> int | None:
        """Places for every hundred children eligible: below a hundred there are not enough for all."""
        return _of_hundred(self.places, self.eligible)


def _of_hundred(part: int | None, whole: int | None) -> int | None:
    return round(part * 100 / whole) if part is not None and whole else None


@dataclass(frozen=True)
class OfAge:
    """One age in one term."""

    code: str
    name: str
    lines: Sequence[Line]
    total: Line


@dataclass(frozen=True)
class Report:
    """What is known of a term, and of all districts in every term, the latest first. No term where nothing was sent."""

    as_at: dt.date | None
    term: str
    terms: Sequence[str]
    ages: Sequence[OfAge]
    over_time: Mapping[str, Sequence[Line]]
    sent_by: Sequence[tuple[str, dt.date]]


def entitlement(reader: Any, term: str = "") -> Report:
    """Places, eligibility and take-up of a term (the latest, where none such was sent), for whoever sees counts: two queries."""
    refuse(why_not_see_counts(reader))
    with connection.cursor() as cursor:
        cursor.execute("select as_at, found from hearth_entitlement()")
        as_at, found = cursor.fetchone() or (None, {})
    told: dict[str, Any] = dict(json.loads(found) if isinstance(found, str) else found) or {"from": [], "terms": {}}
    terms = sorted(told["terms"], key=_order, reverse=True)
    term = term if term in terms else next(iter(terms), "")
    districts = Area.objects.exclude(pk__in=Area.objects.exclude(parent=None).values("parent")).order_by("name")
    names = {str(key): name for key, name in districts.values_list("id", "name")}
    return Report(
        as_at=as_at,
        term=term,
        terms=terms,
        ages=[
            OfAge(age, words, *_of_age(told["terms"].get(term, {}).get(age, {}), names)) for age, words in AGES.items()
        ],
        over_time={
            words: [_total(told["terms"][each].get(age, {}), term_words(each)) for each in terms]
            for age, words in AGES.items()
        },
        sent_by=[(name, dt.date.fromisoformat(day)) for name, day in told["from"]],
    )


def _order(term: str) -> tuple[int, int]:
    year, name = term.split()
    return int(year), TERMS.index(name)


def term_words(term: str) -> str:
    """Such as Autumn 2026."""
    year, name = term.split()
    return f"{name.capitalize()} {year}"


def _of_age(found: Mapping[str, Sequence[Any]], names: Mapping[str, str]) -> tuple[list[Line], Line]:
    lines = [Line(name, *found[key]) if key in found else Line(name, is_sent=False) for key, name in names.items()]
    lines += [Line("District not known", *row) for key, row in found.items() if key not in names]
    return lines, _total(found, "All districts shown")


def _total(found: Mapping[str, Sequence[Any]], name: str) -> Line:
    """The sum of the districts that are shown whole: what is left out is in no sum, so that none tells it.

    Of what is not known there is no sum: it is no nought. `few`: something is left out.
    """
    if not found:
        return Line(name, is_sent=False)
    whole = [row for row in found.values() if not row[3]]
    places, eligible, taking_up = (_sum([row[at] for row in whole]) if whole else None for at in range(3))
    return Line(name, places, eligible, taking_up, len(whole) < len(found))


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
