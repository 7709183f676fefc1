"""Entries of Open Referral UK 1.0, said as 3.0 says them."""

import uuid
from typing import Any

Entry = dict[str, Any]
KEYS = {
    "regular_schedules": "schedules",
    "service_areas": "service_areas",
    "cost_options": "cost_options",
    "contacts": "contacts",
}


def is_older(entry: Entry) -> bool:
    """Whether an entry is as 1.0 has it."""
    older = (
        "regular_schedules",
        "eligibilitys",
        "service_taxonomys",
        "link_taxonomies",
        "attending_type",
        "attending_access",
    )
    organisation = entry.get("organization")
    return any(name in entry for name in older) or (isinstance(organisation, dict) and "url" in organisation)


def as_newer(entry: Entry, feed: uuid.UUID) -> Entry:
    """The same entry as 3.0. Keys that are no UUIDs, which 1.0 allows, get one that is always the same."""
    new = {**entry, "status": entry.get("status") or "active"}
    new["id"] = key(entry.get("id"), feed)
    for older, newer in KEYS.items():
        if isinstance(entry.get(older), list):
            new[newer] = [_keyed(each, feed) for each in entry[older]]
    organisation = entry.get("organization")
    if isinstance(organisation, dict):
        new["organization"] = _keyed(organisation, feed) | (
            {"website": organisation["url"]} if organisation.get("url") else {}
        )
    for each in _dicts(entry.get("eligibilitys")):
        new |= {name: each[name] for name in ("minimum_age", "maximum_age") if each.get(name) is not None}
    new["service_at_locations"] = [_at(each, feed) for each in _dicts(entry.get("service_at_locations"))]
    new["attributes"] = [
        {"id": key(each.get("id"), feed), "taxonomy_term": _term(each["taxonomy"], feed)}
        for each in (*_dicts(entry.get("service_taxonomys")), *_dicts(entry.get("link_taxonomies")))
        if isinstance(each.get("taxonomy"), dict)
    ]
    return new


def key(told: Any, feed: uuid.UUID) -> str:
    """Its key where it is one, or one made of it."""
    try:
        return str(uuid.UUID(str(told)))
    except ValueError:
        return str(uuid.uuid5(feed, str(told)))


def _dicts(told: Any) -> list[Entry]:
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _keyed(told: Any, feed: uuid.UUID) -> Any:
    return {**told, "id": key(told.get("id"), feed)} if isinstance(told, dict) else told


def _at(at: Entry, feed: uuid.UUID) -> Entry:
    told = at.get("location")
    location: Entry = _keyed(told, feed) if isinstance(told, dict) else {}
    if location:
        addresses = _dicts(location.get("physical_addresses"))
        location["addresses"] = [{"address_type": "physical", **_keyed(each, feed)} for each in addresses]
        location["accessibility"] = [
            {**_keyed(each, feed), "description": each.get("accessibility", "")}
            for each in _dicts(location.get("accessibility_for_disabilities"))
        ]
        location["location_type"] = "physical"
    return {"id": key(at.get("id"), feed), "location": location}


def _term(term: Entry, feed: uuid.UUID) -> Entry:
    return {**_keyed(term, feed), "taxonomy": term.get("vocabulary") or "", "description": term.get("name") or ""}
