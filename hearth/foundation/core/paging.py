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


def page_of(rows: QuerySet[Any], number: Any, size: int = 50) -> Page:
    """Page `number` (1 if it is not a number, at most 1,000) in one query: one row too many tells if more follow."""
    wanted = int(number) if str(number or "").isdigit() else 1
    wanted = min(max(wanted, 1), 1000)
    found = list(rows[(wanted - 1) * size : wanted * size + 1])
    return Page(found[:size], wanted, len(found) > size)


class UpTo(Subquery):
    """How many rows there are, counted to one beyond `MOST`: a queue of thousands costs no more than one of hundreds."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST + 1])
