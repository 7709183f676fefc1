"""How far a reader reaches, as conditions that the database answers: `visible_to` and the row policies share them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Func, Lookup, Q, UUIDField, Value
from django.db.models.functions import Now

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


def areas(user: Any, permission: str) -> _Ids:
    """Areas in which the user holds the permission."""
    return _Ids("hearth_areas", user, permission)


def families(user: Any, category: str = "any") -> _Ids:
    """Families opened to the user by name, for a category of information."""
    return _Ids("hearth_families", user, category)


def allowed_people(user: Any) -> _Ids:
    """Restricted people the user was granted."""
    return _Ids("hearth_allowed_people", user)


def allowed_families(user: Any) -> _Ids:
    """Restricted families the user was granted."""
    return _Ids("hearth_allowed_families", user)


def kept_from(user: Any) -> _Ids:
    """Restricted people and families that the user may not know of."""
    return _Ids("hearth_kept_from", user)


def may_open_family(user: Any, to_family: str = "", category: str = "any") -> Q:
    """The condition on a family, or on anything with a family at `to_family`, such as `case__family__`."""

    def at(name: str) -> str:
        return to_family + name

    by_area = Q(**{at("area_permission"): OPEN, at("area__one_of"): areas(user, OPEN)}) | Q(
        **{at("area_permission"): CLOSED, at("area_until__gt"): Now(), at("area__one_of"): areas(user, CLOSED)}
    )
    by_team = Q(**{at("team__one_of"): _Ids("hearth_teams", user, TEAM)})
    by_name = Q(**{at("id__one_of"): families(user, category)})
    allowed = Q(**{at("restricted"): False}) | Q(**{at("id__one_of"): allowed_families(user)})
    return allowed & (by_area | by_team | by_name)
