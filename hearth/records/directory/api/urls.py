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


ROOTS = ("api/open-referral", "api/open-referral/1.0")


def _each(base: str, rest: str, view: Any) -> list[URLPattern]:
    """An address with and without a stroke at its end, and with two where somebody put one at the end of the root too.

    The last of them is the one that is told: the plain one.
    """
    found = [f"{base}/{rest}/", f"{base}//{rest}", f"{base}/{rest}"] if rest else [f"{base}//", base, f"{base}/"]
    return [path(route, view, name=view.__name__) for route in found]


def _all() -> list[URLPattern]:
    newer, older = ROOTS
    found = [*_each(newer, "", views.open_referral), *_each(older, "", views.open_referral_1)]
    found += _each(newer, "openapi.json", views.open_referral_openapi)
    for base, lists in ((older, LISTS_OF_ONE), (newer, LISTS)):
        for name, many, single in lists:
            found += [*_each(base, name, many), *_each(base, f"{name}/<str:key>", single)]
    found += _each(older, "reviews", views.open_referral_1_reviews)
    found += _each(older, "vocabularies", views.open_referral_1_vocabularies)
    found.append(path(f"{newer}/<path:rest>", views.open_referral_nothing, name="open_referral_nothing"))
    return found


urlpatterns = _all()
