"""Background work deferred by name, inside the caller's transaction: it happens if and only if the save does."""

import datetime as dt
from typing import Any

from procrastinate.contrib.django import app


def defer(name: str, **ids: Any) -> None:
    """Queue the job called `name`. Only ids travel: a job reads what it needs as somebody, when it runs."""
    app.configure_task(name).defer(**{key: str(value) for key, value in ids.items()})


def defer_until(name: str, moment: dt.datetime, **ids: Any) -> None:
    """The same, not before a moment. The job looks whether it is still wanted then."""
    app.configure_task(name, schedule_at=moment).defer(**{key: str(value) for key, value in ids.items()})
