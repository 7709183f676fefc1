"""What the architecture tests walk: rooms, their files and their imports."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEARTH = ROOT / "hearth"


def python_files() -> list[Path]:
    """Every Python file of the product; not migrations, not tests."""
    return [
        path
        for path in sorted(HEARTH.rglob("*.py"))
        if "migrations" not in path.parts and "tests" not in path.parts and path.name != "conftest.py"
    ]


def packages() -> list[Path]:
    """Every folder that is a package: a floor, a room, or a noun split out of one."""
    return [
        path.parent for path in sorted(HEARTH.rglob("__init__.py")) if not {"migrations", "tests"} & set(path.parts)
    ]


def imports(path: Path) -> Iterator[str]:
    """Full names of what a file imports, functions' own imports included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def floors() -> dict[str, tuple[int, ...]]:
    """Each room's height, from the contracts import-linter reads: compare two tuples, the smaller is the lower."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    heights: dict[str, tuple[int, ...]] = {"hearth": ()}
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    for contract in sorted(layered, key=lambda c: len(c["containers"][0])):
        (container,) = contract["containers"]
        for height, layer in enumerate(reversed(contract["layers"])):
            for name in layer.split("|"):
                heights[f"{container}.{name.strip()}"] = (*heights[container], height)
    return heights


def room_of(module: str) -> str:
    """The room that a module lies in: the last part of its name that the contracts know a floor of."""
    heights = floors()
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if ".".join(parts[:length]) in heights:
            return ".".join(parts[:length])
    raise KeyError(module)


def floor_of(module: str) -> tuple[int, ...]:
    """The height of the room that a module lies in."""
    return floors()[room_of(module)]
