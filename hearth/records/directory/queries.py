"""Reads of the directory: the reader first, always through visible_to. The public reads the same rows, with no reader."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, FloatField, Func, Min, OuterRef, Q, QuerySet, Value
from django.http import Http404

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.core.text import fold
from hearth.records.directory import rules
from hearth.records.directory.entries import with_parts
from hearth.records.directory.models import (
    ListedOrganisation,
    Location,
    Schedule,
    Service,
    ServiceChange,
    ServiceTerm,
)

MOST_WORDS = 8
DEGREE = 111_320  # metres of a degree of latitude


@dataclass(frozen=True)
class Point:
    """A place on the map."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Codes of needs and circumstances are the pack's; any of those given will do."""

    words: str = ""
    needs: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    age: float | None = None
    free: bool = False
    days: tuple[str, ...] = ()
    opens_from: dt.time | None = None
    closes_by: dt.time | None = None
    near: Point | None = None
    within_metres: float | None = None
    running: bool = True


def find_services(reader: Any, wanted: Wanted) -> QuerySet[Service]:
    """Services that fit, the freshest first; with a point, the nearest first beneath those that are fresh. One query, and its parts'."""
    rows = with_words(Service.objects.visible_to(reader), wanted.words)
    if wanted.running:
        rows = rows.running()
    for names, code in ((wanted.needs, "needs"), (wanted.circumstances, "circumstances")):
        if names:
            rows = rows.filter(
                Exists(
                    ServiceTerm.objects.filter(service=OuterRef("pk"), term__taxonomy__code=code, term__code__in=names)
                )
            )
    rows = _for_whom(rows, wanted)
    if wanted.days or wanted.opens_from or wanted.closes_by:
        rows = rows.filter(Exists(sessions(wanted.days, wanted.opens_from, wanted.closes_by)))
    return near(rows, wanted.near, wanted.within_metres)


def _for_whom(rows: Any, wanted: Wanted) -> Any:
    if wanted.age is not None:
        rows = rows.filter(
            Q(minimum_age=None) | Q(minimum_age__lte=wanted.age), Q(maximum_age=None) | Q(maximum_age__gte=wanted.age)
        )
    if wanted.free:
        rows = rows.filter(is_free=True)
    if wanted.languages:
        rows = rows.filter(languages__overlap=list(wanted.languages))
    if wanted.accessibility:
        has = Location.objects.filter(
            held_here__service=OuterRef("pk"), accessibility__contains=list(wanted.accessibility)
        )
        rows = rows.filter(Exists(has))
    return rows


def with_words(rows: Any, words: str) -> Any:
    """Rows in which each word begins one of theirs. The index of three letters serves it."""
    for word in fold(words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=f" {word}")
    return rows


def sessions(days: tuple[str, ...], opens_from: dt.time | None, closes_by: dt.time | None) -> QuerySet[Schedule]:
    """The times of a service (its `pk` outside) that fit all of it: on one of the days, from a time, until a time."""
    rows = Schedule.objects.filter(service=OuterRef("pk"))
    if days:
        rows = rows.filter(days__overlap=list(days))
    if opens_from is not None:
        rows = rows.filter(opens_at__gte=opens_from)
    return rows.filter(closes_at__lte=closes_by) if closes_by is not None else rows


def metres_to(point: Point, path: str = "") -> Func:
    """How far a location, reached by `path`, is from a point."""
    return Func(
        F(f"{path}latitude"), F(f"{path}longitude"), Value(point.latitude), Value(point.longitude),
        function="hearth_metres", output_field=FloatField(),
    )  # fmt: skip


def box(point: Point, metres: float, path: str = "") -> Q:
    """A square that the circle lies in, which an index finds."""
    from math import cos, radians

    high = metres / DEGREE
    wide = high / max(cos(radians(point.latitude)), 0.01)
    return Q(
        **{
            f"{path}latitude__range": (point.latitude - high, point.latitude + high),
            f"{path}longitude__range": (point.longitude - wide, point.longitude + wide),
        }
    )


def near(rows: Any, point: Point | None, within: float | None = None) -> Any:
    """The nearest first, beneath those that are fresh; with `within`, those that are no farther. Without a point, by name."""
    if point is None:
        return rows.freshest_first()
    if within is not None:
        close = Location.objects.filter(box(point, within), held_here__service=OuterRef("pk")).alias(
            metres=metres_to(point)
        )
        rows = rows.filter(Exists(close.filter(metres__lte=within)))
    rows = rows.annotate(metres=Min(metres_to(point, "at_locations__location__")))
    return rows.freshest_first().order_by("sunk", F("metres").asc(nulls_last=True), "name", "id")


def point_of(typed: str, *, nearly: bool = True) -> Point | None:
    """Where a postcode is, as far as we know: the middle of the locations that have it, else of its neighbours, else (nearly) of its town."""
    postcode = postcode_of(typed)
    if not postcode:
        return None
    known = Location.objects.exclude(latitude=None).exclude(longitude=None)
    for part in (postcode, postcode[:-2], postcode[:-3])[: 3 if nearly else 2]:  # BB11 1AA, BB11 1, BB11 and a space
        middle = known.filter(postcode__startswith=part).aggregate(
            latitude=_Middle("latitude"), longitude=_Middle("longitude")
        )
        if middle["latitude"] is not None:
            return Point(middle["latitude"], middle["longitude"])
    return None


