"""What a machine with a token may ask for."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hearth.foundation.core.refusals import Refusal, refuse
from hearth.intelligence.feeds import queries as loads
from hearth.intelligence.feeds.api.asking import NO_SUCH_LOAD, with_a_token
from hearth.intelligence.feeds.api.forms import said_of_file
from hearth.intelligence.feeds.api.receiving import arrived
from hearth.intelligence.feeds.tokens import actions, queries


@with_a_token("PUT", "POST")
def send_feed_file(request: HttpRequest, token: Any, file_name: str = "") -> dict[str, Any]:
    """Take a file: it is read, and waits until a person looks at it and commits it. Its name may end the address, as curl has it."""
    with arrived(request) as (file, name):
        beside = request.POST.dict() if request.content_type == "multipart/form-data" else {}
        given = said_of_file(request.GET.dict() | beside)
        given["file_name"] = given["file_name"] or file_name or name or f"{token.feed}.csv"
        given["area"] = loads.area_coded(given["area"])
        load = actions.send_file_with_token(by=token.by, token=token, file=file, **given)
    return _told(load)


@with_a_token("GET")
def how_load_stands(request: HttpRequest, token: Any, reference: str) -> dict[str, Any]:
    """How far a load is, what became of its rows, and why it was refused where it was."""
    load = queries.load_for(token.by, token, reference)
    if load is None:
        refuse(Refusal(NO_SUCH_LOAD, "There is no load of that reference for this token."))
    return _told(actions.ask_with_token(by=token.by, token=token, load=load))


def _told(load: Any) -> dict[str, Any]:
    """A load as its sender may know it: states and counts, and nothing of any row."""
    return {
        "load": load.reference,
        "address": reverse("how_load_stands", args=[load.feed, load.reference]),
        "feed": load.feed,
        "organisation": load.organisation.name,
        "file_name": load.file_name,
        "file_hash": load.file_hash,
        "covers_from": load.covers_from.isoformat(),
        "covers_until": load.covers_until.isoformat(),
        "as_at": load.as_at.isoformat(),
        "sent_at": load.created_at.isoformat(),
        "state": load.state,
        "state_in_words": load.get_state_display(),
        "refused_because": load.refusal,
        "percent_read": load.percent_read,
        "rows": {
            "read": load.rows_read,
            "in_file": load.rows_in_file,
            "new": load.new,
            "changed": load.changed,
            "same": load.same,
            "gone": load.gone,
            "flagged": load.flagged,
            "set_aside": load.set_aside,
            "waiting_to_be_decided": loads.rows_waiting(load),
        },
    }
