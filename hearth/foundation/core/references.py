"""References: what people read out on the telephone, and the only key that appears in an address."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

# No 0/O, 1/I/L, 5/S, 2/Z, 8/B or vowels: nothing to mishear, and no words by accident.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 7
TRIES = 5
PATTERN = re.compile(rf"^[A-Z]{{1,3}}-[{ALPHABET}]{{{LENGTH}}}$")


def new_reference(prefix: str) -> str:
    """A reference such as EH-4F7K3QX: 22^7 (2.5 thousand million) for each prefix."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_reference(typed: str) -> str:
    """The reference somebody typed: in small letters, with spaces, with another dash or none. Empty for anything else."""
    letters = re.sub(r"[\s\u2010-\u2015-]", "", typed[:30]).upper()
    found = f"{letters[:-LENGTH]}-{letters[-LENGTH:]}"
    return found if PATTERN.match(found) else ""


class Drawn(str):
    """A reference that chance drew: where it is taken, another does as well (`Record.save` draws it)."""

    __slots__ = ()


def drawn_reference(prefix: str) -> Drawn:
    """A reference for a new row. Whether it is free the unique index alone knows: rows hidden from the writer have theirs too."""
    return Drawn(new_reference(prefix))


def until_free(row: Any, save: Callable[[], None], using: str | None = None) -> None:
    """Save a new row; while the index says that its reference is taken, draw another and save again.

    Raises RuntimeError after `TRIES` collisions, which is a fault and not chance.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic(using=using):
                save()
            return
        except IntegrityError as fault:
            if not _is_taken(fault):
                raise
            row.reference = drawn_reference(row.reference.split("-")[0])
    raise RuntimeError(f"No free reference for {row._meta.verbose_name} in {TRIES} tries.")


def _is_taken(fault: IntegrityError) -> bool:
    """Whether it was a reference that is there already, and nothing else."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    return "_reference_" in (getattr(diagnosis, "constraint_name", None) or "")
