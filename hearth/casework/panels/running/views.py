"""The one screen on which a meeting is run, its view for a projector, its minutes, and what each has to do."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.panels.items import queries as item_queries
from hearth.casework.panels.meetings import queries as lists
from hearth.casework.panels.queries import sector_words
from hearth.casework.panels.running import actions, escalating, forms, queries, rules
from hearth.casework.panels.unmet.queries import standing_needs
from hearth.casework.panels.unmet.words import label
from hearth.foundation.audit.looks import looked, looked_each
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.intelligence.insight.involvement.queries import family_view


def run_panel_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """One screen: the list at the side, and of one item what is asked, what is known, what is decided."""
    meeting = lists.list_of(request.user, reference)
    refuse(rules.why_not_open_screen(request.user, meeting))
    heard = queries.heard_at(request.user, meeting)
    current = queries.chosen(heard, request.GET.get("item"))
    previous, following = queries.beside(heard, current)
    present = queries.attendance_of(request.user, meeting)
    context = _about(meeting) | {
        "heard": heard,
        "current": current,
        "previous": previous,
        "following": following,
        "present": present,
        "rehearses": not queries.may_run(request.user, meeting),
    }
    context |= {"quorum": queries.quorum_of(meeting, present), "checks": [], "assessment": None, "family_view": None}
    if current is not None and current.item.family is not None:
        item = current.item
        looked(
            request.user,
            "panels.item_rehearsed" if context["rehearses"] else "panels.item_heard",
            family=item.family,
            subject=item,
        )
        context |= {
            "checks": item_queries.checks_of(request.user, item),
            "assessment": item_queries.assessment_of(request.user, item),
            "family_view": partial(family_view, request.user, item.family, "panel"),
        }
    return render(request, "panels/run_panel_meeting.html", context)


def project_panel_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """What everybody in the room may see on a wall: what an item is about, and no name."""
    meeting = lists.list_of(request.user, reference)
    refuse(rules.why_not_open_screen(request.user, meeting))
    heard = queries.heard_at(request.user, meeting)
    current = queries.chosen(heard, request.GET.get("item"))
    previous, following = queries.beside(heard, current)
    context = _about(meeting) | {
        "heard": heard,
        "current": current,
        "previous": previous,
        "following": following,
        "rehearses": not queries.may_run(request.user, meeting),
    }
    return render(request, "panels/project_panel_meeting.html", context)


def record_panel_attendance(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write down who is here."""
    meeting = lists.list_of(request.user, reference)
    refuse(rules.why_not_run(request.user, meeting))
    there = [row.user.reference for row in queries.attendance_of(request.user, meeting)]
    return form_page(
        request,
        "panels/record_panel_attendance.html",
        forms.RecordPanelAttendanceForm,
        do=lambda form: actions.record_panel_attendance(by=request.user, meeting=meeting, **form.cleaned_data),
        then=reverse("run_panel_meeting", args=[reference]),
        said="It is written down who is here.",
        initial={"there": there},
        form_kwargs={"candidates": queries.candidates(request.user, meeting)},
        context=_about(meeting),
    )


