"""Loading the ledger from a workbook, and the papers' own figures as one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.ui.page import form_page
from hearth.records.money import queries
from hearth.records.money.downloads import XLSX
from hearth.records.money.loading import actions, example, forms
from hearth.records.money.loading.reading import HEADS


def load_ledger(request: HttpRequest) -> HttpResponseBase:
    """Load sources and entries: all of a workbook, or none."""
    queries.who_keeps(request.user)
    areas = queries.districts()
    return form_page(
        request,
        "money/load_ledger.html",
        forms.LoadLedgerForm,
        do=lambda form: actions.load_ledger(
            by=request.user,
            file_name=form.cleaned_data["workbook"].name,
            book=form.cleaned_data["book"],
            areas={area.code: area for area in areas},
        ),
        then=reverse("ledger"),
        said=lambda rows: f"{rows:,} rows are loaded, and the ledger balances.",
        form_kwargs={"districts": queries.district_codes(areas)},
        context={"heads": HEADS, "has_example": example.is_ours()},
    )


def example_ledger(request: HttpRequest) -> HttpResponse:
    """The papers' own figures, as a workbook that can be loaded."""
    queries.who_keeps(request.user)
    if not example.is_ours():
        raise Http404
    response = HttpResponse(example.example_file(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="ledger-of-the-papers.xlsx"'
    return response
