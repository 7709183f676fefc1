"""Entries in the shape of Open Referral UK 1.0, for systems that still ask for it."""

from typing import Any

from hearth.records.directory.api import shapes
from hearth.records.directory.api.parameters import Paging
from hearth.records.directory.api.shapes import Shape, number, part_key, told, uri
from hearth.records.directory.models import ListedOrganisation, Location, Schedule, Service, TaxonomyTerm


def page(rows: Any, paging: Paging, shape: Any) -> Shape:
    """A page of a list, in the envelope of 1.0."""
    found = shapes.page(rows, paging, shape)
    return {
        "totalElements": found["total_items"],
        "totalPages": found["total_pages"],
        "number": found["page_number"],
        "size": found["size"],
        "first": found["first_page"],
        "last": found["last_page"],
        "empty": found["empty"],
        "content": found["contents"],
    }


def organisation(row: ListedOrganisation) -> Shape:
    """An organisation, as a list has it."""
    return told(id=str(row.id), name=row.name, description=row.description or row.name, email=row.email, url=uri(row.website),
                logo=row.logo, uri=uri(row.uri))  # fmt: skip


def full_organisation(row: ListedOrganisation) -> Shape:
    """One with its services."""
    services = sorted(row.services.all(), key=lambda each: each.name)
    return organisation(row) | {"services": [_service(each) for each in services], "reviews": []}


def _service(row: Service) -> Shape:
    return told(
        id=str(row.id), name=row.name, description=row.description, url=uri(row.url), email=row.email, status=row.status, fees=row.fees,
        accreditations=row.accreditations, assured_date=row.confirmed_on.isoformat() if row.confirmed_on else "",
        attending_type=row.held, attending_access=row.way_in,
    )  # fmt: skip


def service(row: Service) -> Shape:
    """A service, as a list has it."""
    return _service(row) | {"organization": organisation(row.organisation)}


def full_service(row: Service) -> Shape:
    """A service with all that hangs from it."""
    return service(row) | {
        "eligibilitys": _eligibility(row),
        "service_at_locations": [
            {"id": str(at.id), "location": full_place(at.location)}
            for at in sorted(row.at_locations.all(), key=lambda at: at.id)
        ],
        "regular_schedules": [regular_schedule(each) for each in row.schedules.all()],
        "service_areas": row.areas_served,
        "cost_options": shapes.full_service(row)["cost_options"],
        "languages": [{"id": part_key(row.id, f"language {code}"), "language": code} for code in row.languages],
        "contacts": shapes.contacts(row),
        "service_taxonomys": [{"id": str(each.id), "taxonomy": term(each.term)} for each in row.terms.all()],
    }


def _eligibility(row: Service) -> list[Shape]:
    if row.minimum_age is None and row.maximum_age is None:
        return []
    ages = told(minimum_age=number(row.minimum_age), maximum_age=number(row.maximum_age))
    return [{"id": part_key(row.id, "eligibility"), **ages}]


def regular_schedule(row: Schedule) -> Shape:
    """When it is held."""
    return told(
        id=str(row.id), opens_at=row.opens_at.isoformat() if row.opens_at else "",
        closes_at=row.closes_at.isoformat() if row.closes_at else "", byday=",".join(row.days), freq=row.freq,
        interval=str(number(row.interval)) if row.interval else "", description=row.description,
    )  # fmt: skip


def place(row: Location) -> Shape:
    """A location, as a list has it."""
    return told(
        id=str(row.id), name=row.name, description=row.description, latitude=row.latitude, longitude=row.longitude
    )


def full_place(row: Location) -> Shape:
    """A location with its address and what makes it accessible."""
    fields = ("id", "address_1", "city", "state_province", "postal_code", "country")
    return place(row) | {
        "physical_addresses": [{name: each.get(name, "") for name in fields} for each in shapes.addresses(row)],
        "accessibility_for_disabilities": [
            {"id": each["id"], "accessibility": each.get("description", "")} for each in shapes.accessibility(row)
        ],
    }


def full_location(row: Location) -> Shape:
    """A location, with what is held there."""
    held = sorted(row.held_here.all(), key=lambda each: each.id)
    return full_place(row) | {
        "service_at_locations": [{"id": str(each.id), "service": service(each.service)} for each in held]
    }


def term(row: TaxonomyTerm) -> Shape:
    """A term: 1.0 calls each of them a taxonomy, and its list a vocabulary."""
    return told(id=str(row.id), name=row.name, vocabulary=row.taxonomy.name, parent_id=row.parent_id_given)
