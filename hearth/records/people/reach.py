"""How far a reader reaches, as conditions that the database answers: `visible_to` and the row policies share them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Expression, F, Field, ForeignKey, Func, Lookup, Q, UUIDField, Value

OPEN = "open_open_families_in_area"
CLOSED = "open_closed_families_in_area"
TEAM = "open_families_of_team"


class _Ids(Func):
    """A call of one of the gate's functions: an array of ids, worked out once for a query."""

    output_field = ArrayField(UUIDField())

    def __init__(self, function: str, user: Any, *rest: str) -> None:
        super().__init__(Value(user.id, output_field=UUIDField()), *(Value(word) for word in rest), function=function)


@Field.register_lookup
@ForeignKey.register_lookup
class OneOf(Lookup):
    """`column__one_of=_Ids(...)`: an index can serve it, and the function runs once (an InitPlan), not once a row."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = compiler.compile(self.rhs)
        return f"{left} = any((select {right})::uuid[])", (*left_params, *right_params)


@ArrayField.register_lookup
class NoneOf(Lookup):
    """`column__none_of=_Ids(...)`: an array that shares nothing with what the function gives."""

    lookup_name = "none_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = compiler.compile(self.rhs)
        return f"not ({left} && (select {right})::uuid[])", (*left_params, *right_params)


def called(function: str, user: Any, *rest: str) -> _Ids:
    """What one of the gate's functions of another room answers, worked out once for a query."""
    return _Ids(function, user, *rest)


def areas(user: Any, permission: str) -> _Ids:
    """Areas in which the user holds the permission."""
    return _Ids("hearth_areas", user, permission)


def families(user: Any, category: str = "any") -> _Ids:
    """Families opened to the user by name, for a category of information."""
    return _Ids("hearth_families", user, category)


def allowed_people(user: Any) -> _Ids:
    """Restricted people the user was granted."""
    return _Ids("hearth_allowed_people", user)


def kept_from(user: Any) -> _Ids:
    """Restricted people and families that the user may not know of."""
    return _Ids("hearth_kept_from", user)


# Whoever works in its area while it is open or for a time after, in its team, or for it by name; restricted, only those granted.
_MAY_OPEN = f"""(
        (not {{restricted}} or {{id}} = any((select hearth_allowed_families({{reader}}))::uuid[]))
        and (
            ({{area_permission}} = '{OPEN}' and {{area}} = any((select hearth_areas({{reader}}, '{OPEN}'))::uuid[]))
            or ({{area_permission}} = '{CLOSED}' and {{area_until}} > now()
                and {{area}} = any((select hearth_areas({{reader}}, '{CLOSED}'))::uuid[]))
            or {{team}} = any((select hearth_teams({{reader}}, '{TEAM}'))::uuid[])
            or {{id}} = any((select hearth_families({{reader}}, {{category}}))::uuid[])
        )
    )"""
_COLUMNS = ("restricted", "id", "area_permission", "area", "area_until", "team")  # of a family


class _MayOpen(Expression):
    """The condition as one expression: put together of its parts, it took most of the time of a page with many reads."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, reader: Any, to_family: str, category: str) -> None:
        super().__init__()
        self.params = (*[reader] * _MAY_OPEN.count("{reader}"), category)
        self.columns: list[Any] = [F(to_family + name) for name in _COLUMNS]

    def get_source_expressions(self) -> list[Any]:
        """The columns of the family."""
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """The same, as a query names them."""
        self.columns = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Each function runs once a query (an InitPlan), and an index can serve each column."""
        named = [compiler.compile(column)[0] for column in self.columns]
        return _MAY_OPEN.format(reader="%s", category="%s", **dict(zip(_COLUMNS, named, strict=True))), self.params


def may_open_family(user: Any, to_family: str = "", category: str = "any") -> Q:
    """The condition on a family, or on anything with a family at `to_family`, such as `case__family__`."""
    return Q(_MayOpen(user.id, to_family, category))


def may_open_in_sql(f: str, category: str = "any") -> str:
    """The same condition on the family row called `f`, for whoever reads: as row policies ask it."""
    columns = {name: f"{f}.{name}_id" if name in ("area", "team") else f"{f}.{name}" for name in _COLUMNS}
    return _MAY_OPEN.format(reader="hearth_reader()", category=f"'{category}'", **columns)
