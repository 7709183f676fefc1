"""For each action that changes what is there: what two people have open, what each does, and what the second is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TOWN = Any  # tests.security.hostile.world.World
Do = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Two:
    """`load(town)` gives what a page of somebody reads; `comes` is what the second is told, or "done".

    `kept` looks at what came of it, where both may have what they did.
    """

    action: str
    load: Callable[[Any], Any]
    first: Do
    second: Do | None = None
    comes: str = ""
    who: tuple[str, str] = ("family_worker", "family_worker")
    kept: Callable[[Any, Any], bool] | None = None
    about: str = ""
    prepare: Callable[[Any], Any] | None = None

    @property
    def name(self) -> str:
        """For the test's name."""
        return f"{self.action}{' ' + self.about if self.about else ''}"


def fresh(thing: Any, *related: str) -> Any:
    """The row as the database has it now, for one reader alone."""
    rows = type(thing)._default_manager.all()
    return (rows.select_related(*related) if related else rows).get(pk=thing.pk)


def row(where: str, *related: str) -> Callable[[Any], Any]:
    """A page that shows one planted row."""
    return lambda town: fresh(town.find(where), *related)
