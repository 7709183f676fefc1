"""Pages about meetings."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.queries import case_with_plan
from hearth.casework.plans.meetings import actions, forms, queries
from hearth.casework.plans.queries import choices_of, key_of, plans_of
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.ui.page import form_page, render


def meetings(request: HttpRequest, reference: str) -> HttpResponse:
    """Meetings of the team around the family."""
    case = case_with_plan(request.user, reference)
    looked(request.user, "plans.meetings_opened", family=case.family_id, subject=case)
    return render(
        request, "plans/meetings.html", _about(request, case) | {"meetings": queries.meetings_of(request.user, case)}
    )


def meeting(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One meeting: who was asked, who came, what was said and decided."""
    case = case_with_plan(request.user, reference)
    found = queries.meeting_of(request.user, case, number)
    looked(request.user, "plans.meeting_opened", family=case.family_id, subject=case, meeting=number)
    plans = plans_of(request.user, case)
    context = {
        "meeting": found,
        "actions": queries.actions_from(request.user, found),
        "live_plan": plans[0] if plans and plans[0].is_live else None,
    }
    return render(request, "plans/meeting.html", _about(request, case) | context)


def plan_meeting(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Plan a meeting."""
    case = case_with_plan(request.user, reference)
    choices = choices_of(request.user, case)
    return form_page(
        request,
        "plans/plan_meeting.html",
        forms.PlanMeetingForm,
        do=lambda form: actions.plan_meeting(by=request.user, case=case, **form.cleaned_data),
        then=lambda meeting: reverse("meeting", args=[reference, meeting.number]),
        said="The meeting is planned.",
        form_kwargs={"choices": choices},
        initial={"invited": [each.key for each in choices if each.hint]},
        context=_about(request, case),
    )


def change_meeting(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change when, where or who."""
    case = case_with_plan(request.user, reference)
    found = queries.meeting_of(request.user, case, number)
    at = clock.in_london(found.planned_for)
    return form_page(
        request,
        "plans/change_meeting.html",
        forms.ChangeMeetingForm,
        do=lambda form: actions.change_meeting(by=request.user, meeting=found, **form.cleaned_data),
        then=reverse("meeting", args=[reference, number]),
        said="The meeting is changed.",
        form_kwargs={"choices": choices_of(request.user, case)},
        context=_about(request, case) | {"meeting": found},
        initial={
            "kind": found.kind,
            "family_led": found.family_led,
            "day": at.date(),
            "time": at.time(),
            "place": found.place,
            "purpose": found.purpose,
            "invited": [key_of(row) for row in found.attendances.all()],
            "seen_version": found.version,
        },
    )


def record_meeting(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Write the minutes."""
    case = case_with_plan(request.user, reference)
    found = queries.meeting_of(request.user, case, number)
    return form_page(
        request,
        "plans/record_meeting.html",
        forms.RecordMeetingForm,
        do=lambda form: actions.record_meeting(by=request.user, meeting=found, **form.cleaned_data),
        then=reverse("meeting", args=[reference, number]),
        said="The minutes are saved.",
        form_kwargs={"asked": list(found.attendances.all())},
        context=_about(request, case) | {"meeting": found},
        initial={
            "held_on": found.held_on or min(clock.in_london(found.planned_for).date(), clock.today()),
            "chair": found.chair,
            "minutes": found.minutes,
            "family_words": found.family_words,
            "decisions": found.decisions,
            "seen_version": found.version,
        },
    )


def cancel_meeting(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Cancel a planned meeting."""
    case = case_with_plan(request.user, reference)
    found = queries.meeting_of(request.user, case, number)
    return form_page(
        request,
        "plans/cancel_meeting.html",
        forms.CancelMeetingForm,
        do=lambda form: actions.cancel_meeting(by=request.user, meeting=found, **form.cleaned_data),
        then=reverse("meetings", args=[reference]),
        said="The meeting is cancelled.",
        context=_about(request, case) | {"meeting": found},
    )


def _about(request: HttpRequest, case: Any) -> dict[str, Any]:
    return {
        "case": case,
        "family": case.family,
        "today": clock.today(),
        "may_write": queries.may_write(request.user, case),
        "kind_words": queries.kind_words,
        "came_words": queries.came_words,
    }
