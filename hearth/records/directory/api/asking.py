"""Reads for the open directory: the same rows as every page reads, in the order of their keys, so that a harvest misses none."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from hearth.records.directory.api.parameters import Parameters
from hearth.records.directory.models import (
    ListedOrganisation,
    Location,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)
from hearth.records.directory.queries import box, metres_to, point_of, sessions, with_words

EVERY_DAY = [
    f"{number}{day}" for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU") for number in ("", 1, 2, 3, 4, 5, -1)
]


def services(asked: Parameters, reader: Any = None) -> QuerySet[Service]:
    """Services that a question of 3.0 asks for."""
    rows = with_words(Service.objects.visible_to(reader).select_related("organisation"), asked.text("search"))
    rows = _about(rows, asked.keys("taxonomy_term_id"), asked.keys("taxonomy_id"))
    rows = _of_ages(rows, asked)
    rows = _then(rows, asked.days(), asked.times("start_time"), asked.times("end_time"))
    if asked.text("organization_id"):
        rows = rows.filter(organisation__in=asked.keys("organization_id"))
    since = asked.moment("modified_after")
    return (rows.filter(last_modified__gte=since) if since else rows).order_by("id")


def services_of_one(asked: Parameters, reader: Any = None) -> QuerySet[Service]:
    """Services that a question of 1.0 asks for."""
    rows = with_words(Service.objects.visible_to(reader).select_related("organisation"), asked.text("text"))
    for name, taxonomy in (("need", "needs"), ("circumstance", "circumstances")):
        if codes := asked.each_of(name):
            found = ServiceTerm.objects.filter(service=OuterRef("pk"), term__taxonomy__code=taxonomy)
            rows = rows.filter(
                Exists(found.filter(term__code__in=codes)) | Exists(found.filter(term__in=asked.keys(name)))
            )
    rows = _about(rows, asked.keys("taxonomy_id", "service_type"), [])
    rows = _then(_of_ages(rows, asked), asked.days(), asked.times("start_time"), asked.times("end_time"))
    return _close(rows, asked, "held_here__service").order_by("id")


def at_locations(asked: Parameters, reader: Any = None) -> QuerySet[ServiceAtLocation]:
    """Where services are held, as a question of 3.0 asks for."""
    asked_for = services(asked, reader).order_by()
    rows = ServiceAtLocation.objects.select_related("location", "service__organisation")
    if set(asked.given) & ASKED_OF_SERVICES:
        rows = rows.filter(service__in=asked_for)
    point, metres = point_of(asked.postcode()), asked.metres()
    if asked.postcode() and point is None:
        return rows.none()
    if point is None:
        return rows.order_by("id")
    rows = rows.exclude(location__latitude=None).alias(metres=metres_to(point, "location__"))
    if metres is not None:
        rows = rows.filter(box(point, metres, "location__"), metres__lte=metres)
    return rows.order_by("metres", "id")


ASKED_OF_SERVICES = {
    "search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "day", "start_time", "end_time", "organization_id",
    "modified_after",
}  # fmt: skip


def _about(rows: Any, terms: list[uuid.UUID], taxonomies: list[uuid.UUID]) -> Any:
    if terms:
        rows = rows.filter(Exists(ServiceTerm.objects.filter(service=OuterRef("pk"), term__in=terms)))
    if taxonomies:
        rows = rows.filter(Exists(ServiceTerm.objects.filter(service=OuterRef("pk"), term__taxonomy__in=taxonomies)))
    return rows


def _of_ages(rows: Any, asked: Parameters) -> Any:
    """As the standard says it: a minimum age of at least so much, a maximum age of at most so much."""
    least, most = asked.number("minimum_age"), asked.number("maximum_age")
    rows = rows.filter(minimum_age__gte=least) if least is not None else rows
    return rows.filter(maximum_age__lte=most) if most is not None else rows


def _then(rows: Any, days: tuple[str, ...], begin: list[dt.time], end: list[dt.time]) -> Any:
    """Held on one of these days, beginning no sooner and ending no later, in one and the same time."""
    if not (days or begin or end):
        return rows
    wanted = tuple(day for day in EVERY_DAY if day[-2:] in days)
    earliest, latest = (min(begin) if begin else None), (max(end) if end else None)
    return rows.filter(Exists(sessions(wanted, earliest, latest)))


def _close(rows: Any, asked: Parameters, path: str) -> Any:
    postcode, metres = asked.postcode(), asked.metres()
    if not postcode or metres is None:
        return rows
    point = point_of(postcode)
    if point is None:
        return rows.none()
    there = Location.objects.filter(box(point, metres), **{path: OuterRef("pk")}).alias(metres=metres_to(point))
    return rows.filter(Exists(there.filter(metres__lte=metres)))


def service_parts(rows: QuerySet[Service]) -> QuerySet[Service]:
    """With all that hangs from a service, in a fixed number of queries."""
    return rows.select_related("organisation").prefetch_related(
        "terms__term__taxonomy", "at_locations__location", "schedules"
    )


def service(key: str, reader: Any = None) -> Service | None:
    """One service with all of it."""
    return service_parts(Service.objects.visible_to(reader).filter(pk=_as_key(key))).first()


def at_location(key: str) -> ServiceAtLocation | None:
    """One service at one location with all of it."""
    rows = ServiceAtLocation.objects.filter(pk=_as_key(key)).select_related("location", "service__organisation")
    return rows.prefetch_related("service__terms__term__taxonomy", "service__schedules").first()


def taxonomies() -> QuerySet[Taxonomy]:
    """Lists of terms."""
    return Taxonomy.objects.order_by("id")


def taxonomy(key: str) -> Taxonomy | None:
    """One list with its terms."""
    return taxonomies().filter(pk=_as_key(key)).prefetch_related("terms").first()


def terms() -> QuerySet[TaxonomyTerm]:
    """Terms of every list."""
    return TaxonomyTerm.objects.select_related("taxonomy").order_by("id")


def term(key: str) -> TaxonomyTerm | None:
    """One term."""
    return terms().filter(pk=_as_key(key)).first()


def terms_of_one(asked: Parameters) -> QuerySet[TaxonomyTerm]:
    """Terms that a question of 1.0 asks for: there each term is called a taxonomy."""
    rows = terms()
    if vocabulary := asked.text("vocabulary"):
        rows = rows.filter(taxonomy__name__iexact=vocabulary)
    if parent := asked.text("parent_id"):
        rows = rows.filter(parent_id_given=parent)
    if asked.flag("root_only"):
        rows = rows.filter(parent_id_given="")
    text = asked.text("text")
    return rows.filter(name__icontains=text) if text else rows


def organisations() -> QuerySet[ListedOrganisation]:
    """Listed organisations."""
    return ListedOrganisation.objects.order_by("id")


def organisation(key: str) -> ListedOrganisation | None:
    """One with its services."""
    return organisations().filter(pk=_as_key(key)).prefetch_related("services").first()


def locations() -> QuerySet[Location]:
    """Places where something is held."""
    return Location.objects.order_by("id")


def location(key: str) -> Location | None:
    """One, with what is held there."""
    rows = locations().filter(pk=_as_key(key))
    return rows.prefetch_related("held_here__service__organisation").first()


def vocabularies() -> list[str]:
    """The names of our lists, for 1.0."""
    return list(Taxonomy.objects.order_by(F("name")).values_list("name", flat=True).distinct())


def _as_key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
