"""The page of a child's pathway, and the report of missed opportunities."""

from django.http import Http404, HttpRequest, HttpResponse

from hearth.desk.counts.assessed.queries import may_open_some
from hearth.desk.pathway import queries
from hearth.foundation.audit.looks import searched
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.page import render
from hearth.intelligence.insight.touchpoints import reporting
from hearth.records.people.queries import family_of


def family_pathway(request: HttpRequest, reference: str) -> HttpResponse:
    """How the touchpoints of one child of a family stand; the others are a link away."""
    family = family_of(request.user, reference)
    found = queries.page_of_child(request.user, family, request.GET.get("child", ""))
    return render(request, "desk/pathway/family_pathway.html", {"family": family, "found": found})


def missed_opportunities(request: HttpRequest) -> HttpResponse:
    """How many children each touchpoint missed, by district, in figures that name nobody."""
    context = {
        "report": reporting.missed_opportunities(request.user),
        "fewest": pack().indicators.fewest_shown,
        "may_open_some": may_open_some(request.user),
    }
    return render(request, "desk/pathway/missed_opportunities.html", context)


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
