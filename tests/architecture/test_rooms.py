"""The house holds its shape: sizes, docstrings, layers inside a room, forms only in forms."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.rooms import HEARTH, ROOT, imports, packages, python_files

LONGEST = 400
# Inside a room a file may import only what stands after it; views and jobs do not import each other.
ORDER = ["urls", "views", "jobs", "forms", "actions", "queries", "rules", "models"]
MODULES = sorted(python_files())


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    "path", [p for p in sorted(ROOT.rglob("*.py")) if not {".venv", "migrations", "var"} & set(p.parts)], ids=_name
)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("package", packages(), ids=_name)
def test_every_room_says_what_it_is(package: Path) -> None:
    assert (ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or "").strip()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_public_function_and_class_says_what_it_does(path: Path) -> None:
    silent = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem in ORDER], ids=_name)
def test_a_file_of_a_room_imports_only_what_stands_below_it_in_the_room(path: Path) -> None:
    room = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    above = ORDER[: ORDER.index(path.stem)]
    if path.stem == "jobs":
        above = ["urls", "views"]
    wrong = [name for name in imports(path) if any(name.startswith(f"{room}.{layer}") for layer in above)]
    if path.stem == "views":
        wrong += [name for name in imports(path) if name.startswith(f"{room}.jobs")]
    assert not wrong


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem == "views"], ids=_name)
def test_views_never_import_models(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith("hearth.") and ".models" in name]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_forms_and_the_ui_know_djangos_forms(path: Path) -> None:
    if path.stem == "forms" or {"forms", "ui"} & set(path.parts):
        return
    assert not [name for name in imports(path) if name == "django.forms" or name.startswith("django.forms.")]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_is_called_helper_or_manager_class(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "common", "services", "repositories", "signals")


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem == "actions"], ids=_name)
def test_every_action_says_who_does_it(path: Path) -> None:
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name, work in vars(module).items():
        if getattr(work, "is_action", False) and work.__module__ == module.__name__:
            parameters = list(inspect.signature(work).parameters.values())
            assert parameters[0].name == "by", f"{name}: by comes first"
            assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters), f"{name}: keyword-only"


def test_the_cellar_and_the_roof_are_where_they_should_be() -> None:
    assert (HEARTH / "config").is_dir() and (HEARTH / "foundation" / "core").is_dir()
