"""Entries in the shape of Open Referral UK 3.0. What nobody has said is left out: the standard knows no nulls."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.encoding import iri_to_uri

from hearth.foundation.core.pack import find, label_of, pack
from hearth.records.directory.api.parameters import Paging
from hearth.records.directory.models import (
    PLACES,
    ListedOrganisation,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)

Shape = dict[str, Any]


def page(rows: Any, paging: Paging, shape: Any) -> Shape:
    """A page of a list, in its envelope: two queries, and one for each kind of part."""
    total = rows.count()
    begin = (paging.page - 1) * paging.each
    contents = [shape(row) for row in rows[begin : begin + paging.each]] if begin < total else []
    pages = -(-total // paging.each)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": paging.page,
        "size": len(contents),
        "first_page": paging.page == 1,
        "last_page": paging.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def told(**values: Any) -> Shape:
    """Only what somebody has said."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def uri(address: str) -> str:
    """A web address as the standard wants it: letters that are none of its own are written as numbers."""
    return iri_to_uri(address) or ""


def part_key(of: Any, name: str) -> str:
    """The key of a part that has no row of its own: always the same."""
    return str(uuid.uuid5(of, name))


def number(value: float | None) -> float | int | None:
    """A whole number as one: 5, not 5.0."""
    return int(value) if value is not None and value == int(value) else value


def moment(value: dt.datetime) -> str:
    """A moment in UTC, to the millisecond."""
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def organisation(row: ListedOrganisation) -> Shape:
    """An organisation, as a list has it."""
    return told(
        id=str(row.id), name=row.name, description=row.description or row.name, email=row.email, website=uri(row.website),
        logo=row.logo, uri=uri(row.uri), parent_organization_id=row.parent_id_given,
    )  # fmt: skip


def service(row: Service) -> Shape:
    """A service, as a list has it."""
    return told(
        id=str(row.id), name=row.name, description=row.description, url=uri(row.url), email=row.email, status=row.status,
        fees=row.fees, accreditations=row.accreditations, minimum_age=number(row.minimum_age), maximum_age=number(row.maximum_age),
        assured_date=row.confirmed_on.isoformat() if row.confirmed_on else None, alert=row.alert,
        last_modified=moment(row.last_modified), wait_time=waiting(row), eligibility_description=row.who_for,
        organization=organisation(row.organisation),
    )  # fmt: skip


def waiting(row: Service) -> str:
    """How long somebody waits, in words."""
    if not row.places:
        return ""
    weeks = f", about {row.waiting_weeks} weeks" if row.waiting_weeks else ""
    return f"{dict(PLACES).get(row.places, '')}{weeks} ({row.places_as_at})"


def _own_parts(row: Service) -> Shape:
    """What hangs from a service, without where it is held."""
    return {
        "schedules": [schedule(each) for each in row.schedules.all()],
        "service_areas": row.areas_served,
        "languages": [_language(row, code) for code in row.languages],
        "organization": organisation(row.organisation) | {"organization_identifiers": row.organisation.identifiers},
        "funding": row.funding,
        "cost_options": row.costs or ([_free(row)] if row.is_free else []),
        "contacts": contacts(row),
        "attributes": [attribute(each) for each in row.terms.all()],
    }


def full_service(row: Service) -> Shape:
    """A service with all that hangs from it."""
    places = [
        {"id": str(at.id), "location": full_location(at.location)}
        for at in sorted(row.at_locations.all(), key=lambda at: at.id)
    ]
    return service(row) | _own_parts(row) | {"service_at_locations": places}


def _language(row: Service, code: str) -> Shape:
    known = find(pack().directory.languages, code)
    return told(
        id=part_key(row.id, f"language {code}"), name=known.label if known else code, code=known.code if known else ""
    )


def _free(row: Service) -> Shape:
    return {"id": part_key(row.id, "free"), "option": "Everybody", "amount": 0, "amount_description": "Free"}


def contacts(row: Service) -> list[Shape]:
    """Whom to ask for, with the service's telephone number at the first."""
    found: list[Shape] = [told(**each) for each in row.contacts]
    if row.phone and not any(each.get("phones") for each in found):
        first = found[0] if found else {}
        found[:1] = [first | {"phones": [{"id": part_key(row.id, "phone"), "number": row.phone}]}]
    return [{"id": part_key(row.id, f"contact {place}"), **each} for place, each in enumerate(found)]


