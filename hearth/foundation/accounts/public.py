"""The marks of the few views that need no sign-in, or only half of one; every other view needs both steps."""

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


def open_to_the_public(view: V) -> V:
    """Let signed-out visitors open this view."""
    view.open_to_the_public = True  # type: ignore[attr-defined]
    return view


def open_before_second_step(view: V) -> V:
    """Let somebody who has signed in, and has no second step yet, open this view: it is where they set one up."""
    view.open_before_second_step = True  # type: ignore[attr-defined]
    return view


def is_open_to_the_public(view: Any) -> bool:
    """Whether a view needs nobody signed in."""
    return getattr(view, "open_to_the_public", False)


def is_open_before_second_step(view: Any) -> bool:
    """Whether a view may be opened before the second step is set up."""
    return getattr(view, "open_before_second_step", False)
