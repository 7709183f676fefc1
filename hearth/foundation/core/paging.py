"""Pages of a list, without counting what nobody will read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 500  # a figure beyond it tells nobody more than that there is more than anybody can look through


@dataclass(frozen=True)
class Page:
    """One page of rows; `more` says that another follows."""

    rows: Sequence[Any]
    number: int
    more: bool

    @property
    def first(self) -> bool:
        """Whether this is the first page."""
        return self.number == 1


def number_of(asked: Any, most: int = 1000) -> int:
    """Which page is asked for: 1 if it is not a number in figures, and never beyond the last that is given out."""
    text = str(asked or "")
    if not (text.isascii() and text.isdigit()):  # "²" is a digit, and no number
        return 1
    return max(int(text), 1) if len(text) < 5 and int(text) < most else most


def part_of(rows: QuerySet[Any], number: int, size: int = 50) -> QuerySet[Any]:
    """The rows of a page, and one too many, which tells whether more follow."""
    return rows[(number - 1) * size : number * size + 1]


def page_from(found: Sequence[Any], number: int, size: int = 50) -> Page:
    """The page of what `part_of` gave."""
    return Page(found[:size], number, len(found) > size)


def page_of(rows: QuerySet[Any], asked: Any, size: int = 50) -> Page:
    """The page that is asked for, in one query."""
    number = number_of(asked)
    return page_from(list(part_of(rows, number, size)), number, size)


class UpTo(Subquery):
    """How many rows there are, counted to one beyond `MOST`: a queue of thousands costs no more than one of hundreds."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST + 1])
