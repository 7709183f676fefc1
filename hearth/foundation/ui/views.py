"""The pages and small answers that belong to no room: the theme, drafts, what the law asks us to publish, the kit."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hearth.foundation.core import clock
from hearth.foundation.core.json_body import json_of
from hearth.foundation.ui import kept, kit_page
from hearth.foundation.ui.errors import sign_in_needed
from hearth.foundation.ui.rendering import render
from hearth.foundation.ui.theme import theme as made_theme


@require_GET
def theme(request: HttpRequest) -> HttpResponse:
    """The authority's colours as a style sheet; its address carries its version, so it may be kept for a year."""
    response = HttpResponse(made_theme()[0], content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_GET
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return render(request, "ui/accessibility_statement.html")


@require_GET
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """What is kept about families and about those who sign in, why, and their rights."""
    return render(request, "ui/privacy_notice.html")


for view in (theme, accessibility_statement, privacy_notice):
    setattr(view, "open_to_the_public", True)  # noqa: B010 - the mark that accounts' decorator sets, a floor above


def _typed(sent: Any) -> tuple[str, str, str, dict[str, list[Any]]] | None:
    """Path, form, sitting and values of an autosave; nothing when it is not one."""
    try:
        words = [sent.get(name, "") for name in ("path", "form", "sitting")]
        data = sent["data"]
    except (TypeError, KeyError, AttributeError):
        return None
    fits = isinstance(data, dict) and all(isinstance(word, str) for word in words)
    return (*words, data) if fits and all(isinstance(values, list) for values in data.values()) else None


@never_cache
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Autosave: keep what is typed so far. Never counts as activity."""
    if not request.user.is_authenticated:
        return sign_in_needed(request, "You have been signed out. What you typed is still on this page.")
    typed = _typed(json_of(request))
    if typed is None:
        return JsonResponse({"code": "ui.draft_unreadable", "sentence": "This could not be kept."}, status=400)
    refusal = kept.save_draft(request.user, *typed)
    if refusal is not None:
        return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=422)
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}"})


@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Throw one's own unsaved typing away and open the page afresh."""
    path, form, apart = (request.POST.get(name, "") for name in ("path", "form", "apart"))
    if kept.why_not_keep(path, form, {}) is not None:
        raise Http404
    kept.clear_draft(request.user, path, form, apart=apart[: kept.COPY])
    return HttpResponseRedirect(path)


def ui_kit(request: HttpRequest) -> HttpResponseBase:
    """Every piece and field on one page, in a demonstration only."""
    if not settings.DEMONSTRATION:
        raise Http404
    return kit_page.kit_page(request)
