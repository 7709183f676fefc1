"""The weights the look-up was shipped with, as SQL. `python -m benchmarks.look_up_weights` learns them again."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

STEPS = 16


@cache
def shipped() -> dict[str, Any]:
    """What weights.json says: its version, what it was learned on, and bits by attribute, level and step of rarity."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return found


def bits(attribute: str, kind: str, *, by_step: bool) -> str:
    """SQL for the bits of every level of an attribute (from 0, no data), one after the other; `by_step`, at every step of rarity."""
    rows = [[0.0], *shipped()["attributes"][attribute][kind]]
    flat = [value for row in rows for value in (row * (STEPS // len(row)) if by_step else row[:1])]
    return "'{" + ",".join(f"{value:g}" for value in flat) + "}'::float8[]"


def others(kind: str) -> float:
    """How many there are of a kind (household, twins) for each true pair."""
    return float(shipped()["others"][kind])
