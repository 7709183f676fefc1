"""Pages of what is behind and what is done about it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.performance.exceptions import actions, forms, queries
from hearth.oversight.performance.forms import PlaceForm
from hearth.oversight.performance.queries import area_name
from hearth.oversight.performance.rules import why_not_see_performance


def what_is_behind(request: HttpRequest) -> HttpResponse:
    """What is behind its target or has changed for the worse, the worst first, and what is done about each."""
    refuse(why_not_see_performance(request.user))
    form = PlaceForm(request.GET)
    area = form.wanted()
    context = {
        "form": form,
        "area": area,
        "found": queries.standings(request.user, area),
        "everywhere": queries.EVERYWHERE,
    }
    return render(request, "performance/what_is_behind.html", context, partial="results")


def write_exception_report(request: HttpRequest, measure: str, area: str) -> HttpResponseBase:
    """Say why a measure is where it is, and what is done about it."""
    label, place = queries.to_report(request.user, measure, area)
    back = reverse("what_is_behind", query={"area": place.code} if place else {})
    code = place.code if place else ""
    return form_page(
        request, "performance/write_exception_report.html", forms.WriteExceptionReportForm,
        do=lambda form: actions.write_exception_report(by=request.user, measure=measure, area=place, **form.cleaned_data),
        then=back, said="It stands beside the figure, with your name.",
        context={"label": label, "where": area_name(code), "back": back, "said_before": queries.said_of(request.user, measure, code)},
    )  # fmt: skip
