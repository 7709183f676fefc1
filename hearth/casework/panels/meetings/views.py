"""Pages of a panel's meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.panels.meetings import actions, queries
from hearth.casework.panels.running.queries import may_run
from hearth.foundation.audit.looks import looked_each
from hearth.foundation.core import clock
from hearth.foundation.ui.page import render, say


def panel_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """A meeting with its list: what the reader may read of each item, and what they were sent."""
    meeting = queries.list_of(request.user, reference)
    items, entries = queries.items_of(request.user, meeting), queries.own_entries(request.user, meeting)
    replies = queries.replies_to(request.user, meeting)
    looked_each(request.user, "panels.list_opened", families=[item.family for item in items if item.family])
    prepares = queries.may_prepare(request.user, meeting)
    context = _words() | {
        "meeting": meeting,
        "panel": meeting.panel,
        "prepares": prepares,
        "may_run": may_run(request.user, meeting),
        "items": items,
        "mine": queries.own_items(request.user, items),
        "entries": entries,
        "by_item": {item.id: item for item in items},
        "replies": replies,
        "own_reply": queries.own_reply(replies, request.user),
        "told": queries.told_of(request.user, meeting) if prepares else [],
        "comings": queries.comings(request.user, meeting),
        "unsent": sum(item.listed_at is None and item.status == "proposed" for item in items),
        "today": clock.today(),
    }
    return render(request, "panels/panel_meeting.html", context)


def send_panel_list(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send members what they were not sent yet."""
    meeting = queries.list_of(request.user, reference)
    if request.method == "POST":
        sent = actions.send_panel_list(by=request.user, meeting=meeting)
        say(request, f"{sent} {'item is' if sent == 1 else 'items are'} sent to members.")
    return HttpResponseRedirect(reverse("panel_meeting", args=[reference]))


def say_coming(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say whether one comes."""
    meeting = queries.list_of(request.user, reference)
    if request.method == "POST":
        actions.say_coming(by=request.user, meeting=meeting, coming=request.POST.get("coming", ""))
        say(request, "Thank you. The coordinator sees your answer.")
    return HttpResponseRedirect(reverse("panel_meeting", args=[reference]))


def _words() -> dict[str, Any]:
    return {
        "ask_words": queries.ask_words,
        "theme_words": queries.theme_words,
        "age_words": queries.age_words,
    }
