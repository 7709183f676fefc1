"""The house holds its shape: sizes, docstrings, layers inside a room, forms only in forms."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.architecture.rooms import HEARTH, ROOT, imports, packages, python_files

LONGEST = 400
# Inside a room a file may import only what stands after it; views and jobs do not import each other.
ORDER = ["urls", "views", "jobs", "forms", "actions", "queries", "rules", "models"]
MODULES = sorted(python_files())


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _of_kind(*kinds: str) -> list[Path]:
    found = [path for path in MODULES if path.stem in kinds]
    assert len(found) > 5, f"There are hardly any {kinds} to look at."
    return found


def _files() -> Iterator[Path]:
    """Every Python file that is ours, migrations apart."""
    for top in ROOT.iterdir():
        if top.name not in (".venv", "var"):
            yield from [top] if top.suffix == ".py" else top.rglob("*.py")


@cache
def _read(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_no_file_is_longer_than_400_lines() -> None:
    lines = {_name(path): len(path.read_text().splitlines()) for path in _files() if "migrations" not in path.parts}
    assert len(lines) > len(MODULES)
    assert {name: many for name, many in lines.items() if many > LONGEST} == {}


def test_every_room_says_what_it_is() -> None:
    rooms = [package / "__init__.py" for package in packages()]
    assert len(rooms) > 30
    assert [_name(path) for path in rooms if not (ast.get_docstring(_read(path)) or "").strip()] == []


def test_every_file_says_what_it_is() -> None:
    assert [_name(path) for path in MODULES if not ast.get_docstring(_read(path))] == []


def test_every_public_function_and_class_says_what_it_does() -> None:
    silent = [
        f"{_name(path)}: {node.name}"
        for path in MODULES
        for node in _read(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_a_file_of_a_room_imports_only_what_stands_below_it_in_the_room() -> None:
    wrong = []
    for path in _of_kind(*ORDER):
        room = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
        above = ["urls", "views"] if path.stem == "jobs" else ORDER[: ORDER.index(path.stem)]
        if path.stem == "views":
            above = [*above, "jobs"]
        names = [name for name in imports(path) if any(name.startswith(f"{room}.{layer}") for layer in above)]
        wrong += [f"{_name(path)}: {name}" for name in names]
    assert wrong == []


def test_views_never_import_models() -> None:
    wrong = {_name(path): name for path in _of_kind("views") for name in imports(path) if _is_of_models(name)}
    assert wrong == {}


def _is_of_models(name: str) -> bool:
    return name.startswith("hearth.") and ".models" in name


def test_only_forms_and_the_ui_know_djangos_forms() -> None:
    others = [path for path in MODULES if path.stem != "forms" and not {"forms", "ui"} & set(path.parts)]
    wrong = {_name(path): name for path in others for name in imports(path) if f"{name}.".startswith("django.forms.")}
    assert wrong == {}


def test_nothing_is_called_helper_or_manager_class() -> None:
    vague = ("utils", "helpers", "common", "services", "repositories", "signals")
    assert [_name(path) for path in MODULES if path.stem in vague] == []


def test_every_action_says_who_does_it() -> None:
    seen = 0
    for path in _of_kind("actions"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, work in vars(module).items():
            if getattr(work, "is_action", False) and work.__module__ == module.__name__:
                parameters = list(inspect.signature(work).parameters.values())
                assert parameters[0].name == "by", f"{module.__name__}.{name}: by comes first"
                assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters), (
                    f"{module.__name__}.{name}: keyword-only"
                )
                seen += 1
    assert seen > 100


def test_the_cellar_and_the_roof_are_where_they_should_be() -> None:
    assert (HEARTH / "config").is_dir() and (HEARTH / "foundation" / "core").is_dir()
