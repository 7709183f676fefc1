"""Runs what is asynchronous to its end, also where a browser's driver has left its own event loop in the thread."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import async_to_sync

P = ParamSpec("P")
T = TypeVar("T")


def finished(work: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """What it gives. It reads and writes in this thread's own database connections."""
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return async_to_sync(work)(*args, **kwargs)
    finally:
        asyncio._set_running_loop(left)
