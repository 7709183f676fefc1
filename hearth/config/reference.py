"""Writes the pages of docs/reference, which all come from the code: settings, commands, the practice pack."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

from hearth.foundation.core.packs.reference import reference as practice_pack_page

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent.parent / "docs" / "reference"
WRITTEN = "<!-- Written by `make docs`: change what it is written from. -->\n"


def settings() -> dict[str, dict[str, str]]:
    """Every variable a person may set, by name."""
    return tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))


def settings_page() -> str:
    """The settings, grouped."""
    lines = ["# Settings", "", WRITTEN, "Each is an environment variable. An empty one counts as left out.", ""]
    group = ""
    for name, row in sorted(settings().items(), key=_in_groups()):
        if row["group"] != group:
            group = row["group"]
            lines += [f"## {group}", "", "| Variable | If left out | What it means |", "| --- | --- | --- |"]
        lines.append(f"| `{name}` | {row['default'] or 'nothing'} | {row['meaning']} |")
        lines += [""] if _last_of_group(name) else []
    return "\n".join(lines).rstrip() + "\n"


def _in_groups() -> Any:
    groups = list(dict.fromkeys(row["group"] for row in settings().values()))
    return lambda item: groups.index(item[1]["group"])


def _last_of_group(name: str) -> bool:
    every = settings()
    return [other for other in every if every[other]["group"] == every[name]["group"]][-1] == name


def commands_page() -> str:
    """Every verb of `hearth`, with what it takes."""
    from hearth.config.command import EXPLAINED, parser

    lines = ["# Commands", "", WRITTEN, "`.venv/bin/hearth VERB`; `--help` says the same.", ""]
    for verb, meaning, takes in _verbs(parser()):
        lines += [f"- `hearth {verb}`: {meaning}", *(f"  - `{name}`: {what}" for name, what in takes)]
    return "\n".join([*lines, "", "```", EXPLAINED.rstrip(), "```"]) + "\n"


def _verbs(parser: argparse.ArgumentParser) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each verb, its meaning and its arguments, laid out here: argparse's own layout differs between versions."""
    found = []
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        for choice in action._choices_actions:
            inner = action.choices[choice.dest]
            deeper = _verbs(inner)
            takes = [(" ".join(one.option_strings) or one.dest.upper(), one.help or "") for one in inner._actions[1:]]
            own = (choice.dest, choice.help or "", takes)
            found += [(f"{choice.dest} {verb}", meaning, more) for verb, meaning, more in deeper] or [own]
    return found


def pages() -> dict[Path, str]:
    """Each generated page and what it should hold."""
    return {
        REFERENCE / "settings.md": settings_page(),
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "practice-pack.md": practice_pack_page(),
    }


def write() -> list[Path]:
    """Write the pages that are not as they should be."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
    return stale
