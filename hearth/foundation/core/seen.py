"""What somebody saw of rows that have no version, in a few letters: the form carries it, and the action compares."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from hearth.foundation.core.refusals import Conflict


def seen_of(*told: Any) -> str:
    """The letters for these values."""
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()[:32]


def seen_in(row: Any, names: Iterable[str]) -> str:
    """The letters for what these columns of a row say."""
    return seen_of([(name, getattr(row, name)) for name in sorted(names)])


def write_seen(
    row: Any, seen: str | None, typed: Mapping[str, Any], said: Mapping[str, Any] | None = None
) -> list[str]:
    """Write what was typed into a row that is held, if nobody changed it since its writer saw it; which columns changed.

    Raises Conflict with both texts otherwise. Without `seen` nobody had a page open. `said` has, by column, a function that puts a value into words.
    """
    changed = [name for name, value in typed.items() if getattr(row, name) != value]
    if changed and seen is not None and seen != seen_in(row, typed):
        words = said or {}
        texts = {}
        for name in changed:
            say = words.get(name)
            both = (getattr(row, name), typed[name])
            # Text goes under its field's name, so that it can be put back with a button; anything else under a label.
            key = name if say is None else name.replace("_", " ").capitalize()
            texts[key] = (str(both[0] or ""), str(both[1] or "")) if say is None else (say(both[0]), say(both[1]))
        raise Conflict(texts)
    for name, value in typed.items():
        setattr(row, name, value)
    return changed
