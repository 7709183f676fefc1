"""From a template and its variables to a page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy

from hearth.foundation.core.pack import pack
from hearth.foundation.ui.navigation import Bar, address, bar_for
from hearth.foundation.ui.theme import theme


def say(request: HttpRequest, sentence: str, kind: str = "success") -> None:
    """Show a sentence at the top of the next page: success, information or warning."""
    messages.add_message(request, messages.INFO, sentence, extra_tags=kind)


def _at_fault(context: Mapping[str, Any]) -> bool:
    forms = (value for value in context.values() if isinstance(value, BaseForm))
    return any(form.is_bound and form.errors for form in forms)


def frame(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """What every page has around its own variables."""
    reader = getattr(request, "user", None) or AnonymousUser()
    return {
        "request": request,
        "user": reader,
        "navigation": bar_for(reader, request) if reader.is_authenticated else Bar([], "", []),
        "notices": messages.get_messages(request) if hasattr(request, "_messages") else (),
        "authority": pack().authority,
        "theme_version": theme()[1],
        "csrf_input": csrf_input_lazy(request),
        "nonce": getattr(request, "csp_nonce", ""),
        "demonstration": settings.DEMONSTRATION,
        "home": address("home"),
        "my_account": address("my_account"),
        "sign_out": address("account_logout"),
        "at_fault": _at_fault(context),
    }


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asked, and for a part of the page rather than a page to put in its history."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request  # type: ignore[union-attr]


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    partial: str = "",
) -> HttpResponse:
    """The page; or only its block called `partial`, when htmx asked for it."""
    found = engines["jinja2"].env.get_template(template)  # type: ignore[attr-defined]
    whole = frame(request, context or {}) | dict(context or {})
    if partial and wants_part(request):
        part = found.new_context(whole)
        next(iter(found.root_render_func(part)), None)  # what the template imports and sets before its first word
        parts = found.blocks[partial](part)
        response = HttpResponse("".join(parts), status=status)
    else:
        response = HttpResponse(found.render(whole), status=status)
    response.shown = context or {}  # type: ignore[attr-defined]  # which rows, for the record of who looked at what
    if partial:
        response.headers["Vary"] = "HX-Request"
    return response
