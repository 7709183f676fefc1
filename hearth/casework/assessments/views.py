"""Pages of assessments: thin; what they show is asked of queries, what they do is done by actions."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hearth.casework.assessments import actions, answers, overview, paper, queries, reading, rules
from hearth.casework.assessments.forms import (
    ReturnAssessmentForm,
    SendAssessmentForm,
    SignOffAssessmentForm,
    StartNewVersionForm,
)
from hearth.casework.assessments.section_page import SectionPage, address
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.listing import sorting
from hearth.foundation.ui.page import form_page, render, say


def _home(case: Any) -> str:
    return reverse("assessment", args=[case.reference])


@require_GET
def assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The assessment of a case: its pages, how far each has got, and what can be done next."""
    case = queries.case_of(request.user, reference)
    versions = queries.versions_of(request.user, case)
    if not versions:
        return HttpResponseRedirect(reverse("start_assessment", args=[reference]))
    looked(request.user, "assessments.assessment_opened", family=case.family_id, subject=versions[0])
    return render(request, "assessments/assessment.html", overview.context(request.user, case, versions))


@require_http_methods(["GET", "POST"])
def start_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Start the assessment of a case that has none."""
    case = queries.case_of(request.user, reference)
    if request.method == "POST":
        actions.start_assessment(by=request.user, case=case)
        return HttpResponseRedirect(_home(case))
    if queries.versions_of(request.user, case):
        return HttpResponseRedirect(_home(case))
    looked(request.user, "assessments.start_opened", family=case.family_id, subject=case)
    context = {"case": case, "refusal": rules.why_not_start(request.user, case, None)}
    return render(request, "assessments/start_assessment.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def write_section(request: HttpRequest, reference: str, section: str, child: str = "") -> HttpResponseBase:
    """Write one page of an assessment, about the whole family or about one child."""
    page = _section_page(request, reference, section, child)
    if request.method == "POST":
        return page.post()
    looked(
        request.user,
        "assessments.section_opened",
        family=page.assessment.family_id,
        subject=page.assessment,
        section=section,
        child=child,
    )
    return page.open()


def _section_page(request: HttpRequest, reference: str, section: str, child: str) -> SectionPage:
    latest = queries.newest_of(request.user, queries.case_of(request.user, reference))
    sheet = queries.sheet_of(request.user, latest)
    return SectionPage(request, sheet, *queries.place_of(sheet, section, child))


@never_cache
@require_GET
def who_is_writing(request: HttpRequest, reference: str, section: str, child: str = "") -> HttpResponse:
    """Who else is writing on a page now: a part of it, asked for every half minute."""
    latest = queries.newest_of(request.user, queries.case_of(request.user, reference))
    page, about = queries.place_in(request.user, latest, section, child)
    writers = answers.who_writes(request.user, latest, page, about, address(reference, page, about))
    return render(request, "assessments/who_is_writing.html", {"writers": writers})


def send_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send a finished assessment to a manager."""
    case = queries.case_of(request.user, reference)
    latest = queries.newest_of(request.user, case)
    managers = overview.managers(request.user, latest)
    read_it = str(latest.sent_to_id)  # of one that came back
    return form_page(
        request,
        "assessments/send_assessment.html",
        SendAssessmentForm,
        do=lambda form: actions.send_assessment(by=request.user, assessment=latest, **form.cleaned_data),
        then=_home(case),
        said=lambda sent: f"The assessment is with {sent.sent_to.full_name}.",
        initial={"seen_version": latest.version, "level": latest.level, "to": read_it if read_it in managers else ""},
        form_kwargs={"managers": managers},
        context=overview.sending(request.user, latest),
        name=latest.reference,
    )


