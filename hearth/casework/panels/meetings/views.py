"""Pages of a panel's meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.panels.meetings import actions, forms, queries, rules
from hearth.casework.panels.meetings.entering import recipients
from hearth.casework.panels.running.queries import may_open_screen, may_run
from hearth.foundation.audit.looks import looked_each
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say


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
        "runs": queries.runs_it(request.user, meeting),
        "may_run": may_run(request.user, meeting),
        "may_rehearse": may_open_screen(request.user, meeting),
        "unread": queries.unread(meeting, items),
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
    """Who will get what of the list; looked at, it is sent."""
    meeting = queries.list_of(request.user, reference)
    refuse(rules.why_not_prepare(request.user, meeting))
    if request.method != "POST":  # sent twice by two presses, it leads where it led the first time
        refuse(rules.why_not_send_list(request.user, meeting))
    items = queries.unsent(request.user, meeting)
    return form_page(
        request,
        "panels/send_panel_list.html",
        forms.SendPanelListForm,
        do=lambda form: actions.send_panel_list(by=request.user, meeting=meeting, **form.cleaned_data),
        then=reverse("panel_meeting", args=[reference]),
        said=lambda sent: f"{sent} {'item is' if sent == 1 else 'items are'} sent to members.",
        initial={"items": " ".join(item.reference for item in items)},
        context=_words()
        | {
            "meeting": meeting,
            "panel": meeting.panel,
            "items": items,
            "people": recipients(meeting, items),
            "told": queries.told_of(request.user, meeting),
            "deputies_on_call": queries.deputies_on_call(request.user, meeting),
            "today": clock.today(),
        },
        draft=False,
    )


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
