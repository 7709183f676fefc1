"""What was set up already, so that a second start takes no time. Kept as the database's own comment.

A stamp is believed only while Django's table of migrations looks as it did: a restored or emptied database is set up
again.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connections

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = (
    "requirements.txt",  # packages bring migrations too
    "hearth/**/migrations/*.py",
    "hearth/**/*.sql",
    "hearth/**/policies.py",
    "hearth/**/functions.py",
    "hearth/foundation/core/roles.py",
)
# What the invented database of the tests holds besides: everything a table, a trigger or a first row may come from.
CONTENT = (
    "hearth/**/models.py",
    "hearth/**/models/*.py",
    "hearth/**/setup.py",
    "hearth/**/roles.py",
    "hearth/foundation/core/packs/*.py",
    "hearth/config/[qs]*.py",
    "hearth/invented/cast.py",
    "tests/template.py",
    "practice/england/*",
    "practice/lancashire/*",
)


def digest(patterns: Iterable[str], *more: str) -> str:
    """One short word for the content of all those files."""
    sum_ = hashlib.sha256(repr(more).encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        sum_.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return sum_.hexdigest()[:16]


def read() -> dict[str, Any]:
    """What the database says was done to it; nothing if its migrations have changed behind our back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        (said,) = cursor.fetchone()
        try:
            stamp = json.loads(said or "{}")
        except ValueError:
            return {}
        if not isinstance(stamp, dict) or stamp.get("migrations") != _migrations(cursor):
            return {}
        return stamp


def write(**facts: Any) -> None:
    """Add to what the database says of itself."""
    with connections["owner"].cursor() as cursor:
        stamp = {**read(), **facts, "migrations": _migrations(cursor)}
        name = connections["owner"].ops.quote_name(connections["owner"].settings_dict["NAME"])
        cursor.execute(f"comment on database {name} is %s", [json.dumps(stamp)])


def _migrations(cursor: Any) -> list[int]:
    cursor.execute("select to_regclass('public.django_migrations') is not null")
    if not cursor.fetchone()[0]:
        return [0, 0]
    cursor.execute("select count(*), coalesce(max(id), 0) from django_migrations")
    return list(cursor.fetchone())
