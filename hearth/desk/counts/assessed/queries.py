"""Reads figures of assessments and referrals through the database's functions, and their references through visible_to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from hearth.casework.assessments.models import Assessment, Status
from hearth.casework.cases.steps.models import CareStep, Direction
from hearth.casework.cases.steps.models import Status as StepStatus
from hearth.desk.counts.rules import why_not_see_counts
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.people.models import Membership

PERIODS = {"quarter": 3, "year": 12, "two_years": 24}  # whole months, this one among them
NOBODY = "none"  # in place of an agency's key: nobody has written in the assessment yet
OPENS_FAMILIES = ("work_case", "open_open_families_in_area", "open_closed_families_in_area", "open_families_of_team")
MADE = {"begun": "First ones begun", "begun_anew": "New versions begun", "signed_off": "Signed off"}
ASKED = {
    "referrals": "Referrals",
    "signed_off": "Signed off",
    "begun": "Only begun",
    "elsewhere": "Held elsewhere",
    "without": "None",
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for; of one figure that is opened, also which: its month, its agency and its column."""

    area: str = ""
    period: str = "year"
    month: dt.date | None = None
    agency: str = ""
    column: str = ""

    @property
    def since(self) -> dt.date:
        """The first day that is counted."""
        return months_of(self)[0]

    @property
    def filters(self) -> dict[str, str]:
        """As the page's address says it."""
        return {"area": self.area, "period": self.period}


@dataclass(frozen=True)
class Line:
    """The figures of one month, district or agency. Before a district opens it has none: a nought would read as no need."""

    key: str
    name: str
    figures: tuple[int, ...]
    opens_on: dt.date | None = None


@dataclass(frozen=True)
class Split:
    """The same figures three times over: by month, by district and by agency; and all together."""

    months: list[Line]
    areas: list[Line]
    agencies: list[Line]
    total: Line


Counted = tuple[dt.date, str, str, str, tuple[int, ...]]  # month, district, key and name of the agency, figures


