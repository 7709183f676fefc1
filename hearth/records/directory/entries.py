"""An entry as one thing: what it says, in a form that can wait for a steward and be laid beside another; and its writing down."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.directory.models import (
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    TaxonomyTerm,
)
from hearth.records.directory.setup import CIRCUMSTANCES, NEEDS

Entry = dict[str, Any]
# What an entry says in columns of its own. How many places there are is said apart: it changes from week to week.
SAID = (
    "name", "description", "url", "email", "phone", "status", "alert", "who_for", "minimum_age", "maximum_age", "is_free", "fees",
    "way_in", "held", "languages", "accreditations",
)  # fmt: skip
PLACE = (
    "name", "address_1", "city", "county", "postcode", "latitude", "longitude", "accessibility", "accessibility_words",
)  # fmt: skip
EMPTY: Entry = {
    **dict.fromkeys(SAID, ""), "status": "active", "minimum_age": None, "maximum_age": None, "is_free": None, "languages": [],
    "needs": [], "circumstances": [], "contact_name": "", "contact_title": "", "places": [], "sessions": [],
}  # fmt: skip


def entry_of(service: Service) -> Entry:
    """What an entry says now. Reads its parts through what was fetched before, where it was."""
    terms = [link.term for link in service.terms.all() if link.term.taxonomy.code]
    contact = service.contacts[0] if service.contacts else {}
    return {
        **{name: getattr(service, name) for name in SAID},
        "languages": sorted(service.languages),
        "needs": sorted(term.code for term in terms if term.taxonomy.code == NEEDS),
        "circumstances": sorted(term.code for term in terms if term.taxonomy.code == CIRCUMSTANCES),
        "contact_name": contact.get("name", ""),
        "contact_title": contact.get("title", ""),
        "places": [_place_of(at.location) for at in sorted(service.at_locations.all(), key=lambda at: at.created_at)],
        "sessions": [_session_of(each) for each in sorted(service.schedules.all(), key=_first_day)],
    }


def with_parts(rows: Any) -> Any:
    """Services with all that an entry says: a fixed number of queries, however many there are."""
    return rows.select_related("organisation", "confirmed_by").prefetch_related(
        "terms__term__taxonomy", "at_locations__location", "schedules"
    )


def _place_of(location: Location) -> Entry:
    return {name: getattr(location, name) for name in PLACE} | {"id": str(location.id)}


def _session_of(schedule: Schedule) -> Entry:
    return {
        "days": list(schedule.days),
        "opens_at": schedule.opens_at.isoformat("minutes") if schedule.opens_at else "",
        "closes_at": schedule.closes_at.isoformat("minutes") if schedule.closes_at else "",
        "description": schedule.description,
    }


WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _first_day(schedule: Schedule) -> tuple[int, str]:
    first = min((WEEK.index(day[-2:]) for day in schedule.days if day[-2:] in WEEK), default=7)
    return first, str(schedule.opens_at or "")


def write_entry(service: Service, entry: Mapping[str, Any], *, confirmed_by: Any, new: bool = False) -> None:
    """Make a service say what the entry says, in the transaction that is open. Whoever calls has asked the rules."""
    for name in SAID:
        setattr(service, name, entry[name])
    told = {key: entry[f"contact_{key}"] for key in ("name", "title") if entry[f"contact_{key}"]}
    kept = {**(service.contacts[0] if service.contacts else {}), "name": "", "title": ""} | told
    service.contacts = ([kept] if told else []) + list(service.contacts[1:])
    confirm(service, confirmed_by)
    service.last_modified = clock.now()
    if new:
        service.search_text = service.searchable()
        service.save(force_insert=True)
    _write_terms(service, entry)
    _write_places(service, entry["places"])
    _write_sessions(service, entry["sessions"])
    service.search_text = searched(service, entry)
    service.version += 0 if new else 1
    service.save()


def confirm(service: Service, by: Any) -> None:
    """Say on the row, which the caller saves, that an entry is right today."""
    service.confirmed_on = clock.today()
    service.confirmed_by, service.confirmed_by_name = by, by.full_name
    service.stale_on = months_after(service.confirmed_on, pack().directory.stale_months)
    service.chased_on = None


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(day.day - 1), following - dt.timedelta(1))


def searched(service: Service, entry: Mapping[str, Any]) -> str:
    """What a search of this entry looks through: its words, what it helps with, and where it is."""
    directory = pack().directory
    chosen = {*entry["needs"], *entry["circumstances"], *entry["languages"]}
    labels = [
        choice.label
        for choice in (*directory.needs, *directory.circumstances, *directory.languages)
        if choice.code in chosen
    ]
    where = [word for place in entry["places"] for word in (place["name"], place["city"], place["postcode"])]
    return service.searchable(*labels, *where)


def _write_terms(service: Service, entry: Mapping[str, Any]) -> None:
    """The terms of our own taxonomies; those of another directory stay."""
    wanted = {(NEEDS, code) for code in entry["needs"]} | {(CIRCUMSTANCES, code) for code in entry["circumstances"]}
    held = {
        (link.term.taxonomy.code, link.term.code): link
        for link in ServiceTerm.objects.filter(service=service)
        .exclude(term__taxonomy__code="")
        .select_related("term__taxonomy")
    }
    ServiceTerm.objects.filter(pk__in=[link.pk for key, link in held.items() if key not in wanted]).delete()
    missing = wanted - set(held)
    ours = TaxonomyTerm.objects.exclude(taxonomy__code="").select_related("taxonomy")
    ServiceTerm.objects.bulk_create(
        [
            ServiceTerm(service=service, term=term, link_type=term.taxonomy.code)
            for term in (ours if missing else [])
            if (term.taxonomy.code, term.code) in missing
        ]
    )


def _write_places(service: Service, places: Sequence[Mapping[str, Any]]) -> None:
    """Where it is held. A location that another service shares is never changed for it: this one gets its own."""
    held = {
        str(at.location_id): at for at in ServiceAtLocation.objects.filter(service=service).select_related("location")
    }
    for place in places:
        at = held.pop(place.get("id") or "", None)
        if at is not None and _place_of(at.location) == dict(place):
            continue
        if at is not None and not _shared(at):
            _write_place(at.location, place).save()
            continue
        if at is not None:
            held[str(at.location_id)] = at  # goes, as the rest do
        location = _write_place(Location(), place)
        location.save(force_insert=True)
        ServiceAtLocation(service=service, location=location).save(force_insert=True)
    gone = [at.pk for at in held.values()]
    Schedule.objects.filter(at__in=gone).delete()
    ServiceAtLocation.objects.filter(pk__in=gone).delete()


def _shared(at: ServiceAtLocation) -> bool:
    return ServiceAtLocation.objects.filter(location=at.location_id).exclude(pk=at.pk).exists()


def _write_place(location: Location, place: Mapping[str, Any]) -> Location:
    for name in PLACE:
        setattr(location, name, place[name])
    if location.addresses_as_told:
        location.addresses_as_told = []  # what another directory told of it no longer holds
    return location


def _write_sessions(service: Service, sessions: Sequence[Mapping[str, Any]]) -> None:
    held = list(Schedule.objects.filter(service=service))
    if sorted(map(str, map(_session_of, held))) == sorted(str(dict(each)) for each in sessions):
        return
    Schedule.objects.filter(service=service).delete()
    Schedule.objects.bulk_create(
        [
            Schedule(
                service=service,
                days=list(each["days"]),
                freq="MONTHLY" if any(day[:1] in "-12345" for day in each["days"]) else "WEEKLY",
                opens_at=dt.time.fromisoformat(each["opens_at"]) if each["opens_at"] else None,
                closes_at=dt.time.fromisoformat(each["closes_at"]) if each["closes_at"] else None,
                description=each["description"],
            )
            for each in sessions
        ]
    )
