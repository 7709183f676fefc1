"""Pages of assessments and referrals in figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.desk.counts.assessed import forms, queries
from hearth.desk.counts.assessed.spreadsheet import csv_of
from hearth.foundation.audit.looks import exported, searched
from hearth.foundation.core import clock
from hearth.foundation.ui.page import render


def assessment_counts(request: HttpRequest) -> HttpResponse:
    """Assessments by month, district and agency, and referrals to social care with or without one first."""
    form = forms.CountsForm(request.GET or {"period": "year"})
    wanted = form.wanted()
    context = {
        "form": form,
        "wanted": wanted,
        "made": queries.assessments_made(request.user, wanted),
        "asked": queries.referrals_made(request.user, wanted),
        "made_words": queries.MADE,
        "asked_words": queries.ASKED,
        "made_heads": [(f"{words}#", "") for words in queries.MADE.values()],
        "asked_heads": [(f"{words}#", "") for words in queries.ASKED.values()],
        "may_open_some": queries.may_open_some(request.user),
    }
    return render(request, "counts/assessment_counts.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_assessment_counts(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("assessment_counts"))
    wanted = forms.CountsForm(request.POST).wanted()
    made, asked = queries.assessments_made(request.user, wanted), queries.referrals_made(request.user, wanted)
    exported(request.user, "counts.assessments_downloaded", **wanted.filters)
    response = HttpResponse(csv_of(made, asked), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="assessments-{clock.today()}.csv"'
    return response


def counted_assessments(request: HttpRequest) -> HttpResponse:
    """The assessments behind one figure, as far as the reader may open them."""
    wanted = forms.CountsForm(request.GET).wanted()
    opened = queries.counted_assessments(request.user, wanted, request.GET.get("page"))
    words = queries.MADE.get(wanted.column, queries.MADE["begun"])
    return _behind(request, "counts.assessments_opened", opened, wanted, "counts/counted_assessments.html", words)


def counted_referrals(request: HttpRequest) -> HttpResponse:
    """The referrals behind one figure, as far as the reader may open them."""
    wanted = forms.CountsForm(request.GET).wanted()
    opened = queries.counted_referrals(request.user, wanted, request.GET.get("page"))
    words = queries.ASKED["referrals"]
    return _behind(request, "counts.referrals_opened", opened, wanted, "counts/counted_referrals.html", words)


def _behind(request: HttpRequest, verb: str, opened: Any, wanted: Any, template: str, words: str) -> HttpResponse:
    if opened.page.first:  # whichever page of it is read, it was opened once
        searched(request.user, verb, counted=opened.counted, may_open=opened.may_open, **wanted.filters)
    context = {"opened": opened, "page": opened.page, "wanted": wanted, "words": words}
    return render(request, template, context)
