"""A database for a test run: a copy of one that is migrated once and kept until a migration or the pack changes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import LiteralString

import psycopg
from django.db import connections
from psycopg import sql

from hearth.config import stamps
from hearth.config.addresses import Addresses, make_sign_in_roles, opens, server_addresses, with_database
from hearth.config.postgres import Cluster
from hearth.foundation.core.roles import WEB, WORKER, ensure_roles

# Advisory locks: one process builds, the others wait and then copy.
BUILDING, MAKING = 712002, 712003
KEPT = 3


def addresses_of(name: str, cluster: Cluster | None, given: str = "") -> Addresses:
    """The ways into a database of that name, in our own cluster or on the server that DATABASE_URL gives."""
    if cluster is not None:
        return Addresses(cluster.url(name), cluster.url(name, WEB), cluster.url(name, WORKER))
    server = server_addresses(given)
    return Addresses(*(with_database(url, name) for url in (server.owner, server.web, server.worker)))


def test_database_name() -> str:
    """Every process of a parallel run has a database of its own."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    return os.environ.get("HEARTH_TEST_DATABASE", "test_hearth") + (f"_{process}" if process else "")


@contextmanager
def fresh_database(addresses: Addresses, cluster: Cluster | None, like: str = "") -> Iterator[None]:
    """A new copy of the template, or of the database that is named, gone when the run ends."""
    with cluster.in_use() if cluster else nullcontext():
        server_url = with_database(addresses.owner, "postgres")
        if cluster is None and not opens(with_database(addresses.web, "postgres")):
            make_sign_in_roles(server_url)
        with psycopg.connect(server_url, autocommit=True) as server:
            _copy(server, like or _template(server, addresses), addresses.database)
        yield
        with psycopg.connect(server_url, autocommit=True) as server:
            _drop(server, addresses.database)


@contextmanager
def beside(name: str, cluster: Cluster | None, given: str = "", like: str = "") -> Iterator[Addresses]:
    """A fresh database beside the run's own, where every connection of this process goes, until the end."""
    addresses = addresses_of(f"{test_database_name()}_{name}", cluster, given)
    with fresh_database(addresses, cluster, like), going_to(addresses.database):
        yield addresses


@contextmanager
def one_at_a_time(addresses: Addresses, cluster: Cluster | None) -> Iterator[None]:
    """While this process makes what all processes of a run use, the others wait."""
    with (
        cluster.in_use() if cluster else nullcontext(),
        psycopg.connect(with_database(addresses.owner, "postgres"), autocommit=True) as server,
    ):
        server.execute("select pg_advisory_lock(%s)", [MAKING])
        yield


@contextmanager
def keep_for_copies(addresses: Addresses) -> Iterator[None]:
    """An empty copy of the template under that name, which stays: filled by whoever asks, then closed to all."""
    with psycopg.connect(with_database(addresses.owner, "postgres"), autocommit=True) as server:
        _copy(server, _template(server, addresses), addresses.database)
        with going_to(addresses.database):
            yield
        _do(server, "alter database {} with allow_connections false", addresses.database)


@contextmanager
def going_to(name: str) -> Iterator[None]:
    """Every connection of this process goes to that database, until the end."""
    before = {alias: connections.settings[alias]["NAME"] for alias in connections}
    _go_to(dict.fromkeys(before, name))
    try:
        yield
    finally:
        _go_to(before)


def _go_to(names: dict[str, str]) -> None:
    connections.close_all()
    for alias, name in names.items():
        connections.settings[alias]["NAME"] = name


def rows_of(owner: str) -> dict[str, int]:
    """How many rows each table of a database has."""
    with psycopg.connect(owner) as connection:
        tables = connection.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname"
        )
        count = sql.SQL("select count(*) from {}")
        counts = [(table, connection.execute(count.format(sql.Identifier(table))).fetchone()) for (table,) in tables]
    return {table: row[0] for table, row in counts if row}


def _template(server: psycopg.Connection, addresses: Addresses) -> str:
    """The name of a database that is set up as the code now says, made if there is none."""
    name = f"hearth_template_{stamps.digest((*stamps.SCHEMA, *stamps.CONTENT))}"
    server.execute("select pg_advisory_lock(%s)", [BUILDING])
    try:
        if not server.execute("select 1 from pg_database where datname = %s and datistemplate", [name]).fetchone():
            _build(server, name, addresses)
            _forget_old_templates(server)
    finally:
        server.execute("select pg_advisory_unlock(%s)", [BUILDING])
    return name


def _build(server: psycopg.Connection, name: str, addresses: Addresses) -> None:
    ensure_roles(server)
    _drop(server, name)
    _do(server, "create database {}", name)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
        "DATABASE_OWNER_URL": with_database(addresses.owner, name),
        "DATABASE_WEB_URL": with_database(addresses.web, name),
        "DATABASE_WORKER_URL": with_database(addresses.worker, name),
    }
    command = [sys.executable, "-m", "tests.template"]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=stamps.ROOT
    )
    if done.returncode != 0:
        raise RuntimeError(f"The test database could not be set up:\n{done.stdout[-6000:]}")
    # No connections: nothing can change a template, and nothing can be in the way of copying it.
    _do(server, "alter database {} with is_template true allow_connections false", name)


def _forget_old_templates(server: psycopg.Connection) -> None:
    rows = server.execute(
        "select datname from pg_database where datistemplate and datname like 'hearth\\_template\\_%'"
    )
    names = sorted((name for (name,) in rows.fetchall()), key=lambda name: _made_at(server, name), reverse=True)
    for name in names[KEPT:]:
        _do(server, "alter database {} with is_template false", name)
        _drop(server, name)


def _comment(server: psycopg.Connection, name: str) -> str:
    """What a database says was done to it (hearth/config/stamps.py): a copy was set up as the template was."""
    row = server.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name])
    return str((row.fetchone() or [""])[0])


def _made_at(server: psycopg.Connection, name: str) -> str:
    try:
        return str(json.loads(_comment(server, name))["made_at"])
    except (ValueError, KeyError, TypeError):
        return ""


def _copy(server: psycopg.Connection, of: str, name: str) -> None:
    _drop(server, name)
    _do(server, "create database {} template {}", name, of)
    _do(server, "comment on database {} is {}", name, sql.Literal(_comment(server, of)))


def _drop(server: psycopg.Connection, name: str) -> None:
    _do(server, "drop database if exists {} with (force)", name)


def _do(server: psycopg.Connection, statement: LiteralString, *parts: str | sql.Composable) -> None:
    """Run a statement about databases, whose names no placeholder can carry."""
    filled = [part if isinstance(part, sql.Composable) else sql.Identifier(part) for part in parts]
    server.execute(sql.SQL(statement).format(*filled))
