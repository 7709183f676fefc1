"""Pages of the scorecard and of measures."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported, searched
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.spreadsheet import Sheet
from hearth.foundation.ui.page import render
from hearth.oversight.performance import behind, counting, drawing, forms, queries, rules, tables
from hearth.oversight.performance.charts import LEAST, RULES
from hearth.oversight.performance.exceptions.queries import said_of, standings
from hearth.oversight.performance.projects.queries import projects
from hearth.records.money.downloads import as_file


def scorecard(request: HttpRequest) -> HttpResponse:
    """Every measure of a place and quarter, under the outcomes of Every Child Matters."""
    refuse(rules.why_not_see_performance(request.user))
    form = forms.ScorecardForm(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "wanted": wanted,
        "card": queries.scorecard(request.user, wanted),
        "projects": projects(request.user),
        "whole_name": queries.area_name(counting.WHOLE),
        "fewest": pack().indicators.fewest_shown,
    }
    return render(request, "performance/scorecard.html", context, partial="results")


def measure(request: HttpRequest) -> HttpResponse:
    """One measure: what it counts, by district, and over time with what has changed."""
    refuse(rules.why_not_see_performance(request.user))
    form = forms.MeasureForm(request.GET)
    wanted = form.wanted()
    found = queries.one_measure(request.user, wanted)
    unit = "%" if found.measure.is_share else ""
    context = {
        "form": form,
        "wanted": wanted,
        "found": found,
        "outcome": queries.outcome_of(found.measure),
        "picture": drawing.drawn(found.chart, [point.short for point in found.points], unit),
        "rules": RULES,
        "least": LEAST,
        "fewest": counting.fewest_of(found.measure),
        "may_open_some": behind.may_open_some(request.user),
        "tolerance": pack().measures.tolerance(found.measure.tolerance),
        "reports": said_of(request.user, found.measure.code, found.area),
    }
    return render(request, "performance/measure.html", context, partial="results")


def measured_records(request: HttpRequest) -> HttpResponse:
    """What a figure was counted from, as far as the reader may open it."""
    refuse(rules.why_not_see_performance(request.user))
    wanted = forms.MeasureForm(request.GET).wanted()
    opened = behind.opened(request.user, wanted, request.GET.get("page"))
    searched(
        request.user, "performance.figure_opened", **wanted.filters, may_open=opened.may_open,
    )  # fmt: skip
    context = {"opened": opened, "wanted": wanted, "name": queries.area_name(wanted.area)}
    return render(request, "performance/measured_records.html", context)


TABLES: dict[str, Callable[[Any, queries.Wanted], Sheet]] = {
    "scorecard": lambda reader, wanted: tables.of_scorecard(queries.scorecard(reader, wanted)),
    "measure": lambda reader, wanted: tables.of_measure(queries.one_measure(reader, wanted)),
    "behind": lambda reader, wanted: tables.of_standings(standings(reader, wanted.area)),
    "over_time": lambda reader, wanted: tables.over_time(queries.one_measure(reader, wanted)),
}


@require_http_methods(["GET", "POST"])
def download_performance(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_performance(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("scorecard"))
    wanted = forms.MeasureForm(request.POST).wanted()
    sheet = table(request.user, wanted)
    exported(request.user, "performance.table_downloaded", table=sheet.name, rows=len(sheet.rows), **wanted.filters)
    return as_file(sheet, request.POST.get("as", ""))
