"""Reads one TOML file of a pack, and what it includes, without believing that anything in it is right."""

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hearth.foundation.core.packs.faults import Fault

LARGEST = 1_000_000  # bytes; the longest honest file is under a tenth of it


@dataclass(frozen=True)
class Source:
    """What a file says, and which file each of its top-level keys came from."""

    file: str
    values: dict[str, Any]
    file_of: dict[str, str] = field(default_factory=dict)


def named(path: Path) -> str:
    """The file as people name it: practice/lancashire/areas.toml."""
    return "/".join(path.parts[-3:])


def read(path: Path) -> tuple[Source | None, list[Fault]]:
    """The file and what it includes. No source: it could not be read at all."""
    values, faults = _read_one(path)
    if values is None:
        return None, faults
    wanted = values.pop("include", None)
    if wanted is None:
        return Source(named(path), values), faults
    included, more = _included(path, wanted)
    return Source(
        named(path), {**included.values, **values}, {k: v for k, v in included.file_of.items() if k not in values}
    ), faults + more


def _included(path: Path, wanted: object) -> tuple[Source, list[Fault]]:
    """What another file of the practice folder gives; that file may not include a third."""
    nothing = Source(named(path), {})
    if not isinstance(wanted, str):
        return nothing, [
            Fault(named(path), "include", 'must be one file in quotation marks, like "../england/bank-holidays.toml"')
        ]
    other = Path(os.path.normpath(path.parent / wanted))
    if other.parent.parent != path.parent.parent or other.suffix != ".toml" or other == path:
        return nothing, [
            Fault(named(path), "include", f'must be a .toml file of another folder beside this one (it is "{wanted}")')
        ]
    if not other.exists():
        return nothing, [
            Fault(named(path), "include", f"names {named(other)}, which does not exist: put it there or mend the name")
        ]
    values, faults = _read_one(other)
    if values is not None and "include" in values:
        faults.append(Fault(named(other), "include", "is in a file that is itself included: take it out"))
        values.pop("include")
    return Source(named(path), values or {}, dict.fromkeys(values or {}, named(other))), faults


def _read_one(path: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    text, fault = _text(path)
    if fault:
        return None, [fault]
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return None, [Fault(named(path), "", "has too many brackets one inside another: take them apart")]
    except ValueError as error:  # TOMLDecodeError, or a number with thousands of figures
        return None, [_not_toml(path, str(error))]


def _text(path: Path) -> tuple[str, Fault | None]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "", Fault(named(path), "", "is not a file: put a text file there")
        raw = path.read_bytes()[: LARGEST + 1]
    except FileNotFoundError:
        return "", Fault(named(path), "", "is missing: copy it from another pack and change what differs")
    except OSError as error:
        return "", Fault(named(path), "", f"cannot be read ({error.strerror}): check who may open it")
    if len(raw) > LARGEST:
        return "", Fault(named(path), "", f"is larger than {LARGEST:,} bytes: a pack's file is a few pages of text")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", Fault(named(path), "", "is saved as UTF-16: save it again as UTF-8")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", Fault(named(path), f"line {line}", "has a letter that is not UTF-8: save the file again as UTF-8")


def _not_toml(path: Path, said: str) -> Fault:
    """The parser's complaint with its line first: `line 7, column 12`."""
    where = re.search(r"\(at (line \d+, column \d+|end of document)\)", said)
    why = re.sub(r"\s*\(at [^)]*\)", "", said)
    return Fault(named(path), where[1] if where else "", _in_words(why))


def _in_words(why: str) -> str:
    if why in ("Cannot overwrite a value", "Cannot mutate immutable namespace") or why.startswith("Cannot declare"):
        return "is given twice: take one out"
    if why == "Illegal character '\\n'":
        return "ends before its quotation mark: put one at the end of the text"
    if why == "Invalid date or datetime":
        return "is a date or time that does not exist: mend it"
    if why.startswith("Exceeds the limit"):
        return "has a number far too long: shorten it"
    return f"is not TOML: {why[:1].lower() + why[1:]}. Look for a missing quotation mark, bracket or ="
