"""A clock of ours that the database is not told of: as if the machine of the web process had the wrong time."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from hearth.commissioning.procurement import timekeeping


@contextmanager
def not_told() -> Iterator[None]:
    """The database goes by its own clock, however ours was stopped."""
    with patch.object(timekeeping.clock, "stopped_at", lambda: None):
        yield


@contextmanager
def not_told_again() -> Iterator[None]:
    """The database keeps to what it was told last, and hears nothing more of ours."""
    with patch.object(timekeeping, "_SAY", "select null, hearth_call_moment() where %s is not null and %s is not null"):
        yield
