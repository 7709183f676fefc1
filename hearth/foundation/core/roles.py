"""The database's own roles. The web role owns nothing and cannot pass a row policy."""

from typing import Any

GATE = "hearth_gate"
WEB = "hearth_web"
WORKER = "hearth_worker"
ERASER = "hearth_eraser"  # owns the functions that delete a record, or what an account says, with its history; nobody can become it
RETENTION = "hearth_retention"  # finds what has passed its time
MEASURES = "hearth_measures"  # owns the functions that count for people who hold no family; nobody can become it
# Background identities: entered with SET LOCAL ROLE by the worker, each granted only the columns it needs.
IDENTITIES = (
    "hearth_messages", "hearth_tidying", "hearth_documents", "hearth_linkage", "hearth_insight", "hearth_casework",
    RETENTION,
)  # fmt: skip

ROLES = (
    (GATE, False),
    (ERASER, False),
    (MEASURES, False),
    (WEB, True),
    (WORKER, True),
    *((name, False) for name in IDENTITIES),
)


def roles_are_there(connection: Any) -> bool:
    """Whether the cluster has every role: a newer version may want one more."""
    with connection.cursor() as cursor:
        cursor.execute("select rolname from pg_roles")
        return {name for name, _ in ROLES} <= {name for (name,) in cursor.fetchall()}


def ensure_roles(connection: Any, passwords: dict[str, str] | None = None) -> None:
    """Create the cluster's roles where they are missing (safe to run twice, and by two processes at once).

    `connection` is any DB-API connection of a role that may create roles. `passwords` gives hearth_web and
    hearth_worker a password where sign-in to the server needs one.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(712001)")
        try:
            cursor.execute("select rolname::text, rolsuper from pg_roles where rolname = current_user")
            owner, may_all = cursor.fetchone()
            for role, login in ROLES:
                cursor.execute("select 1 from pg_roles where rolname = %s", [role])
                kind = "login" if login else "nologin"
                is_new = cursor.fetchone() is None
                if is_new:
                    cursor.execute(
                        f'create role "{role}" {kind} nosuperuser nocreatedb nocreaterole noinherit nobypassrls'
                    )
                if login and (is_new or may_all):
                    # Row policies make a page's query look costly: it would be compiled for longer than it runs.
                    cursor.execute(f'alter role "{role}" set jit = off')
            if not may_all:
                # So that a plain owner may hand functions to them.
                cursor.execute(f'grant "{GATE}", "{ERASER}", "{MEASURES}" to "{owner}"')
            for name in IDENTITIES:
                cursor.execute(f'grant "{name}" to "{WORKER}"')
            for role, password in (passwords or {}).items():
                literal = password.replace("'", "''")
                cursor.execute(f"alter role \"{role}\" password '{literal}'")
        finally:
            cursor.execute("select pg_advisory_unlock(712001)")
