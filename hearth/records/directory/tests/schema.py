"""Checks an answer against a JSON schema of the standard: all of draft 2020-12 that these schemas use, formats too."""

import datetime as dt
import json
import re
import uuid
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KINDS: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float), "integer": int,
}  # fmt: skip
KNOWN = {
    "type", "properties", "items", "required", "enum", "format", "pattern", "allOf", "minLength", "maxLength", "$schema", "$id",
    "name", "title", "description", "example", "examples", "path", "constraints", "core", "datapackage_metadata", "datapackage_type",
    "tabular_required", "Page",
}  # fmt: skip


def standards() -> Path:
    """The standard's own files: its schemas, and the profiles and examples of its conformance suite, each under the licence beside it."""
    return Path(__file__).parent / "standard"


@cache
def schema(name: str) -> dict[str, Any]:
    """A schema of the conformance suite, such as V3.0-UK/service.json."""
    return json.loads((standards() / "conformance" / "Schemas" / name).read_text())


def whole(file: Path) -> dict[str, Any]:
    """A schema of the profile, with those that it refers to put in their places."""

    def filled(part: Any) -> Any:
        if isinstance(part, list):
            return [filled(each) for each in part]
        if not isinstance(part, dict):
            return part
        reference = part.get("$ref")
        return whole(file.parent / reference) if reference else {name: filled(each) for name, each in part.items()}

    return filled(json.loads(file.read_text()))


def faults(value: Any, wanted: dict[str, Any], where: str = "$") -> list[str]:
    """Everything in which an answer is not as the schema says."""
    assert set(wanted) <= KNOWN, f"{where}: {set(wanted) - KNOWN} is nothing that this knows"
    kind = wanted.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{where} is no {kind}: {value!r}"]
    found = [f"{where} is {value!r}"] if "enum" in wanted and value not in wanted["enum"] else []
    if isinstance(value, str):
        found += _text(value, wanted, where)
    if isinstance(value, list) and "items" in wanted:
        found += [fault for n, each in enumerate(value) for fault in faults(each, wanted["items"], f"{where}[{n}]")]
    if isinstance(value, dict):
        found += [f"{where} has no {name}" for name in wanted.get("required", []) if name not in value]
        for name, inner in wanted.get("properties", {}).items():
            found += faults(value[name], inner, f"{where}.{name}") if name in value else []
    for part in wanted.get("allOf", []):  # the suite writes the envelope as {"Page": schema}
        found += faults(value, part.get("Page", part), where)
    return found


def _text(value: str, wanted: dict[str, Any], where: str) -> list[str]:
    found = []
    if "pattern" in wanted and not re.search(wanted["pattern"], value):
        found.append(f"{where} does not fit {wanted['pattern']}: {value!r}")
    if not wanted.get("minLength", 0) <= len(value) <= wanted.get("maxLength", 10**9):
        found.append(f"{where} is too short or too long")
    if not _has_format(value, wanted.get("format") or wanted.get("datapackage_type") or ""):
        found.append(f"{where} is no {wanted.get('format') or wanted['datapackage_type']}: {value!r}")
    return found


def _has_format(value: str, kind: str) -> bool:
    try:
        if kind == "uuid":
            return str(uuid.UUID(value)) == value
        if kind in ("date", "time"):
            return bool((dt.date if kind == "date" else dt.time).fromisoformat(value))  # midnight is a time too
        if kind in ("date-time", "datetime"):
            return dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
    if kind == "uri":
        return bool(urlsplit(value).scheme and urlsplit(value).netloc) and value.isascii() and " " not in value
    return kind != "email" or bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value))
