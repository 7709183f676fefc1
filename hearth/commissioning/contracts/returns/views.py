"""Pages of returns: the list, one return, writing, sending and correcting it, and tables on their way out."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.commissioning.contracts.returns import actions, figures, forms, queries, rules
from hearth.commissioning.contracts.returns.people import queries as people
from hearth.commissioning.contracts.returns.tables import TABLES
from hearth.foundation.audit.looks import exported
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.money.downloads import as_file


def quarterly_returns(request: HttpRequest) -> HttpResponse:
    """Returns that the reader may read, what waits first."""
    shown = request.GET.get("show", "")
    context = {
        "page": queries.returns_page(request.user, shown if shown in queries.SHOWN else "all", request.GET.get("page")),
        "shown": shown if shown in queries.SHOWN else "all",
        "delivers": rules.sees_own(request.user),
        "erases": rules.may_erase(request.user),
    }
    return render(request, "returns/quarterly_returns.html", context)


@require_http_methods(["GET", "POST"])
def download_returns(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_returns(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("quarterly_returns"))
    sheet = table(request.user, request.POST.get("of", ""))
    exported(request.user, "returns.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def quarterly_return(request: HttpRequest, reference: str) -> HttpResponse:
    """One return: what it tells, what was asked about it, when it was chased, and its versions."""
    found = queries.return_of(request.user, reference)
    rows = queries.figures(request.user, found)
    before, last = queries.quarter_before(request.user, found)
    context = {
        "owner": found,
        "told": queries.is_told(request.user, found),
        "rows": rows,
        "not_sent_because": queries.not_sent_because(request.user, found, rows),
        "last_return": before,
        "last": last,
        "asked": queries.asked(request.user, found),
        "chases": queries.chases(request.user, found),
        "versions": queries.versions(request.user, found),
        "people": people.people_of(request.user, found),
        "may": queries.what_may(request.user, found),
        "figures": figures,
    }
    return render(request, "returns/quarterly_return.html", context)


def write_return(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write in a return that is being made: it begins with what is known, and may be left at any time."""
    found = queries.return_of(request.user, reference)
    refuse(rules.why_not_write(request.user, found))
    rows = queries.figures(request.user, found)
    seen = actions.seen_in_return(found, actions.written(rows))
    return form_page(
        request,
        "returns/write_return.html",
        forms.WriteReturnForm,
        do=lambda form: actions.write_return(by=request.user, owner=found, **form.cleaned_data),
        then=_there(found),
        said="It is kept. Nobody else reads it before it is sent.",
        initial=forms.initial_of(found, rows, seen),
        form_kwargs={"rows": rows, "told": queries.hints(request.user, found, rows), "paid": queries.paid_words(found)},
        context={"owner": found},
    )


def send_return(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send a return, once everything is said."""
    found = queries.return_of(request.user, reference)
    rows = queries.figures(request.user, found)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_send(request.user, found, rows))
    return form_page(
        request,
        "returns/send_return.html",
        forms.SendReturnForm,
        do=lambda form: actions.send_return(by=request.user, owner=found),
        then=_there(found),
        said="It is sent. You are told when something is asked about it, and when it is certified.",
        context={"owner": found, "rows": rows, "people": people.people_of(request.user, found), "figures": figures},
    )


def correct_return(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Begin a new version of a certified return."""
    found = queries.return_of(request.user, reference)
    if request.method != "POST":
        refuse(rules.why_not_correct(request.user, found, "-", waits=False))
    return form_page(
        request,
        "returns/correct_return.html",
        forms.CorrectReturnForm,
        do=lambda form: actions.correct_return(by=request.user, owner=found, **form.cleaned_data),
        then=lambda made: reverse("quarterly_return", args=[made.reference]),
        said="A new version is begun. What was certified stands until it is certified in its place.",
        context={"owner": found},
    )


def _there(found: Any) -> str:
    return reverse("quarterly_return", args=[found.reference])
