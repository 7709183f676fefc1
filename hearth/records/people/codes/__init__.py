"""National code lists, as data beside this file: what is stored, and the words for it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Code:
    """One entry of a national list."""

    code: str
    label: str
    group: str = ""


@cache
def code_list(name: str) -> tuple[Code, ...]:
    """The list in `<name>.toml`, in its order."""
    text = (files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
    return tuple(Code(entry["code"], entry["label"], entry.get("group", "")) for entry in tomllib.loads(text)["code"])


def label_of(name: str, code: str) -> str:
    """The words for a stored code; the code itself where the list no longer has it."""
    return next((entry.label for entry in code_list(name) if entry.code == code), code)


def choices(name: str) -> list[tuple[str, str]]:
    """(code, words) of a whole list."""
    return [(entry.code, entry.label) for entry in code_list(name)]


def grouped_choices(name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same under the list's own headings, for a drop-down list."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in code_list(name):
        groups.setdefault(entry.group, []).append((entry.code, entry.label))
    return list(groups.items())
