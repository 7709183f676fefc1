"""Pages of reports: the list, one report, starting, writing, sending and correcting it, and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.foundation.audit.looks import exported
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.performance.reports import actions, files, forms, queries, rules
from hearth.oversight.performance.reports.periods import title_of
from hearth.oversight.performance.reports.sections import SECTIONS


def reports(request: HttpRequest) -> HttpResponse:
    """Reports that the reader may read."""
    context = {
        "page": queries.reports(request.user, request.GET.get("page")),
        "title_of": title_of,
        "may_start": bool(queries.places_to_write(request.user)),
    }
    return render(request, "reports/reports.html", context)


def start_report(request: HttpRequest) -> HttpResponseBase:
    """Start a report: its figures are gathered in the background."""
    places = queries.places_to_write(request.user)
    refuse(None if places else rules.why_not_write_in(request.user, None))
    return form_page(
        request, "reports/start_report.html", forms.StartReportForm,
        do=lambda form: actions.start_report(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("report", args=[made.reference]), said="Its figures are being gathered.",
        form_kwargs={"places": places},
    )  # fmt: skip


def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: how far it is, what it says, and what is to be done."""
    found = queries.report_of(request.user, reference)
    editions = queries.editions(request.user, found)
    shown = not found.is_open and found.gathered_at is not None
    context: dict[str, Any] = {
        "report": found, "title": title_of(found), "editions": editions, "moves": queries.moves(request.user, found),
        "may": queries.what_may(request.user, found, editions), "sections": SECTIONS,
        "content": queries.content_of(request.user, found, editions) if shown else None,
        "studies": {each.number: each for each in queries.studies(request.user, found)},
        "frozen": queries.standing(editions, is_public=False), "public": queries.standing(editions, is_public=True),
        "later": queries.later_version(found) if found.is_approved else None,
    }  # fmt: skip
    return render(request, "reports/report.html", context)


@require_POST
def gather_report_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Its figures once more, as they stand now."""
    found = queries.report_of(request.user, reference)
    actions.gather_report_again(by=request.user, report=found)
    say(request, "Its figures are being gathered again. What is written stays.")
    return HttpResponseRedirect(reverse("report", args=[reference]))


def write_report_section(request: HttpRequest, reference: str, section: str) -> HttpResponseBase:
    """Write about one section, beside its figures. It is kept as it is typed."""
    found, part = queries.section_to_write(request.user, reference, section)
    initial, told = queries.part_of(request.user, found, section)
    return form_page(
        request, "reports/write_report_section.html", forms.WriteReportSectionForm,
        do=lambda form: actions.write_report_section(by=request.user, report=found, section=section, **form.cleaned_data),
        then=f"{reverse('report', args=[reference])}#{section}", said="It is kept.", form_kwargs={"section": part},
        initial=initial,
        context={"report": found, "part": part, "told": told},
    )  # fmt: skip


def send_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send it for approval."""
    found = queries.report_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_send(request.user, found, queries.written(request.user, found)))
    return form_page(
        request, "reports/send_report.html", forms.SendReportForm,
        do=lambda form: actions.send_report(by=request.user, report=found),
        then=reverse("report", args=[reference]), said="It is sent. Somebody who wrote none of it approves it or sends it back.",
        context={"report": found, "studies": [each for each in queries.studies(request.user, found) if each.withdrawn_at is None]},
    )  # fmt: skip


def correct_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Begin a version that corrects an approved report."""
    found = queries.report_of(request.user, reference)
    if request.method != "POST":
        refuse(rules.why_not_correct(request.user, found, "-", later=queries.later_version(found) is not None))
    return form_page(
        request, "reports/correct_report.html", forms.CorrectReportForm,
        do=lambda form: actions.correct_report(by=request.user, report=found, **form.cleaned_data),
        then=lambda made: reverse("report", args=[made.reference]), said="A new version is begun, with the words of the one before.",
        context={"report": found},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def download_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Its PDF or Word file. It leaves the product, so that is on record; its address alone downloads nothing."""
    found = queries.report_of(request.user, reference)
    kind = request.POST.get("as", "")
    if request.method != "POST" or kind not in files.KINDS:
        return HttpResponseRedirect(reverse("report", args=[reference]))
    content = files.file_of(request.user, found, kind)
    exported(request.user, "reports.downloaded", subject=found, file=kind, state=found.state)
    return file_response(content, f"{found.reference}.{kind}")