def months_of(wanted: Wanted) -> list[dt.date]:
    """The first days of the months that are asked for, the earliest first."""
    today, number = clock.today(), PERIODS.get(wanted.period, PERIODS["year"])
    back = [today.year * 12 + today.month - 1 - ago for ago in reversed(range(number))]
    return [dt.date(month // 12, month % 12 + 1, 1) for month in back]


def assessments_made(reader: Any, wanted: Wanted) -> Split:
    """Assessments begun, begun anew and signed off: one query."""
    return _split(_made(reader, wanted), wanted, len(MADE))


def referrals_made(reader: Any, wanted: Wanted) -> Split:
    """Referrals to social care, and which had an assessment first: one query."""
    return _split(_referred(reader, wanted), wanted, len(ASKED))


def _made(reader: Any, wanted: Wanted) -> list[Counted]:
    return _asked("select * from hearth_assessment_counts(%s, %s, %s)", reader, wanted)


def _referred(reader: Any, wanted: Wanted) -> list[Counted]:
    rows = _asked("select * from hearth_referral_counts(%s, %s, %s)", reader, wanted)
    return [(*row[:4], (*row[4], row[4][0] - sum(row[4][1:]))) for row in rows]


def _asked(sql: str, reader: Any, wanted: Wanted) -> list[Counted]:
    """What a function of the database counted in districts where early help has begun: of others no figure is shown."""
    refuse(why_not_see_counts(reader))
    begun = {each.code for each in pack().areas.districts if each.is_live(clock.today())}
    with connection.cursor() as cursor:
        cursor.execute(sql, [reader.id, wanted.since, wanted.area])
        return [
            (month, area, str(agency_id or NOBODY), agency or "Nobody has written in it yet", tuple(map(int, figures)))
            for month, area, agency_id, agency, *figures in cursor.fetchall()
            if area in begun
        ]


def _split(rows: Sequence[Counted], wanted: Wanted, columns: int) -> Split:
    districts = [each for each in pack().areas.districts if wanted.area in ("", each.code)]
    opened = [each.goes_live_on for each in districts]
    first = None if None in opened else min((day for day in opened if day), default=None)
    by_month, by_area, by_agency = (_sums(rows, place, columns) for place in (0, 1, 2))
    agencies = sorted({(row[3].casefold(), row[3], row[2]) for row in rows})
    return Split(
        months=[
            Line(month.isoformat(), f"{month:%B %Y}", by_month[month], _not_before(first, _last_day(month)))
            for month in reversed(months_of(wanted))
        ],
        areas=[
            Line(each.code, each.name, by_area[each.code], _not_before(each.goes_live_on, clock.today()))
            for each in sorted(districts, key=lambda each: each.name)
        ],
        agencies=[Line(key, name, by_agency[key]) for _, name, key in agencies],
        total=Line("", "All together", _added([row[4] for row in rows], columns)),
    )


def _sums(rows: Sequence[Counted], place: int, columns: int) -> dict[Any, tuple[int, ...]]:
    """The figures of each month, district or agency (by their place in a row); nought where there are none."""
    together: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for row in rows:
        together[row[place]].append(row[4])
    return defaultdict(lambda: (0,) * columns, {key: _added(figures, columns) for key, figures in together.items()})


def _added(figures: Sequence[tuple[int, ...]], columns: int) -> tuple[int, ...]:
    return tuple(sum(each[column] for each in figures) for column in range(columns))


def _last_day(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _not_before(opens_on: dt.date | None, day: dt.date) -> dt.date | None:
    return opens_on if opens_on is not None and opens_on > day else None


def may_open_some(reader: Any) -> bool:
    """Whether the reader may open any family at all: to others a figure is a figure, and no link."""
    return any(reader.may(permission) for permission in OPENS_FAMILIES)


@dataclass(frozen=True)
class Opened:
    """Behind one figure: how many were counted, how many of them the reader may open, and a page of these."""

    counted: int
    may_open: int
    page: Page


def counted_assessments(reader: Any, wanted: Wanted, page: Any = 1) -> Opened:
    """The assessments behind one figure, as far as the reader may open them: three queries."""
    column = wanted.column if wanted.column in MADE else "begun"
    counted = _figure(_made(reader, wanted), wanted, list(MADE).index(column))
    made = Assessment.objects.visible_to(reader).filter(_in_figures())
    if column == "signed_off":
        made = made.filter(status=Status.SIGNED_OFF).annotate(month=_month("signed_off_at"))
    else:
        made = made.filter(number=1) if column == "begun" else made.filter(number__gt=1)
        made = made.annotate(month=TruncMonth("started_on"))
    rows = _narrowed(made, wanted, "author__organisation").select_related("case__area", "author__organisation")
    return _opened(rows.order_by("-started_on", "id"), counted, page)


def counted_referrals(reader: Any, wanted: Wanted, page: Any = 1) -> Opened:
    """The referrals behind one figure, as far as the reader may open them: three queries."""
    counted = _figure(_referred(reader, wanted), wanted, 0)
    asked = CareStep.objects.visible_to(reader).filter(_in_figures(), direction=Direction.UP)
    asked = asked.exclude(status=StepStatus.WITHDRAWN).annotate(month=_month("requested_at"))
    rows = _narrowed(asked, wanted, "requested_by__organisation").select_related(
        "case__area", "requested_by__organisation"
    )
    return _opened(rows.order_by("-requested_at", "id"), counted, page)


def _in_figures() -> Q:
    """What the database counts: a family counts through its people, and nobody who is restricted is in a figure.

    The same for a reader who is named for somebody restricted, or what they may open would be more than was counted.
    """
    people = Membership.objects.filter(family=OuterRef("family_id"), until_on=None, hidden=False)
    return Q(family__restricted=False) & Q(Exists(people))


def _month(moment: str) -> TruncMonth:
    return TruncMonth(moment, tzinfo=clock.LONDON, output_field=DateField())


def _figure(rows: Iterable[Counted], wanted: Wanted, column: int) -> int:
    return sum(row[4][column] for row in rows if wanted.month in (None, row[0]) and wanted.agency in ("", row[2]))


def _opened(rows: QuerySet[Any], counted: int, page: Any) -> Opened:
    return Opened(counted, rows.count(), page_of(rows, page))


def _narrowed(rows: QuerySet[Any], wanted: Wanted, agency: str) -> QuerySet[Any]:
    narrow = Q(month=wanted.month) if wanted.month else Q(month__gte=wanted.since)
    narrow &= Q(case__area__code=wanted.area) if wanted.area else Q()
    if wanted.agency:
        narrow &= Q(**({f"{agency}__isnull": True} if wanted.agency == NOBODY else {agency: wanted.agency}))
    return rows.filter(narrow)
