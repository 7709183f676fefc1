"""Questions that are only asked once a certain answer is given to another one."""

from collections.abc import Iterator
from typing import Any


def revealers(form: Any, name: str) -> Iterator[tuple[str, str]]:
    """Each (field, answer) of the form that reveals the field called `name`."""
    for other, field in form.fields.items():
        for key, names in getattr(field, "reveals", {}).items():
            if name in names:
                yield other, key


def revealed(form: Any) -> set[str]:
    """The names of all fields that are drawn inside another."""
    return {
        name for field in form.fields.values() for names in getattr(field, "reveals", {}).values() for name in names
    }


def answers(form: Any, name: str) -> set[str]:
    """The keys chosen in a field as they were sent."""
    value = form[name].data
    return {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}


def is_asked(form: Any, name: str) -> bool:
    """Whether the field was in sight when the form was sent: nothing reveals it, or what reveals it was chosen."""
    found = list(revealers(form, name))
    return not found or any(key in answers(form, other) and is_asked(form, other) for other, key in found)