def attribute(row: ServiceTerm) -> Shape:
    """That a service is about a term."""
    return told(id=str(row.id), link_id=str(row.service_id), taxonomy_term_id=str(row.term_id),
                link_type=row.link_type or "service", taxonomy_term=term(row.term))  # fmt: skip


def term(row: TaxonomyTerm) -> Shape:
    """A term."""
    return told(
        id=str(row.id), name=row.name, description=row.description or row.name, parent_id=row.parent_id_given,
        taxonomy=row.taxonomy.name, taxonomy_id=str(row.taxonomy_id), term_uri=uri(row.term_uri), term=row.code or row.name,
    )  # fmt: skip


def taxonomy(row: Taxonomy) -> Shape:
    """A list of terms, as a list of lists has it."""
    return told(
        id=str(row.id), name=row.name, description=row.description or row.name, uri=uri(row.uri), version=row.version
    )


def full_taxonomy(row: Taxonomy) -> Shape:
    """A list with its terms."""
    terms = sorted(row.terms.all(), key=lambda each: each.name)
    for each in terms:
        each.taxonomy = row
    return taxonomy(row) | {"taxonomy_terms": [term(each) for each in terms]}


def schedule(row: Schedule) -> Shape:
    """When it is held."""
    return told(
        id=str(row.id), valid_from=_iso(row.valid_from), valid_to=_iso(row.valid_to), dtstart=_iso(row.starts_on), freq=row.freq,
        interval=number(row.interval), byday=",".join(row.days), bymonthday=row.month_days, description=row.description,
        opens_at=_iso(row.opens_at), closes_at=_iso(row.closes_at), schedule_link=uri(row.link), attending_type=row.attending,
        notes=row.notes,
    ) | ({"service_at_location_id": str(row.at_id)} if row.at_id else {})  # fmt: skip


def _iso(value: Any) -> str:
    return value.isoformat() if value is not None else ""


def location(row: Location) -> Shape:
    """A location, as a list has it."""
    return told(
        id=str(row.id), location_type=row.kind, name=row.name, description=row.description, latitude=row.latitude,
        longitude=row.longitude, external_identifier=row.external_id, external_identifier_type=row.external_id_kind,
    )  # fmt: skip


def full_location(row: Location) -> Shape:
    """A location with its address and what makes it accessible."""
    return location(row) | {"addresses": addresses(row), "accessibility": accessibility(row)}


def addresses(row: Location) -> Sequence[Shape]:
    """Its address. The standard wants a town, a county and a postcode of every address: the nearest that is known stands for them."""
    if row.addresses_as_told:
        return row.addresses_as_told
    if not (row.address_1 or row.postcode):
        return []
    authority = pack().authority
    return [
        {
            "id": part_key(row.id, "address"),
            **told(attention=row.attention, region=row.region),
            "address_1": row.address_1 or row.name or row.postcode,
            "city": row.city or authority.short_name,
            "state_province": row.county or authority.short_name,
            "postal_code": row.postcode,
            "country": row.country,
            "address_type": row.kind,
        }
    ]


def accessibility(row: Location) -> list[Shape]:
    """What makes it accessible: one entry for each, and one for what was written beside them."""
    words = [label_of(pack().directory.accessibility, code) for code in row.accessibility]
    found = [{"id": part_key(row.id, each), "description": each, "accessibility": each} for each in words]
    if row.accessibility_words:
        key = part_key(row.id, "accessibility")
        found.append({"id": key, "description": row.accessibility_words, "details": row.accessibility_words})
    return found


def at_location(row: ServiceAtLocation) -> Shape:
    """A service at a location, as a list has it."""
    return {"id": str(row.id), "location": location(row.location), "service": service(row.service)}


def full_at_location(row: ServiceAtLocation) -> Shape:
    """A service at a location, with all of both.

    The standard's own OpenAPI document asks of it what it asks of a service: a name and a status. Its schema asks for neither.
    """
    return {
        "id": str(row.id),
        "name": row.service.name,
        "status": row.service.status,
        "location": full_location(row.location),
        "service": service(row.service) | _own_parts(row.service),
    }
