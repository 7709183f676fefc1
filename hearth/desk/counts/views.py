"""The page of counts."""

from django.http import HttpRequest, HttpResponse

from hearth.desk.counts import queries
from hearth.foundation.ui.page import render


def counts(request: HttpRequest) -> HttpResponse:
    """Early help in figures that name nobody."""
    districts, total = queries.counts_of_districts(request.user)
    return render(request, "counts/counts.html", {"districts": districts, "total": total})
