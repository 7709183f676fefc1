"""What hardly ever changes and reads the same for everybody: asked of the database once in half a minute by each process."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

Found = TypeVar("Found")

SECONDS = 30


class Remembered(Generic[Found]):
    """A read without a reader, with what it last found. Never of a person, of rows under a policy, or of what somebody may do.

    Another process may not know of a change for `SECONDS`: whoever is given a key that is not among what was found asks `again`.
    """

    def __init__(self, ask: Callable[[], Found]) -> None:
        self._ask = ask
        self._found: tuple[float, Found] | None = None

    def __call__(self) -> Found:
        """What it finds, or found within the last half minute."""
        if self._found is None or monotonic() - self._found[0] >= SECONDS:
            return self.again()
        return self._found[1]

    def again(self) -> Found:
        """What it finds now."""
        found = self._ask()
        self._found = (monotonic(), found)
        return found
