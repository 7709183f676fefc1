"""Pages for when something cannot be shown: plain words, what to do next, and nothing that confirms what exists."""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

from hearth.foundation.core.references import new_reference
from hearth.foundation.core.refusals import SOMEBODY_ELSE, Refusal
from hearth.foundation.ui.rendering import render, wants_part

log = logging.getLogger("hearth.errors")
LEADS_BACK = (403, 404, 409)  # refusals that have a way back


@dataclass(frozen=True)
class _Nobody:
    """The reader of a page that must not ask the database who is there."""

    is_authenticated: bool = False


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asked, rather than somebody with a browser page."""
    return "X-Hearth-Autosave" in request.headers or (
        request.accepts("application/json") and not request.accepts("text/html")
    )


def page_before(request: HttpRequest) -> str:
    """The page of ours that sent this request; empty where none is known."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(came_from)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def answer(request: HttpRequest, status: int, heading: str, refusal: Refusal, **more: Any) -> HttpResponse:
    """The same refusal as a page, as a fragment for htmx, or as JSON."""
    if wants_json(request):
        return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=status)
    before = page_before(request) if status in LEADS_BACK else ""
    context = {
        "heading": heading, "sentence": refusal.sentence, "status": status, "reference": "",
        "back": before if before != request.get_full_path() else "", "go_to": refusal.go_to,
    } | more  # fmt: skip
    return render(request, "ui/problem_part.html" if wants_part(request) else "ui/problem.html", context, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule refused: its sentence."""
    return answer(request, 403, "You cannot do this", refusal)


def conflicted(request: HttpRequest) -> HttpResponse:
    """Somebody else saved first, on a page that has no form to compare in."""
    sentence = "Somebody else saved this while you had it open. Go back, open it again and look at what changed."
    return answer(request, 409, "This has changed", Refusal("ui.conflict", sentence))


def too_late(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Two people did the same at the same moment, and the database let one of them."""
    log.warning("%s at %s", SOMEBODY_ELSE.code, request.path, exc_info=fault)
    return answer(request, 409, "This has changed", SOMEBODY_ELSE)


def sign_in_needed(request: HttpRequest, sentence: str = "Sign in to go on.") -> HttpResponse:
    """401: nobody is signed in, or they have been away too long."""
    return answer(request, 401, "Sign in", Refusal("ui.sign_in", sentence))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what arrived could not be read."""
    sentence = "What was sent could not be read. Go back, check it and send it again."
    return answer(request, 400, "That did not arrive", Refusal("ui.bad_request", sentence))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 without a rule's own sentence."""
    return answer(request, 403, "You cannot do this", Refusal("ui.forbidden", "You may not open this page."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old, most often after signing in again in another tab."""
    sentence = (
        "This page was open for too long, or cookies are switched off. Go back: what you typed is there. Copy the words that "
        "you would not want to write again, reload the page, and send it."
    )
    # No link: only the browser's own way back has what was typed.
    return answer(request, 403, "Send it again", Refusal("ui.csrf", sentence), back="")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same words whether it never was or may not be seen."""
    sentence = "Check the address or the reference. If you followed a link, it may be for somebody else."
    return answer(request, 404, "Page not found", Refusal("ui.not_found", sentence))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a reference to quote, written beside the fault in the log. Asks nothing of the database, which may be it."""
    reference = new_reference("E")
    log.error("%s at %s", reference, request.path, exc_info=True)
    sentence = f"Nothing was changed. Try again in a minute. If it happens again, tell us this reference: {reference}."
    request.user = _Nobody()  # type: ignore[assignment]
    if hasattr(request, "_messages"):
        del request._messages
    refusal = Refusal("ui.server_error", sentence)
    more = {"reference": reference, "typing_is_kept": not _is_public(request)}
    return answer(request, 500, "Something went wrong", refusal, **more)


def _is_public(request: HttpRequest) -> bool:
    """Whether the page needs no sign-in: what is typed there is kept by nobody."""
    return bool(getattr(getattr(request.resolver_match, "func", None), "open_to_the_public", False))
