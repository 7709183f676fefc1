"""DATABASE_URL: the product on a server that somebody else looks after, as an owner who is no superuser."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hearth.config import addresses as ways
from hearth.config.postgres import Cluster
from tests.browser.product import COMMAND, environment, free_port

ASKS_FOR_PASSWORDS = "local all postgres trust\nlocal all all scram-sha-256\n"


@dataclass(frozen=True)
class Server:
    """A server that wants passwords, and the address of a database's owner on it."""

    cluster: Cluster
    owner: str
    var: Path

    def hearth(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        variables = environment(self.var, free_port(), DATABASE_URL=self.owner, HEARTH_FAMILIES="3", **more)
        return subprocess.run([*COMMAND, *arguments], env=variables, capture_output=True, text=True, timeout=300)

    def ask(self, question: str, url: str = "") -> list[tuple[Any, ...]]:
        with psycopg.connect(url or self.cluster.url("council"), autocommit=True) as connection:
            return connection.execute(question).fetchall()

    def administer(self, statement: str) -> None:
        """Done by the server's administrator."""
        with psycopg.connect(self.cluster.url("council"), autocommit=True) as connection:
            connection.execute(statement)

    def kept(self, role: str) -> str:
        """The address of a sign-in role, with the password that the installation made for it."""
        password = (self.var / f"password-hearth_{role}").read_text()
        return self.owner.replace("council_owner:owners-own", f"hearth_{role}:{password}")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A database called council, and its owner, who may make roles and nothing more."""
    home = Path(tempfile.mkdtemp(prefix="hearth-server-"))
    home.chmod(0o755)
    cluster = Cluster(home / "postgres", for_tests=True)
    with cluster.in_use():
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("create role council_owner login createrole password 'owners-own'")
            connection.execute("create database council owner council_owner")
            (cluster.data / "pg_hba.conf").write_text(ASKS_FOR_PASSWORDS)
            connection.execute("select pg_reload_conf()")
        owner = cluster.url("council", "council_owner").replace("council_owner@", "council_owner:owners-own@")
        made = Server(cluster, owner, home / "var")
        done = made.hearth("setup", "--tables-only", HEARTH_DEMONSTRATION="0")
        assert (done.returncode, done.stderr) == (0, "")
        yield made
    shutil.rmtree(home, ignore_errors=True)


def test_an_owner_who_is_no_superuser_can_set_it_up(server: Server) -> None:
    assert server.ask("select count(*) > 100 from django_migrations") == [(True,)]
    owners = server.ask("select distinct tableowner from pg_tables where schemaname = 'public'")
    assert owners == [("council_owner",)]


@pytest.mark.parametrize("role", ["web", "worker"])
def test_the_sign_in_roles_get_passwords_that_only_we_can_read(server: Server, role: str) -> None:
    assert (server.var / f"password-hearth_{role}").stat().st_mode & 0o777 == 0o600
    assert server.ask("select current_user::text", server.kept(role)) == [(f"hearth_{role}",)]
    wrong = server.kept(role).replace(f"hearth_{role}:", f"hearth_{role}:not-")
    with pytest.raises(psycopg.OperationalError):
        server.ask("select 1", wrong)


@pytest.mark.parametrize("role", ["web", "worker"])
def test_queries_of_the_sign_in_roles_are_never_compiled(server: Server, role: str) -> None:
    assert server.ask("show jit", server.kept(role)) == [("off",)]


def test_what_the_web_role_sees_without_a_reader_is_nothing(server: Server) -> None:
    assert server.ask("select count(*) from people_family", server.kept("web")) == [(0,)]
    assert server.ask("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'hearth_web'") == [
        (False, False, False)
    ]


def test_a_database_in_real_use_never_gets_invented_people(server: Server) -> None:
    for verb in (["run"], ["seed", "--families", "2"], ["demo", "sign-ins", "--json"]):
        refused = server.hearth(*verb)
        assert refused.returncode != 0
        assert "in real use" in refused.stderr
        assert refused.stdout == ""
    assert server.ask("select count(*) from accounts_user where email like '%.example.org'") == [(0,)]


def test_one_authority_s_database_is_not_taken_for_another_s(server: Server) -> None:
    refused = server.hearth("setup", "--tables-only", HEARTH_DEMONSTRATION="0", PRACTICE="essex")
    assert refused.returncode != 0
    assert "This database holds lancashire, and PRACTICE asks for essex" in refused.stderr


def test_lost_passwords_are_made_again(server: Server) -> None:
    (server.var / "password-hearth_web").unlink()
    assert server.hearth("setup", "--tables-only", HEARTH_DEMONSTRATION="0").returncode == 0
    assert server.ask("select current_user::text", server.kept("web")) == [("hearth_web",)]


def test_a_role_that_a_newer_version_wants_is_made_where_the_passwords_still_open(server: Server) -> None:
    server.administer("alter role hearth_measures rename to hearth_before")
    try:
        done = server.hearth("setup", "--tables-only", HEARTH_DEMONSTRATION="0")
        assert (done.returncode, done.stderr) == (0, "")
        made = "select rolcanlogin, rolbypassrls from pg_roles where rolname = 'hearth_measures'"
        assert server.ask(made) == [(False, False)]
    finally:
        server.administer("drop role if exists hearth_measures")
        server.administer("alter role hearth_before rename to hearth_measures")


def test_the_web_process_is_never_told_the_owner_s_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from hearth.config.launch import environment_for

    monkeypatch.setenv("DATABASE_URL", server.owner)
    monkeypatch.setenv("DATABASE_OWNER_URL", server.owner)
    assert "owners-own" not in str(environment_for(server.kept("web")))


def test_an_address_that_leaves_the_web_role_out_opens_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from hearth.config.environment import databases

    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", server.owner)
    made = databases(server.var)
    assert {made[name]["USER"] for name in ("default", "audit")} == {"hearth_web"}
    assert {made[name]["PASSWORD"] for name in ("default", "audit")} == {""}


def test_an_address_without_a_name_gets_the_practice_s_database(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_WEB_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HEARTH_VAR", str(server.var))
    monkeypatch.setenv("PRACTICE", "stockton")
    nameless = server.cluster.url("").replace("/?", "?", 1)
    made = ways.on_a_server(nameless)
    assert made.database == "hearth_stockton"
    assert server.ask("select current_database()::text", made.owner) == [("hearth_stockton",)]
    assert ways.on_a_server(nameless) == made


def test_the_first_administrator_gets_a_link_and_the_second_is_refused(server: Server) -> None:
    asked = ("first-administrator", "--name", "Mary Example", "--email", "Mary@Example.org")
    said = server.hearth(*asked, HEARTH_DEMONSTRATION="0", HEARTH_ADDRESS="https://hearth.example.org")
    assert said.stderr == ""
    assert "https://hearth.example.org/choose-password/" in said.stdout
    token = said.stdout.strip().rsplit("/", 2)[-2]
    assert server.ask("select email, role from accounts_user u join accounts_appointment a on a.user_id = u.id") == [
        ("mary@example.org", "administrator")
    ]
    assert token not in str(server.ask("select row_to_json(l) from accounts_signinlink l"))
    assert server.ask("select verb, actor_name from audit_auditevent") == [
        ("accounts.first_administrator_opened", "system:installer")
    ]
    again = server.hearth(*asked, HEARTH_DEMONSTRATION="0")
    assert again.returncode != 0
    assert "There is an administrator already" in again.stderr


@pytest.mark.parametrize(
    ("more", "sentence"),
    [(("--name", "Mary", "--email", "mary"), "not an e-mail"), (("--name", " ", "--email", "m@example.org"), "--name")],
)
def test_a_first_administrator_without_a_name_or_an_address_is_refused(
    server: Server, more: tuple[str, ...], sentence: str
) -> None:
    refused = server.hearth("first-administrator", *more, HEARTH_DEMONSTRATION="0")
    assert refused.returncode != 0
    assert sentence in refused.stderr
