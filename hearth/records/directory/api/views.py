"""Addresses of the open directory, in version 3.0 of Open Referral UK and in 1.0."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hearth.records.directory.api import asking, openapi, shapes
from hearth.records.directory.api import shapes_of_one as one
from hearth.records.directory.api.answering import answers
from hearth.records.directory.api.parameters import Parameters

Said = dict[str, Any]
PROFILE_OF_ONE = "https://developers.openreferraluk.org/"


@answers
def open_referral(request: HttpRequest, asked: Parameters) -> Said:
    """What this is."""
    where = request.build_absolute_uri(reverse("open_referral_openapi"))
    return {"version": openapi.VERSION, "profile": openapi.PROFILE, "openapi_url": where}


@answers
def open_referral_openapi(request: HttpRequest, asked: Parameters) -> Said:
    """The same for machines."""
    return openapi.document(request.build_absolute_uri(reverse("open_referral")).rstrip("/"))


@answers
def open_referral_services(request: HttpRequest, asked: Parameters) -> Said:
    """A page of services."""
    rows = asking.services(asked)
    if asked.flag("full"):
        return shapes.page(asking.service_parts(rows), asked.paging(), shapes.full_service)
    return shapes.page(rows, asked.paging(), shapes.service)


@answers
def open_referral_service(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One service."""
    found = asking.service(key)
    return shapes.full_service(found) if found else None


@answers
def open_referral_taxonomies(request: HttpRequest, asked: Parameters) -> Said:
    """A page of lists of terms."""
    return shapes.page(asking.taxonomies(), asked.paging(), shapes.taxonomy)


@answers
def open_referral_taxonomy(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One list of terms."""
    found = asking.taxonomy(key)
    return shapes.full_taxonomy(found) if found else None


@answers
def open_referral_taxonomy_terms(request: HttpRequest, asked: Parameters) -> Said:
    """A page of terms."""
    return shapes.page(asking.terms(), asked.paging(), shapes.term)


@answers
def open_referral_taxonomy_term(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One term."""
    found = asking.term(key)
    return shapes.term(found) if found else None


@answers
def open_referral_service_at_locations(request: HttpRequest, asked: Parameters) -> Said:
    """A page of services at locations."""
    return shapes.page(asking.at_locations(asked), asked.paging(), shapes.at_location)


@answers
def open_referral_service_at_location(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One service at one location."""
    found = asking.at_location(key)
    return shapes.full_at_location(found) if found else None


@answers
def open_referral_nothing(request: HttpRequest, asked: Parameters, rest: str) -> None:
    """Any other address beneath: nothing is there, said as everything else is."""


@answers
def open_referral_1(request: HttpRequest, asked: Parameters) -> Said:
    """What the older version is."""
    where = request.build_absolute_uri(reverse("open_referral_openapi"))
    return {"version": "HSDS-UK-1.0", "profile": PROFILE_OF_ONE, "openapi_url": where}


@answers
def open_referral_1_services(request: HttpRequest, asked: Parameters) -> Said:
    """A page of services; with `include`, each with what hangs from it."""
    rows = asking.services_of_one(asked)
    if included := set(asked.each_of("include")):
        return one.page(asking.service_parts(rows), asked.paging(), lambda row: _with(row, included))
    return one.page(rows, asked.paging(), one.service)


def _with(row: Any, included: set[str]) -> Said:
    whole = one.full_service(row)
    return one.service(row) | {name: whole[name] for name in whole if name in included}


@answers
def open_referral_1_service(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One service."""
    found = asking.service(key)
    return one.full_service(found) if found else None


@answers
def open_referral_1_taxonomies(request: HttpRequest, asked: Parameters) -> Said:
    """A page of terms."""
    return one.page(asking.terms_of_one(asked), asked.paging(), one.term)


@answers
def open_referral_1_taxonomy(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One term."""
    found = asking.term(key)
    return one.term(found) if found else None


@answers
def open_referral_1_organizations(request: HttpRequest, asked: Parameters) -> Said:
    """A page of organisations."""
    return one.page(asking.organisations(), asked.paging(), one.organisation)


@answers
def open_referral_1_organization(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One organisation."""
    found = asking.organisation(key)
    return one.full_organisation(found) if found else None


@answers
def open_referral_1_locations(request: HttpRequest, asked: Parameters) -> Said:
    """A page of locations."""
    return one.page(asking.locations(), asked.paging(), one.place)


@answers
def open_referral_1_location(request: HttpRequest, asked: Parameters, key: str) -> Said | None:
    """One location."""
    found = asking.location(key)
    return one.full_location(found) if found else None


@answers
def open_referral_1_reviews(request: HttpRequest, asked: Parameters) -> Said:
    """No review is held here: an empty page."""
    return one.page(asking.terms().none(), asked.paging(), one.term)


@answers
def open_referral_1_vocabularies(request: HttpRequest, asked: Parameters) -> Said:
    """The names of our lists."""
    return {"vocabularies": asking.vocabularies()}
