"""The practice pack: what differs between authorities, as data in practice/<authority>/. Rooms import it from here."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from django.conf import settings

from hearth.foundation.core.packs.load import PackError, check, load_pack
from hearth.foundation.core.packs.whole import Pack

__all__ = ["Pack", "PackError", "check", "find", "label_of", "load_pack", "offered", "pack"]


class Coded(Protocol):
    """Anything in a pack with a code and words for it."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str: ...


T = TypeVar("T", bound=Coded)


@lru_cache(maxsize=8)
def _pack_in(folder: Path) -> Pack:
    return load_pack(folder)


def pack() -> Pack:
    """The checked pack of settings.PRACTICE, read once in each process."""
    return _pack_in(Path(settings.PRACTICE_DIR) / settings.PRACTICE)


def offered(things: Iterable[Coded]) -> list[tuple[str, str]]:
    """(code, label) of everything that is not retired: the choices of a form field."""
    return [(thing.code, thing.label) for thing in things if not getattr(thing, "retired", False)]


def find(things: Iterable[T], code: str) -> T | None:
    """The thing with that code, retired or not."""
    return next((thing for thing in things if thing.code == code), None)


def label_of(things: Iterable[Coded], code: str) -> str:
    """The words for a stored code; the code itself where the pack has lost it, so that old records show something."""
    found = find(things, code)
    return found.label if found else code
