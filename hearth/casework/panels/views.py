"""Pages of panels, who sits on them and when they meet."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from hearth.casework.panels import actions, calendar, forms, queries, rules
from hearth.casework.panels.after.queries import could_not_offer
from hearth.casework.panels.items.themes.queries import may_bring_theme
from hearth.casework.panels.questions.queries import may_ask
from hearth.casework.panels.running.queries import how_many_actions, open_actions, readable_items
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import day
from hearth.foundation.ui.page import form_page, render


def panels(request: HttpRequest) -> HttpResponse:
    """Every panel, mine first, with its next meeting."""
    refuse(rules.why_not_see_panels(request.user))
    form = forms.PanelsForm(request.GET)
    form.is_valid()
    context = {
        "form": form,
        "page": queries.panels_seen(request.user, form.cleaned_data.get("words", ""), request.GET.get("page")),
        "may_add": queries.may_add(request.user),
        "kind_words": queries.kind_words,
        "calendar": settings.HEARTH_ADDRESS.rstrip("/") + calendar.calendar_address(request.user),
        "sits_on": queries.how_many_sit(request.user),
        "to_do": how_many_actions(request.user),
    }
    return render(request, "panels/panels.html", context, partial="results")


@open_to_the_public
@require_GET
def panel_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's own calendar, for a program that cannot sign in: the link is the key."""
    response = HttpResponse(calendar.calendar_by(key), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def add_panel(request: HttpRequest) -> HttpResponseBase:
    """Set up a panel or group."""
    refuse(rules.why_not_add_panel(request.user))
    return form_page(
        request,
        "panels/add_panel.html",
        forms.AddPanelForm,
        do=lambda form: actions.add_panel(by=request.user, **form.cleaned_data),
        then=lambda panel: reverse("panel", args=[panel.reference]),
        said=lambda panel: f"{panel.name} is set up. Now say who sits on it, and plan its meetings.",
        form_kwargs={"areas": queries.areas_for(request.user)},
    )


def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """One panel: who sits on it, which sectors are missing, when it meets."""
    found = queries.panel_of(request.user, reference)
    members = queries.members_of(request.user, found)
    to_do = open_actions(request.user, found) if rules.runs(request.user, found) else []
    context = _about(found) | {
        "members": members,
        "sectors": queries.sectors_of(found, members),
        "kind": rules.kind_of(found),
        "meetings": queries.meetings_of(request.user, found),
        "past": queries.past_meetings_of(request.user, found),
        "listed": queries.lists_seen(request.user, found),
        "how_often": queries.how_often(found),
        "sector_words": queries.sector_words,
        "may_change": queries.may_change(request.user, found),
        "may_end": queries.may_end(request.user, found),
        "may_bring": may_bring_theme(request.user, found),
        "may_ask": may_ask(request.user),
        "missed": could_not_offer(found),
        "open_actions": to_do,
        "readable": readable_items(request.user, to_do),
        "today": clock.today(),
    }
    return render(request, "panels/panel.html", context)


def end_panel(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End a panel."""
    found = queries.panel_of(request.user, reference)
    refuse(rules.why_not_end(request.user, found))
    return _form(request, found, forms.EndPanelForm, actions.end_panel, "It has ended.", panel=found)


def add_panel_member(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Somebody sits on a panel."""
    found = queries.panel_of(request.user, reference)
    refuse(rules.why_not_change(request.user, found))
    kwargs = {"reader": request.user}
    return _form(
        request, found, forms.AddPanelMemberForm, actions.add_panel_member, "They sit on it from today.",
        form_kwargs=kwargs, panel=found,
    )  # fmt: skip


def change_panel_member(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Who comes in a member's place, and whether they chair."""
    found = queries.panel_of(request.user, reference)
    member = queries.member_of(request.user, found, person)
    refuse(rules.why_not_change(request.user, found))
    return _form(
        request, found, forms.ChangePanelMemberForm, actions.change_panel_member, "It is changed.",
        initial={"is_chair": member.is_chair, "deputy": member.deputy}, member=member,
        form_kwargs={"reader": request.user, "core": member.place == "core"},
    )  # fmt: skip


def end_panel_member(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Somebody sits there no more."""
    found = queries.panel_of(request.user, reference)
    member = queries.member_of(request.user, found, person)
    refuse(rules.why_not_change(request.user, found))
    said = f"{member.user.full_name} sits on it no more."
    return _form(request, found, forms.EndPanelMemberForm, actions.end_panel_member, said, member=member)


def plan_panel_meetings(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Plan the meetings up to a day."""
    found = queries.panel_of(request.user, reference)
    refuse(rules.why_not_change(request.user, found))
    return _form(
        request, found, forms.PlanPanelMeetingsForm, actions.plan_panel_meetings, _planned,
        initial=queries.as_planned(found), panel=found,
    )  # fmt: skip


def _planned(meetings: list[Any]) -> str:
    if not meetings:
        return "No meeting falls in between that is not planned already."
    return f"{len(meetings)} {'meeting is' if len(meetings) == 1 else 'meetings are'} planned."


def add_panel_meeting(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One meeting more, on a day of its own."""
    found = queries.panel_of(request.user, reference)
    refuse(rules.why_not_change(request.user, found))
    first = {name: value for name, value in queries.as_planned(found).items() if name not in ("week", "weekday")}
    return _form(
        request, found, forms.AddPanelMeetingForm, actions.add_panel_meeting, "The meeting is added. Those who sit there are told.",
        initial=first, panel=found,
    )  # fmt: skip


def move_panel_meeting(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Another day, hour or place for a meeting."""
    found = queries.meeting_of(request.user, reference)
    refuse(rules.why_not_move(request.user, found))
    first = {name: getattr(found, name) for name in ("meets_on", "starts_at", "ends_at", "place")}
    return _form(
        request, found.panel, forms.MovePanelMeetingForm, actions.move_panel_meeting, "The meeting is moved. Those whom it concerns are told.",
        initial=first, meeting=found,
    )  # fmt: skip


def cancel_panel_meeting(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A meeting is called off; what waits there goes to the next."""
    found = queries.meeting_of(request.user, reference)
    refuse(rules.why_not_move(request.user, found))
    carried = queries.carried_from(request.user, found)
    return _form(
        request, found.panel, forms.CancelPanelMeetingForm, actions.cancel_panel_meeting, _called_off, context={"carried": carried},
        meeting=found,
    )  # fmt: skip


def _called_off(meeting: Any) -> str:
    if meeting.goes_on_at is None:
        return "The meeting is called off. Those whom it concerns are told."
    return f"The meeting is called off. What was on its list is heard on {day(meeting.goes_on_at.meets_on)}. Those whom it concerns are told."


def _form(
    request: HttpRequest, found: Any, form: Any, act: Any, said: Any, *, initial: Any = None, form_kwargs: Any = None,
    context: Any = None, **about: Any,
) -> HttpResponseBase:  # fmt: skip
    """A form about a panel: done, it leads back to the panel."""
    return form_page(
        request,
        f"panels/{act.__name__}.html",
        form,
        do=lambda form: act(by=request.user, **about, **form.cleaned_data),
        then=reverse("panel", args=[found.reference]),
        said=said,
        initial=initial,
        form_kwargs=form_kwargs,
        context=_about(found) | about | (context or {}),
    )


def _about(found: Any) -> dict[str, Any]:
    return {"panel": found, "kind_words": queries.kind_words}
