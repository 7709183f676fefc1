"""What a page sent once and again is known by: its own key with the words that were typed on it."""

import dataclasses
import json
import uuid
from typing import Any


def key_of_sending(page: uuid.UUID | None, *said: Any) -> uuid.UUID:
    """The same words from the same page have the same key, and are done once; other words from it are something new.

    A page may be sent again with more in it: from another tab that was opened on the same unsaved typing, or after the Back button.
    Without a page's key, every sending is its own. `said` is anything that JSON, a dataclass, a record or `str` can say.
    """
    if page is None:
        return uuid.uuid4()
    return uuid.uuid5(page, json.dumps(said, sort_keys=True, default=_plainly))


def _plainly(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    return str(getattr(value, "pk", value))
