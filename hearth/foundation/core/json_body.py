"""What a script of ours sent to a view: JSON, and said to be JSON."""

import json
from typing import Any

from django.http import HttpRequest


def json_of(request: HttpRequest) -> Any:
    """What was sent; None where it cannot be read, or was sent as a form is (whose body is gone once it was looked into)."""
    if request.content_type != "application/json":
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None