def located(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with a point for each place that has none, where its postcode or its neighbours are known: nobody types coordinates."""
    return {**entry, "places": [_located(place) for place in entry["places"]]}


def _located(place: Mapping[str, Any]) -> dict[str, Any]:
    if place["latitude"] is not None and place["longitude"] is not None:
        return dict(place)
    point = point_of(place["postcode"], nearly=False)
    return {**place, **(vars(point) if point else {"latitude": None, "longitude": None})}


def unplaced(entry: Mapping[str, Any]) -> list[str]:
    """Postcodes of an entry of which nobody has said, and we do not know, where they are."""
    return [place["postcode"] for place in entry["places"] if place["postcode"] and place["latitude"] is None]


class _Middle(Func):
    """The mean of a column."""

    function = "avg"
    contains_aggregate = True
    output_field = FloatField()


def service_of(reader: Any, reference: str) -> Service:
    """One entry with all that it says, or not found."""
    found = with_parts(Service.objects.visible_to(reader)).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def entries(reader: Any, *, words: str = "", show: str = "", page: Any = 1) -> Page:
    """A page of the entries that the reader looks after: a steward's are all; those that want something done come first."""
    refuse(rules.why_not_see_entries(reader))
    rows = Service.objects.visible_to(reader)
    if not reader.may("steward_directory"):
        rows = rows.kept_by(reader)
    rows = with_words(rows.select_related("organisation", "feed"), words)
    if show == "due":
        soon = clock.today() + dt.timedelta(pack().directory.chase_days_before)
        rows = rows.filter(feed=None).filter(Q(stale_on=None) | Q(stale_on__lte=soon))
    waiting = ServiceChange.objects.filter(service=OuterRef("pk"), state="waiting")
    return page_of(
        rows.annotate(change_waits=Exists(waiting)).order_by(F("stale_on").asc(nulls_first=True), "name", "id"), page
    )


def counts(reader: Any) -> dict[str, int]:
    """How many entries the reader looks after, how many of them are stale, and how many will soon be."""
    rows = Service.objects.visible_to(reader)
    if not reader.may("steward_directory"):
        rows = rows.kept_by(reader)
    today = clock.today()
    soon = today + dt.timedelta(pack().directory.chase_days_before)
    return rows.aggregate(
        all=Count("pk"),
        stale=Count("pk", filter=Q(stale_on=None) | Q(stale_on__lt=today)),
        soon=Count("pk", filter=Q(stale_on__gte=today, stale_on__lte=soon)),
    )


def own_stale(reader: Any) -> int:
    """How many entries of the reader's own organisation nobody has confirmed in time: one query, or none for whoever keeps no entry."""
    if reader.may("steward_directory") or rules.why_not_see_entries(reader) is not None:
        return 0
    rows = Service.objects.visible_to(reader).kept_by(reader).filter(feed=None, status="active")
    return rows.filter(Q(stale_on=None) | Q(stale_on__lt=clock.today())).count()


def organisations_to_edit(reader: Any) -> list[ListedOrganisation]:
    """Organisations whose entries the reader may write: a steward's are those that no feed keeps."""
    rows = ListedOrganisation.objects.visible_to(reader).filter(feed=None)
    if not reader.may("steward_directory"):
        rows = rows.edited_by(reader)
    return list(rows.order_by("name", "id")[:500])


def agencies_to_list(besides: ListedOrganisation | None = None) -> list[Organisation]:
    """Agencies that sign in and are not listed yet, and with them the one of an organisation that is."""
    listed = ListedOrganisation.objects.exclude(agency=None).values("agency_id")
    if besides is not None:
        listed = listed.exclude(pk=besides.pk)
    return list(Organisation.objects.filter(ended_on=None).exclude(pk__in=listed).order_by("name"))


def listed_organisations(reader: Any, page: Any = 1) -> Page:
    """A page of organisations, with how many entries each has, for stewards."""
    refuse(rules.why_not_steward(reader))
    rows = ListedOrganisation.objects.visible_to(reader).select_related("agency", "feed")
    return page_of(rows.annotate(entries=Count("services")).order_by("name", "id"), page)


def organisation_of(reader: Any, key: Any) -> ListedOrganisation:
    """One organisation, or not found."""
    found = ListedOrganisation.objects.visible_to(reader).select_related("agency").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


SEEN_OF_ORGANISATION = ("name", "description", "email", "website", "agency_id")


def organisation_as_typed(organisation: ListedOrganisation) -> dict[str, Any]:
    """What an organisation is listed as, in the boxes of its form."""
    typed = {name: getattr(organisation, name) for name in ("name", "description", "email", "website")}
    seen = seen_in(organisation, SEEN_OF_ORGANISATION)
    return typed | {"agency": str(organisation.agency_id or ""), "seen": seen}
