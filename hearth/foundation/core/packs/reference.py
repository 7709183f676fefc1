"""The page docs/reference/practice-pack.md, from the models, so that it is never out of date. `make docs` writes it."""

import datetime as dt
import re
import types
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.shapes import inner_type, is_several
from hearth.foundation.core.packs.whole import ASSESSMENT_FORM, AUDIT_TOOL, FILES, FRAMEWORK, PATHWAY, SEVERAL

SIMPLE = {str: "text", int: "whole number", bool: "true or false", dt.date: "date", dt.time: "time", float: "number"}
ATTRIBUTES = {
    ASSESSMENT_FORM: "assessment_form",
    FRAMEWORK: "frameworks",
    PATHWAY: "pathways",
    AUDIT_TOOL: "audit_tools",
}
INTRODUCTION = """\
# The practice pack

What differs between authorities, as data: one folder in `practice/` for each, one TOML file for each concern. This page
is made from the models that check a pack when it is loaded (`make docs`); change them, not it. How to change a pack is
in [change a practice pack](../how-to/change-a-practice-pack.md).

    from hearth.foundation.core.pack import find, label_of, offered, pack

    pack()                                      the loaded, checked, frozen pack of settings.PRACTICE
    pack().levels.levels                        every [[level]] of levels.toml, in order
    offered(pack().request_form.reasons)        [(code, label), ...] without those retired: the choices of a form field
    label_of(pack().closure.reasons, code)      the words for a stored code (the code itself where the pack has lost it)
    find(pack().plans.types, code)              the whole thing with that code, or None
    pack().assessment_form                      the newest form; also assessment_form_on(day) and assessment_forms
    pack().area_tree                            the authority, its localities, its districts: parents first
    pack().first_review_days(plan_type)         working days, from the plan's type or from limits.toml
    pack().review_interval_days(plan_type)      the same for later reviews
    pack().frameworks                           the frameworks of indicators, the oldest first
    pack().pathways                             the pathways, in their order
    pack().audit_tools_on(day)                  the newest version of each audit tool; audit_tools has every version
    pack().measures.measure(code)               a measure; also project(code) and tolerance(code)
    pack().authority.code                       the pack's own name

**In code** is the attribute; where it is not given it is the key. Lists are tuples. Any file may begin with
`include = "../england/some-file.toml"`: top-level keys it does not give itself are taken from there. Every table that
is a *choice* has `code`, `label`, `hint` and `retired`.
"""


def _kind(field: FieldInfo) -> str:
    inner, several = inner_type(field.annotation), is_several(field.annotation)
    if get_origin(inner) is Literal:
        one = "one of " + ", ".join(f"`{value}`" if value else "nothing" for value in get_args(inner))
        return "list: " + one if several else one
    if isinstance(inner, type) and issubclass(inner, Part):
        return "tables" if several else "table"
    if get_origin(inner) is dict:
        return "table of lists, by column"
    return ("list of " if several else "") + SIMPLE.get(inner, "text")


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    return "" if field.default in (None, "", (), False, {}) else f"or {field.default}"


def _row(key: str, name: str, field: FieldInfo) -> str:
    code = f"`{name}`" if name != key else ""
    return f"| `{key}` | {code} | {_kind(field)} | {_needed(field)} | {field.description or ''} |"


def _tables_in(model: type[Part]) -> Iterator[tuple[str, type[Part], bool]]:
    for name, field in model.model_fields.items():
        inner, several = inner_type(field.annotation), is_several(field.annotation)
        if isinstance(inner, type) and issubclass(inner, Part):
            yield field.alias or name, inner, several


def _describe(model: type[Part], key: str) -> list[str]:
    """The model's own table, then those within it."""
    lines = [(model.__doc__ or "").strip().splitlines()[0], ""]
    lines += ["| key | in code | what it is | needed | meaning |", "|---|---|---|---|---|"]
    lines += [_row(field.alias or name, name, field) for name, field in model.model_fields.items()]
    lines += [*_also(model), ""]
    for inner_key, inner, several in _tables_in(model):
        path = f"{key}.{inner_key}" if key else inner_key
        lines += [f"### `[[{path}]]`" if several else f"### `[{path}]`", "", *_describe(inner, path)]
    return lines


def _also(model: type[Part]) -> list[str]:
    """The methods and properties the class itself adds, with their one-line docstrings."""
    own = {name: each for base in model.__mro__ if base not in Part.__mro__ for name, each in vars(base).items()}
    said = []
    for name, each in own.items():
        target = each.fget if isinstance(each, property) else each
        if name.startswith(("_", "model_")) or not isinstance(target, types.FunctionType):
            continue
        arguments = (
            ""
            if isinstance(each, property)
            else "(" + ", ".join(target.__code__.co_varnames[1 : target.__code__.co_argcount]) + ")"
        )
        said.append(f"- `.{name}{arguments}`: {(target.__doc__ or '').strip()}")
    return ["", "In code also:", "", *said] if said else []


def reference() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    models: dict[str, type[Part]] = {**FILES, **SEVERAL}
    for file, model in models.items():
        attribute = file.removesuffix(".toml")
        if file in SEVERAL:
            attribute = ATTRIBUTES[file]
        parts.append(f"## {file}: `pack().{attribute}`\n\n" + "\n".join(_describe(model, "")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"
