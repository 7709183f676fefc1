"""References: what people read out on the telephone, and the only key that appears in an address."""

import re
import secrets

from django.db import models

# No 0/O, 1/I/L, 5/S, 2/Z, 8/B or vowels: nothing to mishear, and no words by accident.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 7
PATTERN = re.compile(rf"^[A-Z]{{1,3}}-[{ALPHABET}]{{{LENGTH}}}$")


def new_reference(prefix: str) -> str:
    """A reference such as EH-4F7K3QX: 22^7 (2.5 thousand million) for each prefix."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_reference(typed: str) -> str:
    """The reference somebody typed: in small letters, with spaces, with another dash or none. Empty for anything else."""
    letters = re.sub(r"[\s\u2010-\u2015-]", "", typed[:30]).upper()
    found = f"{letters[:-LENGTH]}-{letters[-LENGTH:]}"
    return found if PATTERN.match(found) else ""


def free_reference(model: type[models.Model], prefix: str, tries: int = 5) -> str:
    """A reference that no row the reader can see holds; the unique index decides the rest.

    Raises RuntimeError after `tries` collisions, which is a fault and not chance.
    """
    for _ in range(tries):
        reference = new_reference(prefix)
        if not model._default_manager.filter(reference=reference).exists():
            return reference
    raise RuntimeError(f"No free reference for {prefix} in {tries} tries.")
