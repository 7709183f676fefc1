"""Refusals on their way to the record and to the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from hearth.foundation.core.refusals import Refusal


def record_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Tell the recorder that settings name, which writes where a rolled-back request cannot undo it."""
    user: Any = getattr(request, "user", None)
    by = user if user is not None and user.is_authenticated else None
    import_string(str(settings.HEARTH_REFUSAL_RECORDER))(by, refusal.code, path=request.path)