def declare_interest(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Somebody has an interest of their own."""
    item = item_queries.item_of(request.user, reference)
    refuse(rules.why_not_run(request.user, item.meeting))
    kwargs = {"reader": request.user}
    return _form(
        request, item, forms.DeclareInterestForm, actions.declare_interest, "It is written down.", form_kwargs=kwargs
    )


def decide_panel_item(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write down one decision, with the action that follows from it."""
    item = item_queries.item_of(request.user, reference)
    refuse(rules.why_not_hear(request.user, item))
    kwargs = {
        "reader": request.user,
        "of_family": item.family_id is not None,
        "escalates": escalating.said_of_escalating(request.user, item),
    }
    return _form(
        request, item, forms.DecidePanelItemForm, actions.decide_panel_item, partial(escalating.said_of_decision, request.user), form_kwargs=kwargs,
        context={"recorded": standing_needs(request.user, item.case), "unmet_label": label},
    )  # fmt: skip


def add_panel_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write down something that somebody will do."""
    item = item_queries.item_of(request.user, reference)
    refuse(rules.why_not_hear(request.user, item))
    kwargs = {"reader": request.user}
    return _form(
        request, item, forms.AddPanelActionForm, actions.add_panel_action, "It is written down.", form_kwargs=kwargs
    )


def put_off_item(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hear it at a later meeting."""
    item = item_queries.item_of(request.user, reference)
    refuse(rules.why_not_run(request.user, item.meeting))
    kwargs = {"meetings": queries.later_meetings(request.user, item)}
    return _form(
        request, item, forms.PutOffItemForm, actions.put_off_item, "It is put off.", form_kwargs=kwargs,
        context={"meetings": kwargs["meetings"]},
    )  # fmt: skip


def take_back_decision(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take back what was written by mistake."""
    decision = queries.decision_of(request.user, reference, number)
    refuse(rules.why_not_take_back(request.user, decision))
    return form_page(
        request,
        "panels/take_back_decision.html",
        forms.TakeBackDecisionForm,
        do=lambda form: actions.take_back_decision(by=request.user, decision=decision, **form.cleaned_data),
        then=_screen(decision.item),
        said="It is taken back.",
        context=_about_item(decision.item) | {"decision": decision},
    )


def panel_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """Minutes, as they wrote themselves: what the reader may read of them. They begin with the meeting."""
    meeting = lists.list_of(request.user, reference)
    if not rules.have_begun(meeting):
        context = {
            "meeting": meeting,
            "panel": meeting.panel,
            "may_rehearse": queries.may_open_screen(request.user, meeting),
        }
        return render(request, "panels/no_minutes_yet.html", context)
    heard = queries.heard_at(request.user, meeting)
    looked_each(
        request.user, "panels.minutes_opened", families=[each.item.family for each in heard if each.item.family]
    )
    present = queries.attendance_of(request.user, meeting)
    context = _about(meeting) | {
        "heard": heard,
        "present": present,
        "absent": queries.absent(present, request.user, meeting),
        "quorum": queries.quorum_of(meeting, present),
        "unread": lists.unread(meeting, heard),
        "may_run": queries.may_run(request.user, meeting),
        "in_the_way": queries.why_not_approve_yet(request.user, meeting, heard),
    }
    return render(request, "panels/panel_minutes.html", context)


def approve_minutes(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The chair approves them."""
    meeting = lists.list_of(request.user, reference)
    if request.method == "POST":
        actions.approve_minutes(by=request.user, meeting=meeting)
        say(request, "The minutes are approved. Everybody who is to do something, or brought something, is told.")
    return HttpResponseRedirect(reverse("panel_minutes", args=[reference]))


def panel_actions(request: HttpRequest) -> HttpResponse:
    """What panels asked me to do."""
    page = queries.own_actions(request.user, request.GET.get("page"))
    context = {"page": page, "today": clock.today(), "readable": queries.readable_items(request.user, page.rows)}
    return render(request, "panels/panel_actions.html", context)


def finish_panel_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that it is done."""
    found = queries.action_of(request.user, reference)
    refuse(rules.why_not_finish(request.user, found))
    return form_page(
        request,
        "panels/finish_panel_action.html",
        forms.FinishPanelActionForm,
        do=lambda form: actions.finish_panel_action(by=request.user, act=found, **form.cleaned_data),
        then=reverse("panel_actions")
        if found.owner_id == request.user.pk
        else reverse("panel", args=[found.meeting.panel.reference]),
        said="It is done. The panel sees it.",
        context={"act": found},
    )


def _form(
    request: HttpRequest, item: Any, form: Any, act: Any, said: Any, *, form_kwargs: Any, context: Any = None
) -> HttpResponseBase:  # fmt: skip
    """A form about an item that is being heard: done, it leads back to the screen."""
    return form_page(
        request,
        f"panels/{act.__name__}.html",
        form,
        do=lambda form: act(by=request.user, item=item, **form.cleaned_data),
        then=_screen(item),
        said=said,
        form_kwargs=form_kwargs,
        context=_about_item(item) | (context or {}),
    )


def _screen(item: Any) -> str:
    """The screen with an item on it. Put off, the item is on another meeting's list: its own is read before."""
    return reverse("run_panel_meeting", args=[item.meeting.reference], query={"item": item.number})


def _about_item(item: Any) -> dict[str, Any]:
    return _about(item.meeting) | {"item": item}


def _about(meeting: Any) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "ask_words": lists.ask_words,
        "theme_words": lists.theme_words,
        "age_words": lists.age_words,
        "sector_words": sector_words,
        "decision_words": queries.decision_words,
        "today": clock.today(),
    }
