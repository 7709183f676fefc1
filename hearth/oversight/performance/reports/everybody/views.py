"""Pages of published reports. They are read as nobody, whoever is signed in: what they show is everybody's."""

from django.http import HttpRequest, HttpResponse

from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import render
from hearth.oversight.performance.reports.everybody import queries


@open_to_the_public
def published_reports(request: HttpRequest) -> HttpResponse:
    """Reports that are published."""
    context = {"page": queries.published(request.GET.get("page")), "council": pack().authority}
    return render(request, "reports/published_reports.html", context)


@open_to_the_public
def published_report(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them."""
    found = queries.edition_of(reference)
    return render(
        request,
        "reports/published_report.html",
        {"edition": found, "content": found.content, "council": pack().authority},
    )


@open_to_the_public
def published_report_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Its PDF or Word file, as it was frozen."""
    return file_response(queries.file_of(reference, kind), f"{reference}.{kind}")
