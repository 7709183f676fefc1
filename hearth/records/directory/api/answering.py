"""Around every answer of the open directory: reading only, for everybody, from anywhere, counted, and with faults said in JSON."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from hearth.foundation.accounts.public import open_to_the_public
from hearth.records.directory.api import rate
from hearth.records.directory.api.parameters import BadQuestionError, Parameters

READING = ("GET", "HEAD", "OPTIONS")
Answer = Callable[..., dict[str, Any] | None]


def problem(status: int, sentence: str, **headers: str) -> JsonResponse:
    """Why there is no answer."""
    return JsonResponse({"status": status, "error": sentence}, status=status, headers=headers)


def answers(view: Answer) -> Callable[..., HttpResponseBase]:
    """Make an address of a function that gives what to say; nothing: there is no such thing."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(request, view, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return open_to_the_public(csrf_exempt(run))


def _answer(request: HttpRequest, view: Answer, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in READING:
        return problem(405, "The directory is read only: ask with GET.", Allow=", ".join(READING))
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": ", ".join(READING), "Access-Control-Allow-Headers": "*"}
        return HttpResponse(status=204, headers={"Allow": ", ".join(READING), **allowed})
    if rate.is_too_many(get_adapter().get_client_ip(request)):
        return problem(429, f"More than {rate.MOST} questions in a minute. Wait a minute.", **{"Retry-After": "60"})
    try:
        said = view(request, Parameters(request.GET), *args, **kwargs)
    except BadQuestionError as fault:
        return problem(400, str(fault))
    if said is None:
        return problem(404, "There is nothing at this address.")
    return JsonResponse(
        said, headers={"Cache-Control": "public, max-age=60"}, json_dumps_params={"ensure_ascii": False}
    )
