"""The page of a child's pathway, and the report of missed opportunities."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.desk.counts.assessed.queries import may_open_some
from hearth.desk.pathway import drawing, queries, spreadsheet
from hearth.foundation.audit.looks import exported, searched
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Sheet, csv_file, xlsx_file
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import render
from hearth.intelligence.insight.touchpoints import reporting
from hearth.intelligence.insight.touchpoints.recording.queries import label_of_touchpoint
from hearth.records.people.queries import family_of


def family_pathway(request: HttpRequest, reference: str) -> HttpResponse:
    """How the touchpoints of one child of a family stand; the others are a link away."""
    family = family_of(request.user, reference)
    found = queries.page_of_child(request.user, family, request.GET.get("child", ""))
    context = {"family": family, "found": found, "label_of_touchpoint": label_of_touchpoint}
    return render(request, "desk/pathway/family_pathway.html", context)


def missed_opportunities(request: HttpRequest) -> HttpResponse:
    """How many children each touchpoint missed, by district, in figures that name nobody."""
    report = reporting.missed_opportunities(request.user)
    context = {
        "report": report,
        "drawn": drawing.drawn(report),
        "words_of": drawing.words_of,
        "fewest": pack().indicators.fewest_shown,
        "may_open_some": may_open_some(request.user),
    }
    return render(request, "desk/pathway/missed_opportunities.html", context)


@require_http_methods(["GET", "POST"])
def download_missed_opportunities(request: HttpRequest) -> HttpResponseBase:
    """The report as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("missed_opportunities"))
    report = reporting.missed_opportunities(request.user)
    exported(request.user, "insight.missed_downloaded", districts=len(report.lines))
    rows, name = spreadsheet.rows_of(report), f"missed-opportunities-{report.as_at or clock.today()}"
    if request.POST.get("format") == "xlsx":
        sheet = Sheet("Missed opportunities", spreadsheet.DEFINITION, spreadsheet.HEADS, rows)
        return file_response(xlsx_file([sheet]), f"{name}.xlsx")
    return file_response(csv_file(spreadsheet.HEADS, rows), f"{name}.csv")


def opened_opportunities(request: HttpRequest) -> HttpResponse:
    """The children behind one figure whom the reader may open."""
    code, area = request.GET.get("touchpoint", ""), request.GET.get("area", "")
    found = reporting.opened(request.user, code, area, request.GET.get("page"))
    if found is None:
        raise Http404
    if found.page.first:  # whichever page of it is read, it was opened once
        searched(request.user, "insight.missed_opened", touchpoint=code, area=area, may_open=found.may_open)
    context = {"found": found, "page": found.page, "homes": queries.homes_of(request.user, found.page.rows)}
    return render(request, "desk/pathway/opened_opportunities.html", context)
