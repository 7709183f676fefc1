"""Who reads and keeps what governance keeps of the service: conditions that its rooms share, asked by SQL of the gate's functions."""

from typing import Any

from django.db.models import Expression, Q

from hearth.records.money.reach import holds_whole
from hearth.records.people.reach import called


def governed(user: Any, function: str, what: str = "see") -> Expression:
    """Rows that the user may read ("see"), change ("edit"), or decide on ("keep"), as a gate's function says."""
    return called(function, user, what)


def of_governed(user: Any, function: str, prefix: str, what: str = "see") -> Q:
    """Rows that hang from such a row."""
    return Q(**{f"{prefix}__one_of": governed(user, function, what)})


def in_sql(function: str, what: str, column: str) -> str:
    """A row is one of those, for whoever reads: as row policies ask it."""
    return f"{column} = any((select {function}(hearth_reader(), '{what}'))::uuid[])"


def in_area_sql(permission: str, column: str = "area_id") -> str:
    """Whoever reads holds the permission in the row's district; in the whole authority, for a row that is of no district."""
    return f"""case when {column} is null then (select hearth_money_whole(hearth_reader(), '{permission}'))
        else {column} = any((select hearth_money_areas(hearth_reader(), '{permission}'))::uuid[]) end"""


def may_in(user: Any, permission: str, area: Any) -> bool:
    """The same in hand: in that district, or, for none, in the whole authority."""
    return bool(user.may(permission, area)) if area is not None else holds_whole(user, permission)
