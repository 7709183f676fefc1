"""The page of the early-years entitlement, and its figures as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.desk.counts.early_years import drawing, forms, spreadsheet
from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Sheet, csv_file, xlsx_file
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import render
from hearth.intelligence.insight.entitlement.reporting import entitlement, term_words


def early_years_places(request: HttpRequest) -> HttpResponse:
    """Places, take-up and whether there is enough for two-, three- and four-year-olds, by district and term."""
    report = entitlement(request.user, request.GET.get("term", ""))
    context = {
        "report": report,
        "form": forms.EarlyYearsForm({"term": report.term}, report=report),
        "drawn": {age.code: drawing.drawn(age.lines) for age in report.ages},
        "words_of": drawing.words_of,
        "term_words": term_words,
        "fewest": pack().indicators.fewest_shown,
    }
    return render(request, "counts/early_years_places.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_early_years_places(request: HttpRequest) -> HttpResponseBase:
    """A term's figures as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("early_years_places"))
    report = entitlement(request.user, request.POST.get("term", ""))
    exported(request.user, "counts.early_years_downloaded", term=report.term)
    rows, name = spreadsheet.rows_of(report), f"early-years-{report.term.replace(' ', '-') or clock.today()}"
    if request.POST.get("format") == "xlsx":
        sheet = Sheet("Early years entitlement", spreadsheet.DEFINITION, spreadsheet.HEADS, rows)
        return file_response(xlsx_file([sheet]), f"{name}.xlsx")
    return file_response(csv_file(spreadsheet.HEADS, rows), f"{name}.csv")
