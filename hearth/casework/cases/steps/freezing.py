"""How a pack is frozen: the same items always give the same digest, so that anybody can show that nothing changed."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest_of(kind: str, title: str, html: str, data: Any) -> str:
    """The SHA-256 of one item: its data in one order, and how it read."""
    text = json.dumps([kind, title, html, data], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """The SHA-256 of a whole pack, in its order."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
