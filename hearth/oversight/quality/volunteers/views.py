"""Pages of volunteers: the list, one of them, and each step from the first talk to the end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality.volunteers import actions, forms, queries, rules, shown

Why = Callable[[Any, Any], Refusal | None]


def volunteers(request: HttpRequest) -> HttpResponse:
    """Volunteers, families who wait for one, and help that is going on."""
    refuse(rules.why_not_see_volunteers(request.user))
    context = shown.overview(request.user, request.GET.get("show", ""), request.GET.get("page"))
    return render(request, "volunteers/volunteers.html", context)


@never_cache
def volunteer(request: HttpRequest, reference: str) -> HttpResponse:
    """All that is held of one volunteer; printed, it is what they are handed if they ask."""
    found = queries.volunteer_of(request.user, reference)
    looked(request.user, "volunteers.volunteer_opened", family=None, subject=found)
    return render(request, "volunteers/volunteer.html", shown.one(request.user, found))


def recruit_volunteer(request: HttpRequest) -> HttpResponseBase:
    """Write down somebody who would like to volunteer."""
    refuse(rules.why_not_recruit(request.user))
    areas = queries.areas_to_recruit(request.user)

    def do(form: forms.RecruitVolunteerForm) -> Any:
        said = dict(form.cleaned_data)
        code = said.pop("area")
        return actions.recruit_volunteer(
            by=request.user, area=next(each for each in areas if each.code == code), **said
        )

    return form_page(
        request, "volunteers/recruit_volunteer.html", forms.RecruitVolunteerForm, do=do,
        then=lambda made: _page(made.reference), said="They are written down. Now ask for references, see their certificate and talk with them.",
        initial={"area": areas[0].code if len(areas) == 1 else "", "most_families": 1},
        form_kwargs={"areas": [(each.code, each.name) for each in areas]},
    )  # fmt: skip


def change_volunteer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change who somebody is, and what they offer."""
    found = queries.volunteer_of(request.user, reference)
    names = (*actions.TEXTS, *actions.OTHERS, "version")
    initial = {name: getattr(found, name) for name in names}
    return _form(
        request, found, forms.ChangeVolunteerForm, actions.change_volunteer, "What you changed is saved.",
        why=rules.why_not_work_on, initial=initial,
    )  # fmt: skip


def ask_for_reference(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note who is asked for a reference."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request,
        found,
        forms.AskForReferenceForm,
        actions.ask_for_reference,
        "It is noted that they are asked.",
        why=rules.why_not_work_on,
    )


def note_reference(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Note what somebody answered."""
    found = queries.volunteer_of(request.user, reference)
    one = queries.reference_of(request.user, found, number)
    return _form(
        request, found, forms.NoteReferenceForm, actions.note_reference, "What they said is noted.",
        why=lambda by, whose: rules.why_not_note_reference(by, whose, one, "-"), context={"one": one}, reference=one,
    )  # fmt: skip


def note_check(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note a DBS certificate that was seen."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request, found, forms.NoteCheckForm, actions.note_check, "The check is noted.", why=rules.why_not_work_on
    )


def note_volunteer_training(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note training that was done."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request,
        found,
        forms.NoteTrainingForm,
        actions.note_volunteer_training,
        "The training is noted.",
        why=rules.why_not_work_on,
    )


def note_interview(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note a talk with somebody."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request,
        found,
        forms.NoteInterviewForm,
        actions.note_interview,
        "The interview is noted.",
        why=rules.why_not_work_on,
    )


def approve_volunteer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Approve somebody whom another recruited."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request, found, forms.ApproveVolunteerForm, actions.approve_volunteer, "They are approved, and may be matched with a family.",
        why=lambda by, whose: rules.why_not_approve(by, whose, actions.missing_of(by, whose)), context=shown.one(request.user, found),
    )  # fmt: skip


def end_volunteer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that somebody volunteers no longer."""
    found = queries.volunteer_of(request.user, reference)
    return _form(
        request, found, forms.EndVolunteerForm, actions.end_volunteer, "They volunteer no longer.",
        why=lambda by, whose: rules.why_not_recruit(by, whose.area),
    )  # fmt: skip


def _page(reference: str) -> str:
    return reverse("volunteer", args=[reference])


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, *, why: Why, context: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None, **more: Any,
) -> HttpResponseBase:  # fmt: skip
    if request.method == "GET":  # of a page that is sent, the action tells what became of it
        refuse(why(request.user, found))
        looked(request.user, f"volunteers.{do.__name__}_opened", family=None, subject=found)
    return form_page(
        request, f"volunteers/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, volunteer=found, **more, **typed.cleaned_data),
        then=_page(found.reference), said=said, context={"volunteer": found} | (context or {}), initial=initial or {},
    )  # fmt: skip
