"""The bar under the header: which links a reader is offered, and which one they are on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class NavigationItem:
    """One link: its words, its slice, and the permission it needs (none: everybody signed in).

    `slices` are other URL names on which this link is shown as the place one is in.
    """

    text: str
    url_name: str
    permission: str = ""
    slices: tuple[str, ...] = ()


@cache
def _items(path: str) -> tuple[NavigationItem, ...]:
    return tuple(import_string(path))


def address(name: str) -> str:
    """The address of a slice; empty when this installation has no such slice."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def items() -> Iterable[NavigationItem]:
    """The items that settings.NAVIGATION names."""
    return _items(settings.NAVIGATION)


def offered_to(reader: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """The links for this reader, as the macro takes them."""
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    return [
        {
            "text": item.text,
            "href": address(item.url_name),
            "current": here == item.url_name,
            "active": here in item.slices,
        }
        for item in items()
        if address(item.url_name) and (not item.permission or reader.may(item.permission))
    ]
