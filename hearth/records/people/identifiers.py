"""Numbers other services know somebody by: written in one form, and flagged, never refused, when the check digit is wrong."""

import re
from typing import Any

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.gb import nhs, upn

from hearth.records.people.models import Identifier

_CHECKS: dict[str, Any] = {Identifier.Kind.NHS: nhs, Identifier.Kind.UPN: upn}
_NAMES: dict[str, str] = {Identifier.Kind.NHS: "an NHS number", Identifier.Kind.UPN: "a unique pupil number"}


def plain(kind: str, value: str) -> str:
    """The number without spaces and dashes, letters in capitals; another system's number is left as it is."""
    if kind not in _CHECKS:
        return value.strip()
    return "".join(character for character in value.upper() if character.isalnum())


def flag_of(kind: str, value: str) -> str:
    """What is wrong with a number, in words; empty where nothing is, or nobody can tell."""
    check = _CHECKS.get(kind)
    if check is None:
        return ""
    try:
        check.validate(value)
    except InvalidChecksum:
        return f"The check digit is wrong for {_NAMES[kind]}. Look at the number again."
    except ValidationError:
        return f"This is not the shape of {_NAMES[kind]}. Look at the number again."
    return ""


def is_temporary(kind: str, value: str) -> bool:
    """Whether it is a pupil number that a school gave until it knows the right one: its last figure is a letter."""
    return kind == Identifier.Kind.UPN and value[-1:].isalpha() and not flag_of(kind, value)


def said(kind: str, value: str) -> str:
    """The number as people read it out: 999 123 4567."""
    if kind == Identifier.Kind.NHS and len(value) == 10:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return value


def numbers_in(text: str) -> tuple[str, ...]:
    """The NHS number or unique pupil number that was typed, plain; empty where it is the shape of neither."""
    bare = plain(Identifier.Kind.NHS, text)
    return (bare,) if re.fullmatch(r"[0-9]{10}|[A-Z][0-9]{11}[0-9A-Z]", bare) else ()
