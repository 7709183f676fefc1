"""The database's own roles. The web role owns nothing and cannot pass a row policy."""

from typing import Any

GATE = "hearth_gate"
WEB = "hearth_web"
WORKER = "hearth_worker"
ERASER = "hearth_eraser"  # owns the one function that deletes a record with its history; nobody can become it
RETENTION = "hearth_retention"  # finds what has passed its time
# Background identities: entered with SET LOCAL ROLE by the worker, each granted only the columns it needs.
IDENTITIES = (
    "hearth_messages", "hearth_tidying", "hearth_documents", "hearth_linkage", "hearth_insight", "hearth_casework",
    RETENTION,
)  # fmt: skip


def ensure_roles(connection: Any, passwords: dict[str, str] | None = None) -> None:
    """Create the cluster's roles where they are missing (safe to run twice, and by two processes at once).

    `connection` is any DB-API connection of a role that may create roles. `passwords` gives hearth_web and
    hearth_worker a password where sign-in to the server needs one.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(712001)")
        try:
            for role, login in (
                (GATE, False),
                (ERASER, False),
                (WEB, True),
                (WORKER, True),
                *((name, False) for name in IDENTITIES),
            ):
                cursor.execute("select 1 from pg_roles where rolname = %s", [role])
                kind = "login" if login else "nologin"
                if cursor.fetchone() is None:
                    cursor.execute(
                        f'create role "{role}" {kind} nosuperuser nocreatedb nocreaterole noinherit nobypassrls'
                    )
            cursor.execute("select current_user::text")
            owner = cursor.fetchone()[0]
            cursor.execute("select rolsuper from pg_roles where rolname = %s", [owner])
            if not cursor.fetchone()[0]:
                cursor.execute(
                    f'grant "{GATE}", "{ERASER}" to "{owner}"'
                )  # so that a plain owner may hand functions to them
            for name in IDENTITIES:
                cursor.execute(f'grant "{name}" to "{WORKER}"')
            for role, password in (passwords or {}).items():
                literal = password.replace("'", "''")
                cursor.execute(f"alter role \"{role}\" password '{literal}'")
        finally:
            cursor.execute("select pg_advisory_unlock(712001)")
