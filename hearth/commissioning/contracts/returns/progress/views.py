"""Pages of profile and actual: all contracts, those of a district, and one contract by quarter."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hearth.commissioning.contracts.returns import figures
from hearth.commissioning.contracts.returns.progress import queries
from hearth.commissioning.contracts.returns.progress.drawing import bars
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.page import render


def returns_progress(request: HttpRequest) -> HttpResponse:
    """Each contract with the words of its targets so far; of one district, or all."""
    districts = queries.districts(request.user)
    area = request.GET.get("district", "")
    area = area if area in {each.code for each in districts} else ""
    context = {
        "page": queries.contracts_page(request.user, area, request.GET.get("page")),
        "districts": districts,
        "area": area,
        "tabs": [
            (each.name, reverse("returns_progress", query={"district": each.code}), each.code == area)
            for each in districts
        ],
        "said": pack().returns.said,
        "figures": figures,
    }
    return render(request, "returns/returns_progress.html", context)


def contract_progress(request: HttpRequest, reference: str) -> HttpResponse:
    """One contract: each target by quarter, drawn and as a table, with the word said."""
    found = queries.contract_of(request.user, reference)
    lines = queries.lines_of(request.user, found)
    context = {
        "contract": found,
        "lines": [(line, bars(line)) for line in lines],
        "said": pack().returns.said,
        "figures": figures,
    }
    return render(request, "returns/contract_progress.html", context)
