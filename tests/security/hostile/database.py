"""Straight at the database as the web role, past every page; and what is really there, as the owner sees it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from hearth.foundation.core.reader import read_as

REFUSED = ("42501", "P0001")  # no privilege or a policy against it; a trigger of ours that would not have it
# Owned by the owner of the tables, so it sees rows whoever reads. Only in the tests' database.
_REALLY_THERE = """
create or replace function hostile_rows(which text, from_xid bigint) returns setof jsonb
language plpgsql security definer as $$ begin
    return query execute format('select to_jsonb(x) from %I x where x.xmin::text::bigint >= %s', which, from_xid);
end $$
"""


# What the worker does at night, in this transaction.
_COUNTED = """
create or replace function hostile_count_names() returns void
language sql security definer set search_path = public, pg_temp as $$ select hearth_count_names() $$
"""


# More families of concern, as many as are asked for, like the one that stands under a key: the worker's identity writes them,
# and no reader may.
_MORE_CONCERNS = """
create or replace function hostile_more_concerns(like_key text, many integer) returns void
language sql security definer set search_path = public, pg_temp as $$
    with made as (
        insert into insight_familyofconcern select (jsonb_populate_record(f, jsonb_build_object(
            'id', gen_random_uuid(), 'key', f.key || n, 'reference', 'FC-CONC' || lpad(n::text, 3, '0')))).*
        from insight_familyofconcern f, generate_series(1, many) n where f.key = like_key returning id, key)
    insert into insight_flag select (jsonb_populate_record(g, jsonb_build_object(
        'id', gen_random_uuid(), 'family_id', m.id, 'person', m.key))).*
    from made m, insight_flag g join insight_familyofconcern f on f.id = g.family_id where f.key = like_key $$
"""


# More of who works with somebody, as many as are asked for, like each that stands: no reader may write one.
_MORE_INVOLVED = """
create or replace function hostile_more_involved(many integer) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into insight_involvement select (jsonb_populate_record(i, jsonb_build_object(
        'id', gen_random_uuid(), 'content_hash', md5(i.content_hash || n)))).*
    from insight_involvement i, generate_series(1, many) n $$
"""


# More that is due, like what is: the night finds it on a connection of its own, which does not see what is not saved.
_MORE_DUE = """
create or replace function hostile_more_due(many integer) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into governance_disposal select (jsonb_populate_record(d, jsonb_build_object(
        'id', gen_random_uuid(), 'record_id', gen_random_uuid(), 'reference', 'FA-DUE' || lpad(n::text, 4, '0')))).*
    from governance_disposal d, generate_series(1, many) n
    where d.id = (select min(x.id::text)::uuid from governance_disposal x where x.state = 'due') $$
"""


def prepare() -> None:
    """Give the tests' database its eye, and its night."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_REALLY_THERE)
        cursor.execute(_COUNTED)
        cursor.execute(_MORE_CONCERNS)
        cursor.execute(_MORE_INVOLVED)
        cursor.execute(_MORE_DUE)


def count_names() -> None:
    """Count how common each planted name is."""
    asked("select hostile_count_names()")


def asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the web role is answered."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def guarded() -> list[str]:
    """Every table with row-level security."""
    return [name for (name,) in asked("select relname from pg_class where relrowsecurity order by 1")]


@cache
def key_of(table: str) -> str:
    """The column of its primary key."""
    found = asked(
        "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]"
        " where i.indrelid = %s::regclass and i.indisprimary",
        table,
    )
    return str(found[0][0])


def now() -> int:
    """The number of the transaction that is going on, as rows carry it."""
    ((number,),) = asked("select mod(pg_current_xact_id()::text::bigint, 4294967296)")
    return int(number)


def planted_in(table: str, began: int) -> list[dict[str, Any]]:
    """The rows that were put there since planting began, whoever may see them."""
    return [
        json.loads(row) if isinstance(row, str) else row
        for (row,) in asked("select * from hostile_rows(%s, %s)", table, began)
    ]


@contextmanager
def undone_as(reader: Any) -> Iterator[None]:
    """Read as somebody; nothing of it stays."""
    with transaction.atomic():
        read_as(reader)
        yield
        transaction.set_rollback(True)


def tried(sql: str, *values: Any) -> int | None:
    """How many rows a statement touched; None where the database would not hear of it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    except ProgrammingError as problem:
        if getattr(problem.__cause__, "sqlstate", "") not in REFUSED:
            raise
        return None
