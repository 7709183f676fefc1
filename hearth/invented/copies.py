"""Makes an invented authority large: copies told families whole, row for row, with keys and references of their own.

What the actions left for a few hundred families is copied as it is (every row keeps its shape, so that every invariant
holds), spread over all districts and over practitioners of about 25 cases each. History and audit rows are not copied.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from hearth.foundation.accounts.models import Appointment, Area, Organisation, User
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import ALPHABET, LENGTH
from hearth.invented.cast import HELD_FOR

APPS = ("people", "sharing", "cases", "notes", "steps", "front_door", "assessments", "plans")
KEPT = ("assessments.FormVersion", "sharing.Agreement", "people.Restriction", "people.RestrictedAccess", "people.Link")
CASES_EACH = 25
AT_A_TIME = 25  # copies of every told family in one transaction
Say = Callable[[str], None]


def copied_models() -> list[type[models.Model]]:
    """Tables whose rows belong to a family or a request; not history, not what is the authority's own."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.label not in KEPT
    ]


def copy_families(told: int, wanted: int, progress: Say) -> int:
    """Copy the `told` families in the database until about `wanted` are there; give how many were added."""
    copies = max(0, -(-(wanted - told) // told)) if told else 0
    workers = _workers(max(1, wanted // CASES_EACH)) if copies else []
    with connections["owner"].cursor() as cursor:
        _remember_what_is_there(cursor)
    for first in range(1, copies + 1, AT_A_TIME):
        last = min(first + AT_A_TIME - 1, copies)
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")  # no triggers: every row is a copy
            for model in copied_models():
                _copy(cursor, model, first, last, len(workers))
        progress(f"{told * (last + 1):,} families")
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    return told * copies


def _remember_what_is_there(cursor: Any) -> None:
    for model in copied_models():
        table, key = model._meta.db_table, model._meta.pk
        assert key is not None  # noqa: S101 - every table has one
        cursor.execute(f"drop table if exists told_{table}")
        cursor.execute(f'create temporary table told_{table} as select "{key.column}" as key from {table}')


def _workers(count: int) -> list[User]:
    """Practitioners of the authority, spread over the districts; nobody can sign in as them."""
    council = Organisation.objects.using("owner").get(is_authority=True)
    areas = _areas()
    made = [
        User(
            id=_mapped("worker", number), email=f"worker{number}@council.example.org", full_name=f"Worker {number}",
            job_title="Family support worker", organisation=council, password="!",  # noqa: S106 - no password fits it
        )
        for number in range(count)
    ]  # fmt: skip
    User.objects.using("owner").bulk_create(made, ignore_conflicts=True)
    begun = [
        Appointment(
            id=_mapped("appointment", number), user_id=user.id, role="practitioner", area_id=areas[number % len(areas)],
            from_on=user.created_at.date() - HELD_FOR,
        )
        for number, user in enumerate(made)
    ]  # fmt: skip
    Appointment.objects.using("owner").bulk_create(begun, ignore_conflicts=True)
    return made


def _mapped(kind: str, number: int) -> uuid.UUID:
    """What PostgreSQL's md5(kind || number)::uuid gives."""
    import hashlib

    return uuid.UUID(hashlib.md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


def _areas() -> list[Any]:
    codes = [district.code for district in pack().areas.districts]
    return list(Area.objects.using("owner").filter(code__in=codes).order_by("code").values_list("id", flat=True))


def _copy(cursor: Any, model: type[models.Model], first: int, last: int, workers: int) -> None:
    columns = dict(_columns(model, workers))
    names = ", ".join(f'"{name}"' for name in columns)
    key = model._meta.pk.column
    cursor.execute(
        f"insert into {model._meta.db_table} ({names}) select {', '.join(columns.values())}"
        f' from {model._meta.db_table} t join told_{model._meta.db_table} told on told.key = t."{key}"'
        f" cross join generate_series({first}, {last}) k",
    )


def _columns(model: type[models.Model], workers: int) -> Iterator[tuple[str, str]]:
    """Each column of a table with the SQL of its copy."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue  # the database counts on
        yield str(field.column), _copied(field, workers)


def _copied(field: Any, workers: int) -> str:
    column = f't."{field.column}"'
    if field.name == "reference":
        letters = " || ".join(
            f"substr('{ALPHABET}', 1 + get_byte(decode(md5({column} || k), 'hex'), {place}) % {len(ALPHABET)}, 1)"
            for place in range(LENGTH)
        )
        return f"split_part({column}, '-', 1) || '-' || {letters}"
    if isinstance(field, models.ForeignKey) and field.related_model not in copied_models():
        return _elsewhere(field, column, workers)
    is_key = isinstance(field, models.UUIDField | models.ForeignKey)
    return f"md5({column}::text || k)::uuid" if is_key else column


def _elsewhere(field: Any, column: str, workers: int) -> str:
    """A key to a row that is not copied: areas and the families' own workers are spread, everything else stays."""
    if field.related_model is Area:
        ids = ", ".join(f"'{area}'::uuid" for area in _areas())
        return f"case when {column} is null then null else (array[{ids}])[1 + k % {len(_areas())}] end"
    if field.related_model is User:
        # By family, so that its case, team, access and work stay with one practitioner.
        whose = 't."family_id"::text' if any(f.name == "family" for f in field.model._meta.fields) else "''"
        worker = f"md5('worker' || (abs(hashtext({whose} || k)) % {workers}))::uuid"
        mine = "select id from accounts_user where email like 'joanne.pickup@%' or email like 'kofi.mensah@%'"
        return f"case when {column} in ({mine}) then {worker} else {column} end"
    return column
