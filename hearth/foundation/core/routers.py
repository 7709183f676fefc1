"""One database behind three connections: only `owner` may migrate it."""

from typing import Any


class OneDatabase:
    """Reads and writes go to `default`, wherever an object was loaded: only `using(...)`, said aloud, leaves it."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
