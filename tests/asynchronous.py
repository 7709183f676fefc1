"""Runs what is asynchronous to its end, also where a browser's driver has left its own event loop in the thread."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connections


def finished(work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    """What it gives, done in a thread of its own: it sees what is saved for good, and saves for good."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(_done, work, *args).result()


def _done(work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    try:
        return async_to_sync(work)(*args)
    finally:
        connections.close_all()
