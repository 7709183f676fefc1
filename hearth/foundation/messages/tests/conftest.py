"""For the tests of messages: the worker's own connection, a message waiting on it, and nothing leaves the house."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from hearth.config import environment
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message


@pytest.fixture
def worker(own_database: Any, db: None) -> Iterator[str]:
    """A connection of the worker's role, called "worker", which is not rolled back."""
    connections.databases["worker"] = environment.database(own_database.worker) | {
        "TIME_ZONE": None, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0,
        "TEST": connections.databases["default"]["TEST"],
    }  # fmt: skip
    connections["worker"].connect()
    yield "worker"
    connections["worker"].close()
    del connections["worker"]
    del connections.databases["worker"]


@pytest.fixture
def post(cast: Any, worker: str) -> Callable[..., uuid.UUID]:
    """A message that is saved, waiting for the worker."""

    def make(to: User | None = None, **values: Any) -> uuid.UUID:
        to = to or cast.practitioner
        recipient = {} if "address" in values else {"to_user_id": to.id}
        defaults = {"template": "request_answered", "link": "/x/", "key": str(uuid.uuid4())}
        message = Message(**defaults | recipient | values)
        with acting_as(to, "worker"):
            message.save(using="worker", force_insert=True)
        return message.id

    return make


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Nothing leaves the house."""
    settings.VAR = tmp_path
    settings.HEARTH_NOTIFY_KEY = settings.HEARTH_EMAIL_URL = ""
    return tmp_path / "messages"
