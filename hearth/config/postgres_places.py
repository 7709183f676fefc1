"""Where a PostgreSQL of our own keeps its data, its socket and, if need be, a copy of its programs.

Run by root from a private home folder, PostgreSQL's own account cannot reach any of them: they then live in /var/lib.
Nobody's home folder is ever opened to others.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from hearth.config.postgres_programs import Account, PostgresProblem, Programs, account, may_reach

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # the system's limit is 103 bytes on macOS and 107 on Linux
SHARED = Path("/var/lib")


def lock_file(folder: Path, purpose: str) -> IO[str]:
    """The open file whose lock is for that purpose; the system lets go of the lock if we are killed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return open(folder.with_name(f"{folder.name}.{purpose}"), "a")


@contextmanager
def only_one(folder: Path, purpose: str) -> Iterator[None]:
    """One process at a time does this to `folder`."""
    with lock_file(folder, purpose) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _tag(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


@cache
def data_folder(folder: Path) -> Path:
    """Where the data really is: `folder`, or a place that PostgreSQL's account can reach, which `folder` points to."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with only_one(folder, "placing"):
        if folder.is_symlink():
            data = Path(os.readlink(folder))
            open_folder(data.parent.name, data.parent.parent)
            return data
        if may_reach(folder.parent, account()):
            return folder
        data = open_folder(f"hearth-{_tag(folder)}") / "postgres"
        folder.symlink_to(data)
        return data


def socket_folder(data: Path) -> Path:
    """Where the socket is: with the data, or in a temporary folder if that name is too long or reads as two hosts."""
    if len(os.fsencode(data / SOCKET)) <= LONGEST_SOCKET and "," not in str(data):
        return data
    return Path(tempfile.gettempdir()) / f"hearth-{_tag(data)}"


def ready_socket_folder(folder: Path, who: Account | None) -> None:
    """A socket folder apart from the data is made private, and refused if somebody else made it first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid not in {os.geteuid(), who.uid if who else os.geteuid()}:
        raise PostgresProblem(f"{folder} belongs to somebody else. Set HEARTH_VAR to a folder with a shorter name.")
    folder.chmod(0o700)
    if who:
        os.chown(folder, who.uid, who.gid)


def open_folder(name: str, *places: Path) -> Path:
    """A folder of ours that PostgreSQL's account can reach although the product lies in a private home folder."""
    for place in places or (SHARED, Path(tempfile.gettempdir())):
        folder = place / name
        try:
            folder.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        if folder.is_symlink() or folder.lstat().st_uid != os.geteuid():
            continue
        folder.chmod(0o755)
        if may_reach(folder, account()):
            return folder
    raise PostgresProblem(
        "PostgreSQL's account can reach no folder here. Set HEARTH_VAR to one that it can, for example /srv/hearth."
    )


def reachable_programs(programs: Programs, who: Account | None, folder: Path) -> Programs:
    """The programs themselves, or a copy of them where that account can run them."""
    if may_reach(programs.bindir / "postgres", who):
        return programs
    install = programs.bindir.parent
    package = install.parent
    made_at = int((programs.bindir / "postgres").stat().st_mtime)
    copy = open_folder(f"hearth-{_tag(folder.absolute())}") / f"programs-{programs.major}-{made_at}"
    if not copy.exists():
        new = copy.with_name(copy.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        # Programs find their libraries by the way from one to the other, so a wheel's two folders stay side by side.
        for part in (install, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, new / part.relative_to(package.parent), symlinks=True)
        _open_to_all(new)
        new.rename(copy)
    return Programs(copy / package.name / install.name / programs.bindir.name, programs.major)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
