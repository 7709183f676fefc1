"""Pages of help by volunteers: asked for in a case, chosen by a coordinator, answered by the family, visits, reviews, the end, the sheet."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality.volunteers import rules as of_volunteers
from hearth.oversight.quality.volunteers.helping import actions, figures, forms, queries, rules, shown
from hearth.records.money.downloads import as_file


def ask_for_volunteer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask for a volunteer for a family that agreed to it."""
    case = queries.case_of(request.user, reference)
    if request.method == "GET":
        refuse(rules.why_not_ask(request.user, case, queries.is_there(case)))
        looked(request.user, "volunteers.ask_opened", family=case.family_id, subject=case)
    return form_page(
        request, "volunteers/helping/ask_for_volunteer.html", forms.AskForVolunteerForm,
        do=lambda form: actions.ask_for_volunteer(by=request.user, case=case, **form.cleaned_data),
        then=lambda made: reverse("volunteer_request", args=[made.reference]),
        said="The coordinator of the district sees what you wrote, and no more of the family.",
        initial=queries.suggested(request.user, case), context={"case": case},
    )  # fmt: skip


@never_cache
def volunteer_request(request: HttpRequest, reference: str) -> HttpResponse:
    """What a family asked for; and, for the coordinator, who could help and how they fit."""
    asked = queries.request_of(request.user, reference)
    looked(request.user, "volunteers.request_opened", family=asked.family_id, subject=asked)
    return render(request, "volunteers/helping/volunteer_request.html", shown.asked(request.user, asked))


def withdraw_volunteer_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a request back."""
    asked = queries.request_of(request.user, reference)
    if request.method == "GET":
        refuse(rules.why_not_close_request(request.user, asked, "-"))
    return form_page(
        request, "volunteers/helping/withdraw_volunteer_request.html", forms.WithdrawVolunteerRequestForm,
        do=lambda form: actions.withdraw_volunteer_request(by=request.user, asked=asked, **form.cleaned_data),
        then=reverse("volunteer_request", args=[asked.reference]), said="It is taken back.", context={"asked": asked},
    )  # fmt: skip


def choose_volunteer(request: HttpRequest, reference: str, volunteer: str) -> HttpResponseBase:
    """Choose a volunteer for a family, with how they fit in sight."""
    asked = queries.request_of(request.user, reference)
    candidate = queries.candidate_of(request.user, asked, volunteer)
    if request.method == "GET":
        refuse(
            rules.why_not_choose(request.user, asked, queries.may_help(candidate.volunteer.pk, asked.family_id), "-")
        )
        looked(request.user, "volunteers.choice_opened", family=asked.family_id, subject=asked)
    return form_page(
        request, "volunteers/helping/choose_volunteer.html", forms.ChooseVolunteerForm,
        do=lambda form: actions.choose_volunteer(by=request.user, asked=asked, candidate=candidate, **form.cleaned_data),
        then=_page, said="The lead practitioner now asks the family. Nothing begins before it agrees.",
        context={"asked": asked, "candidate": candidate, "fit_colours": shown.FIT_COLOURS},
    )  # fmt: skip


@never_cache
def volunteer_match(request: HttpRequest, reference: str) -> HttpResponse:
    """One family and one volunteer: what the family said, visits, reviews, the end."""
    match = queries.match_of(request.user, reference)
    looked(request.user, "volunteers.match_opened", family=match.family_id, subject=match)
    return render(request, "volunteers/helping/volunteer_match.html", shown.match(request.user, match))


def note_family_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note what the family said to a volunteer."""
    match = queries.match_of(request.user, reference)
    case, may = queries.case_behind(request.user, match.asked), queries.may_help(match.volunteer_id, match.family_id)
    why = rules.why_not_answer(request.user, match, case, False, "-", may, None)
    return _form(
        request,
        match,
        forms.NoteFamilyAnswerForm,
        actions.note_family_answer,
        "What the family said is noted.",
        why,
        {"starts_on": clock.today()},
    )


def log_visit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note a visit."""
    match = queries.match_of(request.user, reference)
    why = rules.why_not_log(request.user, match, match.ended_on or clock.today(), 1, 0)
    return _form(request, match, forms.LogVisitForm, actions.log_visit, "The visit is noted.", why)


def take_back_visit(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take back a visit that was noted by mistake."""
    match = queries.match_of(request.user, reference)
    visit = queries.visit_of(request.user, match, number)
    why = rules.why_not_take_back(request.user, match, visit)
    return _form(
        request,
        match,
        forms.TakeBackVisitForm,
        actions.take_back_visit,
        "The visit is taken back, and counts nowhere.",
        why,
        visit=visit,
    )


def review_help(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note how the help goes."""
    match = queries.match_of(request.user, reference)
    next_on = shown.next_review()
    why = rules.why_not_review(request.user, match, clock.today(), "-", next_on)
    initial = {"reviewed_on": clock.today(), "next_on": next_on}
    return _form(request, match, forms.ReviewHelpForm, actions.review_help, "The review is noted.", why, initial)


def end_help(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End a volunteer's help of a family."""
    match = queries.match_of(request.user, reference)
    why = rules.why_not_end_match(request.user, match, shown.any_end(), clock.today())
    return _form(
        request, match, forms.EndHelpForm, actions.end_help, "The help has ended.", why, {"ended_on": clock.today()}
    )


@never_cache
@require_GET
def volunteer_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet that a volunteer is handed: first names and what they must know. It leaves the product, so that is on record."""
    match = queries.match_of(request.user, reference)
    volunteer = queries.volunteer_behind(request.user, match)
    refuse(rules.why_not_print(request.user, volunteer, match))
    exported(request.user, "volunteers.sheet_printed", family=match.family_id, subject=match)
    return render(request, "volunteers/helping/volunteer_sheet.html", shown.sheet(match))


def volunteer_hours(request: HttpRequest) -> HttpResponse:
    """Volunteers, visits, hours and families by district and quarter."""
    refuse(of_volunteers.why_not_see_hours(request.user))
    return render(request, "volunteers/helping/volunteer_hours.html", shown.hours(request.user))


@require_http_methods(["GET", "POST"])
def download_volunteer_hours(request: HttpRequest) -> HttpResponseBase:
    """The same as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(of_volunteers.why_not_see_hours(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("volunteer_hours"))
    sheet = figures.sheet_of(figures.hours(request.user))
    exported(request.user, "volunteers.hours_downloaded", rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def _page(match: Any) -> str:
    return reverse("volunteer_match", args=[match.reference])


def _form(
    request: HttpRequest, match: Any, form: Any, do: Callable[..., Any], said: str, why: Any,
    initial: dict[str, Any] | None = None, **more: Any,
) -> HttpResponseBase:  # fmt: skip
    if request.method == "GET":  # of a page that is sent, the action tells what became of it
        refuse(why)
        looked(request.user, f"volunteers.{do.__name__}_opened", family=match.family_id, subject=match)
    return form_page(
        request, f"volunteers/helping/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, match=match, **more, **typed.cleaned_data),
        then=_page(match), said=said, initial=initial or {}, context={"match": match} | more,
    )  # fmt: skip
