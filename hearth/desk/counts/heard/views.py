"""The pages of how long panels take, and the figures as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.desk.counts.assessed.queries import may_open_some
from hearth.desk.counts.heard import forms, queries
from hearth.desk.counts.heard.spreadsheet import csv_of, said
from hearth.foundation.audit.looks import exported, searched
from hearth.foundation.core import clock
from hearth.foundation.ui.page import render


def panel_times(request: HttpRequest) -> HttpResponse:
    """How long panels take, by kind of panel, district and month."""
    form = forms.TimesForm(request.GET or {"period": "year"})
    wanted = form.wanted()
    context = {
        "form": form,
        "wanted": wanted,
        "taken": queries.times_taken(request.user, wanted),
        "splits": queries.SPLITS,
        "said": said,
        "may_open_some": may_open_some(request.user),
    }
    return render(request, "counts/panel_times.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_panel_times(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("panel_times"))
    wanted = forms.TimesForm(request.POST).wanted()
    taken = queries.times_taken(request.user, wanted)
    exported(request.user, "counts.panel_times_downloaded", **wanted.told)
    response = HttpResponse(csv_of(taken), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="panels-{clock.today()}.csv"'
    return response


def counted_panel_items(request: HttpRequest) -> HttpResponse:
    """What a figure is made of, as far as the reader may open it."""
    wanted = forms.TimesForm(request.GET or {"period": "year"}).wanted()
    opened = queries.counted_panel_items(request.user, wanted, request.GET.get("page"))
    if opened.page.first:  # whichever page of it is read, it was opened once
        searched(
            request.user, "counts.panel_items_opened", counted=opened.counted, may_open=opened.may_open, **wanted.told
        )  # fmt: skip
    context = {"opened": opened, "page": opened.page, "wanted": wanted, "kind_words": queries.kind_words}
    return render(request, "counts/counted_panel_items.html", context)
