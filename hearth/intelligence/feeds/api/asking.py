"""Lets a view be asked by a machine with a token, as whoever made it, and by nobody else; refusals become JSON."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.audit.looks import refused as put_refusal_on_record
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import SOMEBODY_ELSE, Refusal, Refused, happened_at_once, refuse
from hearth.intelligence.feeds.api import rate, receiving
from hearth.intelligence.feeds.api.forms import INPUT
from hearth.intelligence.feeds.tokens import queries, rules

NOT_THAT_FEED, NO_SUCH_LOAD, METHOD = "feeds.token_of_another_feed", "feeds.no_such_load", "feeds.api_method"
STATUS = {
    rules.NO_GOOD: 401, rate.TOO_MANY: 429, NO_SUCH_LOAD: 404, METHOD: 405, INPUT: 422, SOMEBODY_ELSE.code: 409,
    receiving.NO_FILE: 422, receiving.NO_LENGTH: 411, receiving.TOO_LARGE: 413, receiving.PACKED: 415,
    receiving.NOT_WHOLE: 400,
}  # fmt: skip
View = Callable[..., dict[str, Any]]


def with_a_token(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """The view is given the request, the token, and what else its address says; it answers with what becomes JSON.

    It reads and writes as whoever made the token. A session that comes along counts for nothing, so that no page of another
    site can use one.
    """

    def mark(view: View) -> Callable[..., HttpResponseBase]:
        @open_to_the_public
        @csrf_exempt
        @functools.wraps(view)
        def answer(request: HttpRequest, feed: str, **more: Any) -> HttpResponseBase:
            known = queries.known_by(_secret(request))
            try:
                if request.method not in methods:
                    refuse(Refusal(METHOD, f"Ask by {' or '.join(methods)}."))
                if known is None or not known.good:
                    return _wrong(request, known)
                refuse(rate.why_not_another(known.reference, file="PUT" in methods))
                with acting_as(known.maker):
                    return _said(200, _asked(view, request, known, feed, more))
            except Refused as refused:
                return _refused(request, known, refused.refusal)
            except Exception as fault:
                if happened_at_once(fault):
                    return _refused(request, known, SOMEBODY_ELSE)
                raise

        return answer

    return mark


def _asked(view: View, request: HttpRequest, known: queries.Known, feed: str, more: dict[str, Any]) -> dict[str, Any]:
    token = queries.token_of(known.maker, known.reference)
    if token.feed != feed:
        refuse(Refusal(NOT_THAT_FEED, "This token is not for that feed. Use the address that came with it."))
    return view(request, token, **more)


def _secret(request: HttpRequest) -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip()[:200] if kind.lower() == "bearer" else ""


def _wrong(request: HttpRequest, known: queries.Known | None) -> HttpResponseBase:
    """One answer to whatever is wrong with a token; on record, until an address sends more than anybody would read."""
    address = get_adapter().get_client_ip(request)
    if not rate.is_past_counting(address):
        maker, reference = (known.maker, known.reference) if known else (None, "")
        put_refusal_on_record(maker, rules.NO_GOOD, path=request.path, token=reference, address=address)
    return _said_no(rules.no_good())


def _refused(request: HttpRequest, known: queries.Known | None, refusal: Refusal) -> HttpResponseBase:
    if refusal.code == rules.NO_GOOD:  # withdrawn while its file was on the way
        return _wrong(request, known)
    if known is not None and known.good:
        put_refusal_on_record(known.maker, refusal.code, path=request.path, token=known.reference)
    return _said_no(refusal)


def _said_no(refusal: Refusal) -> HttpResponseBase:
    status = STATUS.get(refusal.code, 403)
    answer = _said(status, {"code": refusal.code, "sentence": refusal.sentence})
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer.headers["Retry-After"] = str(rate.HOUR)
    return answer


def _said(status: int, said: dict[str, Any]) -> HttpResponseBase:
    answer = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
