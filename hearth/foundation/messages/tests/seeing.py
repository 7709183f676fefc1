"""What a test of messages looks at: the jobs that wait, and a message as the worker's identity sees it."""

import json
import uuid
from typing import Any

from django.db import connections

from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages import delivering
from hearth.foundation.messages.models import Message


def jobs() -> list[dict[str, Any]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select args::text from procrastinate_jobs"
            " where task_name = 'messages.deliver' and status = 'todo' order by id"
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def now_of(key: uuid.UUID) -> Message:
    """The message as the worker's identity sees it."""
    with acting_as(delivering.MESSAGES, "worker"):
        return Message.objects.using("worker").get(pk=key)
