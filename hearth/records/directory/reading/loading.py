"""Writes one entry of a feed down, or says why not. Whatever keys a feed gives, it changes nothing that is not its own."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.directory.entries import months_after
from hearth.records.directory.models import (
    DirectoryFeed,
    ListedOrganisation,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)

Entry = Mapping[str, Any]


def why_not_ours(feed: DirectoryFeed, entry: Entry) -> str:
    """Whether an entry's keys are those of somebody else's entry: a feed cannot take those over."""
    held = Service.objects.filter(pk=entry["id"]).exclude(feed=feed).select_related("feed").first()
    if held is not None:
        return f"id is that of “{held.name}”, which {held.feed.name if held.feed else 'we'} keep already"
    whose = ListedOrganisation.objects.filter(pk=entry["organisation"]["id"]).exclude(feed=feed).first()
    return f"organization.id is that of “{whose.name}”, which is listed already" if whose is not None else ""


def write(feed: DirectoryFeed, entry: Entry, digest: str) -> Service:
    """Make a service of it, or make the one we have say the same."""
    service = Service.objects.filter(pk=entry["id"]).first()
    new = service is None
    if service is None:
        service = Service(id=entry["id"], feed=feed)
    service.organisation = _organisation(feed, entry["organisation"])
    for name, value in entry["columns"].items():
        setattr(service, name, value)
    service.phone = next((p["number"] for each in service.contacts for p in each.get("phones", ())), "")
    service.is_free = _is_free(service.costs)
    service.last_modified = entry["modified"] or clock.now()
    told_on = entry["assured_on"] or (entry["modified"].date() if entry["modified"] else clock.today())
    service.confirmed_on, service.confirmed_by_name = min(told_on, clock.today()), feed.name
    service.stale_on = months_after(service.confirmed_on, pack().directory.stale_months)
    service.digest, service.version = digest, service.version + (not new)
    service.search_text = _searched(service, entry)
    service.save(force_insert=new)
    _write_parts(feed, service, entry)
    return service


def _is_free(costs: list[dict[str, Any]]) -> bool | None:
    amounts = [each["amount"] for each in costs if "amount" in each]
    return all(amount == 0 for amount in amounts) if amounts else None


def _searched(service: Service, entry: Entry) -> str:
    where = [at["location"][name] for at in entry["locations"] for name in ("name", "city", "postcode")]
    return service.searchable(*(term["name"] for term in entry["terms"]), *service.languages, *where)


def _organisation(feed: DirectoryFeed, told: Entry) -> ListedOrganisation:
    found = ListedOrganisation.objects.filter(pk=told["id"]).first()
    row = found or ListedOrganisation(feed=feed)
    return _written(row, told, new=found is None)


def _written(row: Any, told: Entry, *, new: bool) -> Any:
    """The row, saved if it says something else than it did."""
    differing = [name for name, value in told.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, told[name])
    if differing or new:
        row.save(force_insert=new)
    return row


def _write_parts(feed: DirectoryFeed, service: Service, entry: Entry) -> None:
    Schedule.objects.filter(service=service).delete()
    ServiceTerm.objects.filter(service=service).delete()
    at = _write_places(feed, service, entry["locations"])
    names = ("days", "freq", "interval", "month_days", "opens_at", "closes_at", "starts_on", "valid_from", "valid_to",
             "description", "link", "attending", "notes")  # fmt: skip
    Schedule.objects.bulk_create(
        Schedule(
            id=_free_key(Schedule, each["id"], feed), service=service, at=at.get(each["at"]), **{name: each[name] for name in names}
        )
        for each in entry["schedules"]
    )  # fmt: skip
    links = {each["term_id"]: each for each in entry["terms"]}  # the same term twice is told once
    ServiceTerm.objects.bulk_create(
        ServiceTerm(
            id=_free_key(ServiceTerm, each["id"], feed), service=service, term=_term(feed, each), link_type=each["link_type"]
        )
        for each in links.values()
    )  # fmt: skip


def _write_places(feed: DirectoryFeed, service: Service, told: list[Entry]) -> dict[str, ServiceAtLocation]:
    """Where it is held, by the keys that the feed gives."""
    held = {at.location_id: at for at in ServiceAtLocation.objects.filter(service=service)}
    found: dict[str, ServiceAtLocation] = {}
    for each in told:
        location = _location(feed, each["location"])
        at = held.pop(location.id, None) or next((a for a in found.values() if a.location_id == location.id), None)
        if at is None:
            at = ServiceAtLocation(
                id=_free_key(ServiceAtLocation, each["id"], feed), service=service, location=location
            )
            at.save(force_insert=True)
        found[str(each["id"])] = at
    ServiceAtLocation.objects.filter(pk__in=[at.pk for at in held.values()]).delete()
    return found


def _location(feed: DirectoryFeed, told: Entry) -> Location:
    """A location of this feed; where the key is another's, one of our own making stands for it."""
    key = told["id"]
    if Location.objects.filter(pk=key).exclude(feed=feed).exists():
        key = uuid.uuid5(feed.id, str(key))
    found = Location.objects.filter(pk=key).first()
    return _written(found or Location(feed=feed), {**told, "id": key}, new=found is None)


def _free_key(model: type[models.Model], key: uuid.UUID, feed: DirectoryFeed) -> uuid.UUID:
    """The key that was told, if nothing has it; otherwise one that is always the same for this feed, or a new one."""
    for each in (key, uuid.uuid5(feed.id, str(key))):
        if not model._default_manager.filter(pk=each).exists():
            return each
    return uuid.uuid4()


def _term(feed: DirectoryFeed, told: Entry) -> TaxonomyTerm:
    """The term, ours if it has our key. What a term is called is kept as it was first told."""
    found = TaxonomyTerm.objects.filter(pk=told["term_id"]).first()
    if found is not None:
        return found
    key = uuid.UUID(told["taxonomy_id"]) if told["taxonomy_id"] else uuid.uuid5(feed.id, told["taxonomy"])
    taxonomy = Taxonomy.objects.filter(pk=key).first()
    if taxonomy is None:
        taxonomy = Taxonomy(id=key, name=told["taxonomy"], description=f"Read from {feed.name}.")
        taxonomy.save(force_insert=True)
    if taxonomy.code:  # a list of ours takes no terms from others
        return _term(feed, {**told, "taxonomy_id": "", "taxonomy": f"{told['taxonomy']} ({feed.name})"})
    names = ("code", "name", "description", "parent_id_given", "term_uri")
    term = TaxonomyTerm(id=told["term_id"], taxonomy=taxonomy, **{name: told[name] for name in names})
    term.save(force_insert=True)
    return term


def latest(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    """The later of two moments."""
    return max((each for each in (one, other) if each is not None), default=None)
