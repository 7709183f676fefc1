"""The bar under the header: which links a reader is offered, and which one they are on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

FEW = 8  # links that stand beside one another on an old laptop's screen


@dataclass(frozen=True)
class NavigationItem:
    """One link: its words, its slice, and the permissions of which it needs one (none: everybody signed in).

    `slices` are other URL names on which this link is shown as the place one is in. `about` says what is behind it, for
    a first page that is made of links. Whoever holds `unless` is not offered it. `under` are beginnings of paths whose
    pages are behind this link, where no other link names the slice. Links of one `group` share one place in the bar, with
    a bar of their own beneath it.
    """

    text: str
    url_name: str
    permission: str | tuple[str, ...] = ()
    slices: tuple[str, ...] = ()
    about: str = ""
    unless: str = ""
    under: tuple[str, ...] = ()
    group: str = ""

    def is_for(self, reader: Any) -> bool:
        """Whether this reader may use what is behind the link, and this installation has it."""
        wanted = (self.permission,) if isinstance(self.permission, str) else self.permission
        held = not wanted or any(reader.may(one) for one in wanted)
        return held and not (self.unless and reader.may(self.unless)) and bool(address(self.url_name))


@cache
def _items(path: str) -> tuple[NavigationItem, ...]:
    return tuple(import_string(path))


def address(name: str) -> str:
    """The address of a slice; empty when this installation has no such slice."""
    return _address(name, settings.ROOT_URLCONF)


@cache
def _address(name: str, of: str) -> str:
    try:
        return reverse(name, urlconf=of)
    except NoReverseMatch:
        return ""


def items() -> Iterable[NavigationItem]:
    """The items that settings.NAVIGATION names."""
    return _items(settings.NAVIGATION)


@dataclass(frozen=True)
class Bar:
    """What is under the header: the links as the macro takes them, and beneath them those of the group that one is in."""

    links: list[dict[str, Any]]
    group: str
    beneath: list[dict[str, Any]]


def offered_to(reader: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """The links for this reader, as the macro takes them, each with its group."""
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    offered = [item for item in items() if item.is_for(reader)]
    named = any(here == item.url_name or here in item.slices for item in offered)
    return [
        {
            "text": item.text,
            "href": address(item.url_name),
            "current": here == item.url_name,
            "active": here in item.slices or (not named and bool(item.under) and request.path.startswith(item.under)),
            "group": item.group,
        }
        for item in offered
    ]


def bar_for(reader: Any, request: HttpRequest) -> Bar:
    """The bar of a page: every link while they are few; otherwise a link for each group, which leads to its first."""
    offered = offered_to(reader, request)
    if len(offered) <= FEW:
        return Bar(offered, "", [])
    groups: dict[str, list[dict[str, Any]]] = {}
    for link in offered:
        groups.setdefault(link["group"] or link["text"], []).append(link)
    inside = next((name for name, links in groups.items() if len(links) > 1 and any(map(_is_here, links))), "")
    links = [links[0] if len(links) == 1 else _door(name, links) for name, links in groups.items()]
    return Bar(links, inside, groups.get(inside, []))


def _is_here(link: dict[str, Any]) -> bool:
    return bool(link["current"] or link["active"])


def _door(name: str, links: list[dict[str, Any]]) -> dict[str, Any]:
    """A group in the bar. It is where one is, and never the page itself: that is the link beneath."""
    return {"text": name, "href": links[0]["href"], "current": False, "active": any(map(_is_here, links))}


def doors_for(reader: Any) -> list[tuple[str, list[dict[str, str]]]]:
    """The same links by group with what is behind each, but for the one that leads to the first page itself."""
    groups: dict[str, list[dict[str, str]]] = {}
    for item in items():
        if item.about and item.is_for(reader):
            door = {"text": item.text, "href": address(item.url_name), "about": item.about}
            groups.setdefault(item.group, []).append(door)
    return list(groups.items())
