"""The columnar files: where they are, written whole or not at all, and admitted by their row alone. Only the worker and commands come here."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from hearth.foundation.core.refusals import Refusal, refuse

PIECE = 1 << 22


class Kept(Protocol):
    """A load, as far as its files go."""

    id: Any
    reference: str
    rows_hash: str


def folder_of(load: Kept) -> Path:
    """The folder of a load's files."""
    return Path(settings.FEEDS_FOLDER) / str(load.id)


def make_folder(load: Kept) -> Path:
    """The same, made, and closed to others on the machine."""
    folder = folder_of(load)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def rows_path(load: Kept) -> Path:
    """What a load holds."""
    return folder_of(load) / "rows.parquet"


def staged_path(load: Kept) -> Path:
    """A load's file as it was read, until it is committed or given up."""
    return folder_of(load) / "staged.parquet"


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def put_in_place(made: Path, place: Path) -> None:
    """Name a finished file as what it is: whoever is stopped before this has made nothing."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(place)


def admitted(load: Kept) -> Path:
    """The columnar file of a load, the very one its row speaks of. Raises Refused."""
    path = rows_path(load)
    if not path.is_file() or hash_of(path) != load.rows_hash:
        refuse(
            Refusal(
                "feeds.file_changed",
                f"What is held by {load.reference} is missing, or is not what was admitted, so nothing is read from it. "
                "Ask whoever runs the service to restore the folder of feeds, or take that load back.",
            )
        )
    return path


def let_go_of_staged(load: Kept) -> None:
    """Everything but what is held."""
    folder = folder_of(load)
    for path in folder.glob("*") if folder.is_dir() else ():
        if path != rows_path(load):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def let_go(load: Kept) -> None:
    """All files of a load."""
    shutil.rmtree(folder_of(load), ignore_errors=True)