@require_http_methods(["GET", "POST"])
def take_back_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take an assessment back from a manager, to change it. Its address alone changes nothing."""
    case = queries.case_of(request.user, reference)
    if request.method == "POST":
        actions.take_back_assessment(by=request.user, assessment=queries.newest_of(request.user, case))
        say(request, "The assessment is yours again. Send it when you have changed it.")
    return HttpResponseRedirect(_home(case))


def start_new_version(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Start a version after a signed-off assessment."""
    case = queries.case_of(request.user, reference)
    latest = queries.newest_of(request.user, case)
    return form_page(
        request,
        "assessments/start_new_version.html",
        StartNewVersionForm,
        do=lambda form: actions.start_new_version(by=request.user, assessment=latest, **form.cleaned_data),
        then=_home(case),
        said="The new version is started, with everything copied. Change what has changed.",
        context={"case": case, "assessment": latest},
    )


@require_GET
def assessments_to_sign_off(request: HttpRequest) -> HttpResponse:
    """Assessments that wait for the reader's signature."""
    refuse(rules.why_not_see_waiting(request.user))
    columns = {"sent": "sent_at", "due": "due_on", "family": "family__folded_name", "author": "author__full_name"}
    sort = sorting(request, columns, default="sent")
    page = queries.waiting_for(request.user, request.GET.get("page"), sort.order_by)
    return render(
        request, "assessments/assessments_to_sign_off.html", {"page": page, "sort": sort, "today": clock.today()}
    )


@require_GET
def read_assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """One version of an assessment, whole, to read or print."""
    found = queries.assessment_of(request.user, reference)
    looked(request.user, "assessments.assessment_read", family=found.family_id, subject=found)
    return render(request, "assessments/read_assessment.html", overview.whole(request.user, found))


@require_http_methods(["GET", "POST"])
def download_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The assessment as a PDF. It leaves the product, so that is on record; its address alone downloads nothing."""
    found = queries.assessment_of(request.user, reference)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("read_assessment", args=[reference]))
    made = paper.pdf_of(**overview.whole(request.user, found))
    exported(request.user, "assessments.assessment_downloaded", family=found.family_id, subject=found)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    return response


@require_GET
def assessment_changes(request: HttpRequest, reference: str) -> HttpResponse:
    """What a version says differently from the one before."""
    found = queries.assessment_of(request.user, reference)
    context = overview.changes(request.user, found)
    looked(request.user, "assessments.changes_opened", family=found.family_id, subject=found)
    return render(request, "assessments/assessment_changes.html", context)


@require_GET
def section_history(request: HttpRequest, reference: str, section: str, child: str = "") -> HttpResponse:
    """Every save of one page, newest first."""
    found = queries.assessment_of(request.user, reference)
    page, about = queries.place_in(request.user, found, section, child)
    looked(
        request.user, "assessments.history_opened", family=found.family_id, subject=found, section=section, child=child
    )
    saves = answers.history_of(request.user, found, page, about, request.GET.get("page"))
    context = {
        "assessment": found,
        "section": page,
        "child": about,
        "page": saves,
        "lines": reading.lines_of(page, saves.rows),
    }
    return render(request, "assessments/section_history.html", context)


def return_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Return an assessment to its author with comments."""
    found = queries.assessment_of(request.user, reference)
    return form_page(
        request,
        "assessments/return_assessment.html",
        ReturnAssessmentForm,
        do=lambda form: actions.return_assessment(by=request.user, assessment=found, **form.answers),
        then=_home(found.case),
        said="The assessment is back with its author, with your comments.",
        initial={"seen_version": found.version},
        form_kwargs={"progress": queries.sheet_of(request.user, found).progress},
        context=overview.judging(found, rules.why_not_return(request.user, found)),
    )


def sign_off_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Sign an assessment off."""
    found = queries.assessment_of(request.user, reference)
    wrote = answers.wrote_in(request.user, found)
    return form_page(
        request,
        "assessments/sign_off_assessment.html",
        SignOffAssessmentForm,
        do=lambda form: actions.sign_off_assessment(by=request.user, assessment=found, **form.answers),
        then=_home(found.case),
        said="The assessment is signed off.",
        initial={"seen_version": found.version},
        context=overview.judging(found, rules.why_not_sign_off(request.user, found, wrote)),
    )
