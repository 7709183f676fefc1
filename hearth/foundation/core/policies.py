"""Row policies for migrations, written once so that no table invents its own way to be safe."""

import re
from collections.abc import Iterable

from django.db import migrations

from hearth.foundation.core.roles import GATE, MEASURES

READERS = "hearth_web, hearth_worker"
_EXISTS = re.compile(r"exists \(\s*select ")


def row_by_row(condition: str) -> str:
    """The same condition, asked of each row on its own.

    PostgreSQL may answer `exists (...)` by first reading all that could match (every family that somebody may open,
    say) into a table of its own: the better, it thinks, the more rows there are. But pages read a few rows by an index
    and then stop, so that this would be their whole time. `offset 0` leaves it no such choice.
    """
    found = _EXISTS.search(condition)
    if found is None:
        return condition
    inside = end = found.end()
    depth = 1
    while depth:  # to the bracket that closes it
        depth += {"(": 1, ")": -1}.get(condition[end], 0)
        end += 1
    asked = row_by_row(condition[inside : end - 1])
    held = "" if asked.endswith("offset 0") else " offset 0"
    return f"{condition[:inside]}{asked}{held}){row_by_row(condition[end:])}"


def protect(
    table: str, *, read: str, add: str | None = None, change: str | None = None, remove: str = "false"
) -> migrations.RunSQL:
    """Row-level security on `table`. Each argument is an SQL condition on a row.

    `add` and `change` default to `read`; nothing may be removed unless `remove` says so.
    """
    read, add, change, remove = map(row_by_row, (read, add or read, change or read, remove))
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        create policy reads on {table} for select to {READERS} using ({read});
        create policy adds on {table} for insert to {READERS} with check ({add});
        create policy changes on {table} for update to {READERS} using ({change}) with check ({change});
        create policy removes on {table} for delete to {READERS} using ({remove});
        """,
        f"""
        drop policy reads on {table}; drop policy adds on {table};
        drop policy changes on {table}; drop policy removes on {table};
        alter table {table} disable row level security;
        """,
    )


def append_only(table: str, *, read: str, add: str = "true") -> migrations.RunSQL:
    """Rows that may be added and read, never changed or removed: no privilege, and no policy that would allow it."""
    read, add = row_by_row(read), row_by_row(add)
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        revoke update, delete, truncate on {table} from {READERS};
        create policy reads on {table} for select to {READERS} using ({read});
        create policy adds on {table} for insert to {READERS} with check ({add});
        """,
        f"""
        drop policy reads on {table}; drop policy adds on {table};
        grant update, delete on {table} to {READERS};
        alter table {table} disable row level security;
        """,
    )


def only(table: str, *columns: str) -> migrations.RunSQL:
    """Of a row that is there, these columns alone can be changed: what was written stays. After `protect`, which lets all be."""
    return migrations.RunSQL(
        f"revoke update on {table} from {READERS}; grant update ({', '.join(columns)}) on {table} to {READERS};",
        f"revoke update on {table} from {READERS}; grant update on {table} to {READERS};",
    )


def events(table: str, parent: str) -> migrations.RunSQL:
    """A history table: read by whoever may read the row it is about, never rewritten, and never made up.

    Only the triggers of the row it is about add to it: nobody writes a history that did not happen.
    """
    read = f"exists (select 1 from {parent} p where p.id = {table}.pgh_obj_id)"
    return append_only(table, read=read, add="pg_trigger_depth() > 0")


def gate_reads(*tables: str) -> migrations.RunSQL:
    """Let the SECURITY DEFINER functions' owner read these tables whole."""
    forward = "".join(
        f"grant select on {table} to hearth_gate;"
        f"do $$ begin if (select relrowsecurity from pg_class where oid = '{table}'::regclass) then"
        f" create policy gate on {table} for select to hearth_gate using (true); end if; end $$;"
        for table in tables
    )
    backward = "".join(
        f"drop policy if exists gate on {table}; revoke select on {table} from hearth_gate;" for table in tables
    )
    return migrations.RunSQL(forward, backward)


# A function whose plan is kept for the connection: a large SQL function is planned again at every call before PostgreSQL 18.
PLANNED_ONCE = "plpgsql"


def gate_function(
    signature: str, returns: str, body: str, *, volatility: str = "stable", language: str = "sql", owner: str = GATE
) -> migrations.RunSQL:
    """A function that runs as the gate (or as another owner), with a fixed search path, callable by readers only."""
    name = signature.split("(", maxsplit=1)[0]
    types = ", ".join(
        part.strip().split(" ", 1)[1].split(" default")[0]
        for part in signature[len(name) + 1 : -1].split(",")
        if part.strip()
    )
    bare = f"{name}({types})"
    return migrations.RunSQL(
        f"""
        create or replace function {signature} returns {returns} language {language} {volatility} security definer
            set search_path = public, pg_temp as $gate$ {body} $gate$;
        grant create on schema public to {owner};
        alter function {bare} owner to {owner};
        revoke create on schema public from {owner};
        revoke all on function {bare} from public;
        grant execute on function {bare} to {READERS}, {owner};
        """,
        f"drop function {bare}",
    )


def identity_function(identity: str, signature: str, returns: str, body: str, **how: str) -> list[migrations.RunSQL]:
    """A function that runs as the gate (or as `gate_function` is told), which one identity may call, and no reader."""
    bare = signature.split("(", maxsplit=1)[0]
    return [
        gate_function(signature, returns, body, **how),
        migrations.RunSQL(
            f"revoke all on function {bare} from {READERS}; grant execute on function {bare} to {identity}",
            f"revoke all on function {bare} from {identity}",
        ),
    ]


def counting_function(signature: str, returns: str, body: str) -> migrations.RunSQL:
    """A function that counts for people who hold no family: it runs as `system:measures`, which sees keys, days and codes alone.

    Run again over one that ran as the gate, it takes it over; `measures_reads` says what it may read.
    """
    return gate_function(signature, returns, body, owner=MEASURES)


def measures_reads(table: str, *columns: str, rows: str = "true") -> migrations.RunSQL:
    """Let `system:measures` read these columns of a table, and of these rows alone. Said again, it is as said last."""
    return migrations.RunSQL(
        f"""
        grant select ({", ".join(columns)}) on {table} to {MEASURES};
        do $$ begin if (select relrowsecurity from pg_class where oid = '{table}'::regclass) then
            drop policy if exists measures on {table};
            create policy measures on {table} for select to {MEASURES} using ({rows});
        end if; end $$;
        """,
        f"drop policy if exists measures on {table}; revoke all on {table} from {MEASURES};",
    )


def said_again(operations: Iterable[migrations.RunSQL]) -> list[migrations.RunSQL]:
    """Operations that take over what an earlier migration made: going back leaves them, for its functions need what they may."""
    return [migrations.RunSQL(each.sql, migrations.RunSQL.noop) for each in operations]
