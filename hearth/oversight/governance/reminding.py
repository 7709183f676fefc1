"""Reminds of what is due or late each night, in the name of whoever answers for it. Safe to run twice."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


def remind_each(
    found: Iterable[tuple[Any, Any]], model: Any, remind: Callable[[Any, Any], int], log: logging.Logger
) -> int:
    """Of how many somebody was reminded. `found`: keys with their owners'; one's fault stops no other's."""
    return sum(_remind(key, owner, model, remind, log) for key, owner in found)


def _remind(key: Any, owner: Any, model: Any, remind: Callable[[Any, Any], int], log: logging.Logger) -> bool:
    by = User.objects.select_related("organisation").filter(pk=owner, is_active=True).first()
    if by is None:
        return False
    try:
        with acting_as(by):
            row = model.objects.visible_to(by).select_related("area", "owner").filter(pk=key).first()
            return row is not None and bool(remind(by, row))
    except Refused:
        return False
    except Exception:
        log.exception("Nobody could be reminded of %s", key)
        return False
