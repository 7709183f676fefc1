"""Every address, from the URL table: a signed-out visitor and a signed-in stranger are refused, whatever the method."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hearth.foundation.accounts.models import User

# A reference of the right shape that nothing has; and one value for each other kind of argument.
SAMPLE = {
    "reference": "EH-4F7K3QX",
    "str": "EH-4F7K3QX",
    "int": "1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "slug": "x",
    "path": "x",
}


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its whole route, our own and the sign-in library's."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def address(pattern: URLPattern, route: str) -> str:
    """An address the route matches."""
    import re

    def value(match: re.Match[str]) -> str:
        kind = match.group(1) or "str"
        return SAMPLE.get(kind.rstrip(":"), SAMPLE["reference"])

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", value, route.replace("^", "").replace("$", ""))


OURS = [(route, p) for route, p in patterns() if getattr(p.callback, "__module__", "").startswith("hearth.")]
PRIVATE = [(route, p) for route, p in OURS if not getattr(p.callback, "open_to_the_public", False)]


@pytest.mark.parametrize(("route", "pattern"), OURS, ids=[r for r, _ in OURS])
def test_every_address_is_named_after_its_view(route: str, pattern: URLPattern) -> None:
    assert pattern.name == pattern.callback.__name__


def test_no_two_views_share_a_name() -> None:
    """A link by that name would lead to whichever was said last."""
    views: dict[str, set[str]] = {}
    for _, pattern in OURS:
        views.setdefault(str(pattern.name), set()).add(f"{pattern.callback.__module__}.{pattern.callback.__name__}")
    assert {name: found for name, found in views.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("route", "pattern"), PRIVATE, ids=[r for r, _ in PRIVATE])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_signed_out_visitor_is_refused(route: str, pattern: URLPattern, method: str, db: None) -> None:
    response = getattr(Client(), method)(address(pattern, route))
    assert response.status_code in (302, 401), response.status_code
    if response.status_code == 302:
        assert "sign-in" in response["Location"] or "login" in response["Location"]


# Pages that are about nobody, or only about whoever opens them.
FOR_EVERYBODY_SIGNED_IN = {"home"}


@pytest.mark.parametrize(
    ("route", "pattern"), [(r, p) for r, p in PRIVATE if "<" in r], ids=[r for r, p in PRIVATE if "<" in r]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_signed_in_stranger_learns_nothing_of_what_is_not_theirs(
    route: str, pattern: URLPattern, method: str, cast: Any, as_client: Callable[[User], Client]
) -> None:
    response = getattr(as_client(cast.elected_member), method)(address(pattern, route))
    assert response.status_code in (403, 404, 405), response.status_code
