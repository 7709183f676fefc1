"""Reads of universal activity: the reader first, always through visible_to; totals for those who see counts only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from hearth.casework.cases.queries import open_districts
from hearth.casework.universal import rules
from hearth.casework.universal.models import BANDS, UniversalActivity
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse

BAND_NAMES = [name for name, _ in BANDS]
PERIODS = {"quarter": 91, "year": 365, "two_years": 731}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list for."""

    area: str = ""
    kind: str = ""
    whose: str = ""
    period: str = "year"


@dataclass(frozen=True)
class Totals:
    """How much was done, and with how many in each age band."""

    activities: int
    bands: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        """Everybody who took part."""
        return sum(number for _, number in self.bands)


@dataclass(frozen=True)
class AreaTotal:
    """What every organisation did in one district, counted and without a name."""

    area: str
    activities: int
    children: int
    adults: int
    organisations: int


def _since(wanted: Wanted) -> dt.date:
    return clock.today() - dt.timedelta(days=PERIODS.get(wanted.period, PERIODS["year"]))


def _narrowed(reader: Any, wanted: Wanted) -> QuerySet[UniversalActivity]:
    refuse(rules.why_not_see_universal(reader))
    narrow = Q(happened_on__gte=_since(wanted))
    narrow &= Q(area__code=wanted.area) if wanted.area else Q()
    narrow &= Q(kind=wanted.kind) if wanted.kind else Q()
    narrow &= Q(organisation_id=reader.organisation_id) if wanted.whose == "ours" else Q()
    return UniversalActivity.objects.visible_to(reader).filter(narrow)


def activities(reader: Any, wanted: Wanted, page: Any = 1) -> Page:
    """A page of activities, the latest first: one query."""
    rows = _narrowed(reader, wanted).select_related("organisation", "area", "recorded_by", "team")
    return page_of(rows.order_by("-happened_on", "-created_at", "id"), page)


def every_activity(reader: Any, wanted: Wanted) -> QuerySet[UniversalActivity]:
    """The whole list, as it is taken away: the latest first, and with it what was taken back."""
    rows = _narrowed(reader, wanted).select_related("organisation", "area", "team", "recorded_by")
    return rows.order_by("-happened_on", "-created_at", "id")


def totals(reader: Any, wanted: Wanted) -> Totals:
    """The sums of the whole list, whatever page is open: one query. What was taken back is not counted."""
    names = [name for name, _ in BANDS]
    rows = _narrowed(reader, wanted).filter(withdrawn_at=None)
    sums = rows.aggregate(activities=Count("pk"), **{name: Sum(name, default=0) for name in names})
    return Totals(sums["activities"], tuple((label, sums[name]) for name, label in BANDS))


def area_totals(reader: Any, wanted: Wanted) -> list[AreaTotal]:
    """What all organisations did, district by district, for those who see counts: sums and no rows."""
    if not reader.may("see_counts"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.name, t.activities, t.children, t.adults, t.organisations"
            " from hearth_universal_totals(%s, %s, %s) t join accounts_area a on a.id = t.area_id"
            " where %s = '' or a.code = %s order by a.name",
            [reader.id, _since(wanted), wanted.kind, wanted.area, wanted.area],
        )
        return [AreaTotal(*row) for row in cursor.fetchall()]


def activity_of(reader: Any, reference: str) -> UniversalActivity:
    """The activity, or a page that never says whether it exists."""
    rows = UniversalActivity.objects.visible_to(reader).select_related(
        "organisation", "area", "recorded_by", "team", "withdrawn_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def districts() -> list[Area]:
    """Districts where early help has begun."""
    return list(Area.objects.filter(code__in=[code for code, _ in open_districts()]).order_by("name"))


def own_district(reader: Any) -> str:
    """The reader's own district, where they work in one."""
    codes = {code for code, _ in open_districts()}
    return next((held.area.code for held in reader.appointments_now() if held.area and held.area.code in codes), "")


def usual(reader: Any) -> dict[str, str]:
    """The kind and the place of the reader's latest activity: what is done every week is not chosen every week."""
    rows = UniversalActivity.objects.visible_to(reader).filter(recorded_by=reader, withdrawn_at=None)
    latest = rows.order_by("-created_at").values("kind", "setting").first() or {}
    return {name: code for name, code in latest.items() if code in dict(kinds() if name == "kind" else settings())}


def own_team(reader: Any) -> Any:
    """The reader's own team, where they are in one."""
    return next((held.team for held in reader.appointments_now() if held.team), None)


def as_typed(activity: UniversalActivity) -> dict[str, Any]:
    """An activity as the first values of the form that corrects it."""
    names = ("what", "kind", "setting", "happened_on", "achievements", "how_we_know", *(name for name, _ in BANDS))
    return {name: getattr(activity, name) for name in names} | {"area": activity.area.code}


def kinds() -> list[tuple[str, str]]:
    """Kinds of activity that are offered."""
    return offered(pack().universal.kinds)


def settings() -> list[tuple[str, str]]:
    """Places that are offered."""
    return offered(pack().universal.settings)


def achievements() -> list[tuple[str, str]]:
    """Achievements that are offered."""
    return offered(pack().universal.achievements)


def kind_words(code: str) -> str:
    """A kind as the pack words it."""
    return label_of(pack().universal.kinds, code)


def setting_words(code: str) -> str:
    """A place as the pack words it."""
    return label_of(pack().universal.settings, code)


def achievement_words(codes: list[str]) -> list[str]:
    """What was achieved, as the pack words it."""
    return [label_of(pack().universal.achievements, code) for code in codes]


def who_records(reader: Any) -> None:
    """Refuse the page to whoever may not record, before they type."""
    refuse(rules.why_not_record_universal_activity(reader))


def may_record(reader: Any) -> bool:
    """Whether the reader is offered the button."""
    return rules.why_not_record_universal_activity(reader) is None


def may_withdraw(reader: Any, activity: UniversalActivity) -> bool:
    """Whether the reader is offered the button."""
    return rules.why_not_withdraw(reader, activity) is None
