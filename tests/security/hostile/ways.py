"""Each address filled with references of what was planted, and what its rightful reader would send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from tests.security.hostile.addresses import NAMED, way_to
from tests.security.hostile.filling import filled
from tests.security.hostile.walking import Answer, go, routes
from tests.security.hostile.way import Way
from tests.security.hostile.world import World

# Nobody is signed in there: the first three are about nobody, and the tests of accounts try them; a machine's token opens
# the next two, which no session does, and feeds/tests/test_api.py goes there with every token that is no good; the rest is the
# public's, read only, and names nobody (directory/tests/test_open_referral.py,
# doorstep/pathways/tests). A calendar's link
# is its key: panels/tests/test_calendar.py goes there.
OF_NOBODY = {
    "openid_connect_login", "openid_connect_callback", "choose_password", "pathway", "send_feed_file", "how_load_stands",
    "open_referral_service", "open_referral_taxonomy", "open_referral_taxonomy_term", "open_referral_service_at_location",
    "open_referral_1_service", "open_referral_1_taxonomy", "open_referral_1_organization", "open_referral_1_location",
    "open_referral_nothing",
    "panel_calendar", "open_call", "call_file", "published_report", "published_report_file",
    # The questions of an audit, of the practice pack: quality/tests/test_tools.py.
    "audit_tool",
}  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One address of the walk: where it is, who may rightly be there, what they saw and what they would send."""

    name: str
    path: str
    way: Way
    seen: Answer
    body: dict[str, Any] | None


def of_somebody() -> Iterator[tuple[str, URLPattern]]:
    """Every address that has something of somebody's in it."""
    return ((route, entry) for route, entry in routes() if "<" in route and entry.name not in OF_NOBODY)


def address(world: World, route: str, pattern: URLPattern, way: Way, instead: str = "") -> str:
    """The address with references in it; those of another family where `instead` says so."""
    given = {name: world.find(where, instead) for name, where in way.more.items()}
    if "reference>" in route:
        given["reference"] = world.find(way.where, instead).reference
    try:
        return reverse(str(pattern.name), kwargs=given)
    except NoReverseMatch as problem:
        raise LookupError(f"{route}: say in tests/security/hostile/addresses.py what its arguments are.") from problem


def stop_at(
    world: World, as_reader: Callable[[str], Client], route: str, pattern: URLPattern, instead: str = ""
) -> Stop:
    """Go there as the rightful reader, and fill in the form."""
    way = way_to(route, pattern)
    if way is None:
        raise LookupError(
            f"{route}: a new address must be given its hostile walk. Plant something for it in"
            " tests/security/hostile/states.py, and say in addresses.py who may rightly open it and with what."
        )
    path = address(world, route, pattern, way, instead)
    client = as_reader(way.reader)
    seen = page = go(client, path)
    if way.on:
        arguments = [world.find(way.where, instead).reference] if way.where else []
        page = go(client, reverse(way.on, args=arguments))
    body = filled(page.text, path)
    if body is not None:
        body |= {name: _typed(world, value, instead) for name, value in way.typed.items()}
    return Stop(str(pattern.name), path, way, seen, body)


def _typed(world: World, value: str, instead: str) -> Any:
    """What was planted under that name, or the words themselves."""
    try:
        return world.find(value, instead)
    except AttributeError:
        return value


def stale() -> list[str]:
    """Names in the tables that are no address any more."""
    names = {f"{entry.name} child" if "<child>" in route else str(entry.name) for route, entry in routes()}
    return sorted((set(NAMED) | OF_NOBODY) - names)
