"""Addresses of the open directory. They end as the standard's do, with no stroke; the root answers with one and without."""

from typing import Any

from django.urls import URLPattern, path

from hearth.records.directory.api import views

LISTS = (
    ("services", views.open_referral_services, views.open_referral_service),
    ("taxonomies", views.open_referral_taxonomies, views.open_referral_taxonomy),
    ("taxonomy_terms", views.open_referral_taxonomy_terms, views.open_referral_taxonomy_term),
    (
        "service_at_locations",
        views.open_referral_service_at_locations,
        views.open_referral_service_at_location,
    ),
)
LISTS_OF_ONE = (
    ("services", views.open_referral_1_services, views.open_referral_1_service),
    ("taxonomies", views.open_referral_1_taxonomies, views.open_referral_1_taxonomy),
    ("organizations", views.open_referral_1_organizations, views.open_referral_1_organization),
    ("locations", views.open_referral_1_locations, views.open_referral_1_location),
)


def _both(route: str, view: Any) -> list[URLPattern]:
    return [path(route, view, name=view.__name__), path(f"{route}/", view, name=view.__name__)]


def _all() -> list[URLPattern]:
    found = [*_both("api/open-referral", views.open_referral), *_both("api/open-referral/1.0", views.open_referral_1)]
    found.append(path("api/open-referral/openapi.json", views.open_referral_openapi, name="open_referral_openapi"))
    for base, lists in (("api/open-referral/1.0", LISTS_OF_ONE), ("api/open-referral", LISTS)):
        for name, many, single in lists:
            found += [*_both(f"{base}/{name}", many), *_both(f"{base}/{name}/<str:key>", single)]
    found += _both("api/open-referral/1.0/reviews", views.open_referral_1_reviews)
    found += _both("api/open-referral/1.0/vocabularies", views.open_referral_1_vocabularies)
    found.append(path("api/open-referral/<path:rest>", views.open_referral_nothing, name="open_referral_nothing"))
    return found


urlpatterns = _all()
