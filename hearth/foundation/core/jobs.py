"""Background work deferred by name, inside the caller's transaction: it happens if and only if the save does."""

from typing import Any

from procrastinate.contrib.django import app


def defer(name: str, **ids: Any) -> None:
    """Queue the job called `name`. Only ids travel: a job reads what it needs as somebody, when it runs."""
    app.configure_task(name).defer(**{key: str(value) for key, value in ids.items()})
