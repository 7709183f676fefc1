"""Pages of meetings on the risk log."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.governance.risks import forms, rules
from hearth.oversight.governance.risks.meetings import actions, queries
from hearth.oversight.governance.risks.meetings.rules import why_not_hold, why_not_review
from hearth.oversight.governance.risks.queries import Stands, readers_of, risk_of
from hearth.oversight.governance.risks.views import chosen

ATTENDED = ("present", "apologies", "words")


def risk_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings on the log, the latest first."""
    context = {
        "page": queries.meetings(request.user, request.GET.get("page")),
        "may_start": bool(queries.places(request.user)),
    }
    return render(request, "risks/meetings/risk_meetings.html", context)


def start_risk_meeting(request: HttpRequest) -> HttpResponseBase:
    """Start a meeting."""
    places = queries.places(request.user)
    refuse(None if places else rules.why_not_keep_in(request.user, None))
    areas = [area for area in places if area is not None]
    return form_page(
        request,
        "risks/meetings/start_risk_meeting.html",
        forms.StartRiskMeetingForm,
        do=lambda form: actions.start_risk_meeting(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("record_risk_attendance", args=[made.reference]),
        said="The meeting is started.",
        initial={"area": areas[0].code if len(places) == 1 and areas else ""},
        form_kwargs={"things": {"area": {area.code: (area, area.name) for area in areas}}, "whole": None in places},
    )


def risk_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """A meeting: what is still to be gone through, or its minutes."""
    meeting = queries.meeting_of(request.user, reference)
    return render(request, "risks/meetings/risk_meeting.html", _about(request.user, meeting))


def record_risk_attendance(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Who is there."""
    meeting = queries.meeting_of(request.user, reference)
    refuse(why_not_hold(request.user, meeting))
    told = {name: getattr(meeting, name) for name in ATTENDED} | {"seen": seen_in(meeting, ATTENDED)}
    told["present"] = told["present"] or queries.usually_there(request.user, meeting)
    return form_page(
        request,
        "risks/meetings/record_risk_attendance.html",
        forms.RecordRiskAttendanceForm,
        do=lambda form: actions.record_risk_attendance(by=request.user, meeting=meeting, **form.cleaned_data),
        then=lambda _: _next(request.user, meeting),
        said="It is recorded.",
        initial=told,
        context={"meeting": meeting},
    )


def review_risk(request: HttpRequest, reference: str, risk: str) -> HttpResponseBase:
    """Go through one risk, and then the next: the whole meeting by the keyboard."""
    meeting = queries.meeting_of(request.user, reference)
    found: Any = risk_of(request.user, risk)
    refuse(why_not_review(request.user, meeting, found))
    stood = {"likelihood": str(found.likelihood or ""), "impact": str(found.impact or "")}
    context = {"risk": found, "stands": Stands(found), "last_points": queries.last_points(request.user, found)}
    return form_page(
        request,
        "risks/meetings/review_risk.html",
        forms.ReviewRiskForm,
        do=lambda form: actions.review_risk(by=request.user, meeting=meeting, risk=found, **form.cleaned_data),
        then=lambda _: _next(request.user, meeting),
        said=f"{found.reference} is reviewed.",
        initial=stood,
        form_kwargs={"things": {"owner": chosen(readers_of(found))}},
        context=_about(request.user, meeting) | context,
    )


@require_POST
def end_risk_meeting(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End it."""
    meeting = queries.meeting_of(request.user, reference)
    actions.end_risk_meeting(by=request.user, meeting=meeting)
    say(request, "The meeting has ended. Its minutes stand, and can be printed.")
    return HttpResponseRedirect(reverse("risk_meeting", args=[reference]))


def _next(reader: Any, meeting: Any) -> str:
    """The next risk that was not gone through; the meeting itself once all were."""
    reviewed = queries.reviews_of(reader, meeting)
    left = [each for each in queries.to_go_through(reader, meeting) if each.pk not in reviewed]
    if left:
        return reverse("review_risk", args=[meeting.reference, left[0].reference])
    return reverse("risk_meeting", args=[meeting.reference])


def _about(reader: Any, meeting: Any) -> dict[str, Any]:
    reviews = queries.reviews_of(reader, meeting)
    holds = why_not_hold(reader, meeting) is None
    to_do = queries.to_go_through(reader, meeting) if holds else []
    return {
        "meeting": meeting,
        "reviews": sorted(reviews.values(), key=lambda each: (-each.score, each.risk.title)),
        "to_do": [(Stands(each), each.pk in reviews) for each in to_do],
        "left": sum(each.pk not in reviews for each in to_do),
        "points": queries.points_of(reader, meeting),
        "holds": holds,
    }
