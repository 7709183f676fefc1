"""Which database this installation uses, and as whom: a server that DATABASE_URL names, or a PostgreSQL of our own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from hearth.config.environment import SettingError, flag
from hearth.config.postgres import Cluster
from hearth.foundation.core.roles import WEB, WORKER, ensure_roles, roles_are_there

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Addresses:
    """Three ways into one database: the owner migrates, the other two obey row-level security."""

    owner: str
    web: str
    worker: str

    @property
    def database(self) -> str:
        """The database's name."""
        return urlsplit(self.owner).path.lstrip("/")


def var() -> Path:
    """Where this installation keeps what it makes: data, secrets, static files."""
    return Path(os.environ.get("HEARTH_VAR") or ROOT / "var").absolute()


def practice_folder() -> Path:
    """Where the practice packs are."""
    return Path(os.environ.get("HEARTH_PRACTICE_DIR") or ROOT / "practice")


def practice() -> str:
    """Which authority this is: the name of a folder of practice packs."""
    asked = os.environ.get("PRACTICE") or "lancashire"
    packs = practice_folder()
    there = sorted(path.parent.name for path in packs.glob("*/authority.toml"))
    if asked not in there:
        raise SettingError(f"PRACTICE is {asked!r}, and the packs in {packs} are: {', '.join(there) or 'none'}.")
    return asked


def own_cluster() -> Cluster:
    """The PostgreSQL of our own, for a demonstration."""
    return Cluster(var() / "postgres")


def server_given() -> str:
    """The owner's address of a server that somebody else looks after, or nothing."""
    return os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""


@contextmanager
def database_in_use(*, demonstration: bool) -> Iterator[Addresses]:
    """The database, with its roles, for as long as it is needed; a PostgreSQL of our own is started and stopped."""
    os.environ["HEARTH_DEMONSTRATION"] = "1" if demonstration else "0"  # settings, and our children, hear the same
    if server_given():
        yield on_a_server(server_given())
        return
    if not demonstration:
        raise SettingError(
            "Set DATABASE_URL to the owner's postgresql:// address of your database server. "
            "The PostgreSQL that comes with the product is for demonstrations only (HEARTH_DEMONSTRATION=1)."
        )
    name = f"hearth_{practice()}"
    with own_cluster().in_use() as cluster:
        make_database(cluster.url("postgres"), name)
        yield Addresses(cluster.url(name), cluster.url(name, WEB), cluster.url(name, WORKER))


def on_a_server(owner: str) -> Addresses:
    """The addresses on a given server, made ready: every role exists, and the passwords of the two that sign in open it."""
    if urlsplit(owner).scheme not in ("postgres", "postgresql"):
        raise SettingError(
            "DATABASE_URL must start with postgresql://, for example postgresql://hearth_owner:secret@db.example/hearth"
        )
    if not urlsplit(owner).path.strip("/"):
        name = f"hearth_{practice()}"
        make_database(with_database(owner, "postgres"), name)
        owner = with_database(owner, name)
    addresses = server_addresses(owner)
    if not (opens(addresses.web) and opens(addresses.worker) and _has_every_role(owner)):
        make_sign_in_roles(owner)
    return addresses


def _has_every_role(owner: str) -> bool:
    with psycopg.connect(owner, connect_timeout=15) as connection:
        return roles_are_there(connection)


def server_addresses(owner: str) -> Addresses:
    """The owner's address with the two sign-in roles put in its place, unless their addresses are given."""
    web = os.environ.get("DATABASE_WEB_URL") or _as_user(owner, WEB, _password(WEB))
    worker = os.environ.get("DATABASE_WORKER_URL") or _as_user(owner, WORKER, _password(WORKER))
    return Addresses(owner, web, worker)


def make_sign_in_roles(owner: str) -> None:
    """The cluster's roles, with the passwords we keep for those whose address is not given."""
    kept = {
        role: _password(role)
        for role in (WEB, WORKER)
        if not os.environ.get(f"DATABASE_{role.removeprefix('hearth_').upper()}_URL")
    }
    with psycopg.connect(owner, autocommit=True, connect_timeout=15) as connection:
        ensure_roles(connection, kept)


def make_database(server: str, name: str) -> None:
    """The roles of the cluster, and an empty database if there is none of that name."""
    with psycopg.connect(server, autocommit=True, connect_timeout=15) as connection:
        ensure_roles(connection)
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # another was quicker
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/" + quote(name, safe=""), parts.query, ""))


def _as_user(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    where = f"{user}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, where, parts.path, parts.query, ""))


def opens(url: str) -> bool:
    """True if somebody may sign in with that address."""
    try:
        psycopg.connect(url, connect_timeout=15).close()
    except psycopg.OperationalError:
        return False
    return True


def _password(role: str) -> str:
    """That role's password, made once and kept where only we can read it."""
    kept = var() / f"password-{role}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(24))
        made.replace(kept)
    return kept.read_text().strip()


def demonstration(*, default: bool | None = None) -> bool:
    """True if this is an invented authority, which anybody may try. A PostgreSQL of our own is for nothing else."""
    return flag("HEARTH_DEMONSTRATION", default=not server_given() if default is None else default)
