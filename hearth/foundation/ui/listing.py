"""Lists: which way they are sorted, and links that keep everything else in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


def with_query(request: HttpRequest, **changes: Any) -> str:
    """This page's query with some of it changed; None takes a key out."""
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return "?" + query.urlencode()


@dataclass(frozen=True)
class Sort:
    """How a list is sorted, and where each heading leads."""

    request: HttpRequest
    columns: Mapping[str, str]
    key: str
    descending: bool

    @property
    def order_by(self) -> str:
        """The column for the queryset, with a minus when descending."""
        return ("-" if self.descending else "") + self.columns[self.key]

    def link(self, key: str) -> str:
        """The same list sorted by `key`; the other way round if it already is. Begins again at page one."""
        turned = key == self.key and not self.descending
        return with_query(self.request, sort=("-" if turned else "") + key, page=None)

    def aria(self, key: str) -> str:
        """What a screen reader is told about a heading."""
        return "none" if key != self.key else "descending" if self.descending else "ascending"


def sorting(request: HttpRequest, columns: Mapping[str, str], default: str) -> Sort:
    """The sort asked for in the address, or the default for anything that is not offered.

    `columns` maps the word in the address to the column; `default` is such a word, with a minus for descending.
    """
    asked = request.GET.get("sort", default)
    wanted = asked if asked.lstrip("-") in columns and not asked.startswith("--") else default
    return Sort(request, columns, wanted.lstrip("-"), wanted.startswith("-"))
