"""Pages of feeds: what is held, loads, sending a file, deciding rows, committing and taking back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.intelligence.feeds import actions, coverage, forms, permits, queries, rules


def feeds(request: HttpRequest) -> HttpResponse:
    """What is held of each feed, how fresh it is, and what is late."""
    refuse(rules.why_not_load_feeds(request.user))
    return render(request, "feeds/feeds.html", {"rows": coverage.coverage(request.user)})


def feed_loads(request: HttpRequest) -> HttpResponse:
    """Files that were sent, the newest first."""
    refuse(rules.why_not_load_feeds(request.user))
    context = {
        "page": queries.loads(request.user, page=request.GET.get("page")),
        "feeds": queries.feeds_by_code(),
    }
    return render(request, "feeds/feed_loads.html", context)


def feed_decisions(request: HttpRequest) -> HttpResponse:
    """Whether feeds might be loaded or shown: permitted, denied, or for a person to decide."""
    refuse(rules.why_not_load_feeds(request.user))
    context = {
        "page": queries.decisions(request.user, request.GET.get("page")),
        "feeds": queries.feeds_by_code(),
    }
    return render(request, "feeds/feed_decisions.html", context)


def send_file(request: HttpRequest) -> HttpResponseBase:
    """Send a partner's file to be read."""
    refuse(rules.why_not_load_feeds(request.user))

    def do(form: Any) -> Any:
        given = dict(form.cleaned_data)
        given["area"] = queries.area_coded(given["area"])
        return actions.send_file(by=request.user, file_name=given["file"].name, **given)

    return form_page(
        request, "feeds/send_file.html", forms.SendFileForm, do=do,
        then=lambda load: reverse("feed_load", args=[load.reference]),
        said="The file is being read. Nothing of it counts until you commit it.",
        form_kwargs={"feeds": queries.feeds_by_code(), "senders": queries.senders()},
        context={"feeds": queries.feeds_by_code()},
    )  # fmt: skip


def feed_load(request: HttpRequest, reference: str) -> HttpResponse:
    """One load: how far it is, what it would change, and the rows that were set aside."""
    refuse(rules.why_not_load_feeds(request.user))
    load = queries.load_of(request.user, reference)
    layout = queries.layout_of_load(load)
    if layout is None:
        raise Http404
    rows = queries.rows_aside(load, page=request.GET.get("page"))
    shows = bool(
        rows.rows or any(load.examples.values())
    )  # something of somebody's: only then is it asked, and on record
    permit = permits.may_show(request.user, layout, load.organisation) if shows else None
    context = {
        "load": load, "layout": layout, "permit": permit, "rows": rows,
        "waiting": queries.rows_waiting(load), "may_cancel": rules.why_not_cancel(request.user, load) is None,
        "may_reverse": rules.why_not_reverse(request.user, load) is None,
    }  # fmt: skip
    return render(request, "feeds/feed_load.html", context, partial="progress")


@require_POST
def commit_load(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a load what is held."""
    load = actions.commit_load(by=request.user, load=queries.load_of(request.user, reference))
    if load.state == "committed":
        say(request, "The load is committed.")
    else:
        say(request, "Another file was committed meanwhile, so this one is compared again. Look at it once more.")
    return HttpResponseRedirect(reverse("feed_load", args=[reference]))


@require_POST
def cancel_load(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a load up."""
    actions.cancel_load(by=request.user, load=queries.load_of(request.user, reference))
    say(request, "The load is cancelled. Nothing of the file is kept.")
    return HttpResponseRedirect(reverse("feed_load", args=[reference]))


def reverse_load(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a committed load back."""
    load = queries.load_of(request.user, reference)
    refuse(rules.why_not_reverse(request.user, load))
    return form_page(
        request, "feeds/reverse_load.html", forms.ReverseLoadForm,
        do=lambda form: actions.reverse_load(by=request.user, load=load, **form.cleaned_data),
        then=reverse("feed_load", args=[reference]), said="The load is taken back.",
        context={"load": load, "layout": queries.layout_of_load(load)},
    )  # fmt: skip


def fix_row(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Put right a row that was set aside."""
    load = queries.load_of(request.user, reference)
    row, layout = queries.row_aside(load, number), queries.layout_of_load(load)
    refuse(rules.why_not_decide_row(request.user, load))
    return form_page(
        request, "feeds/fix_row.html", forms.FixRowForm,
        do=lambda form: actions.fix_row(by=request.user, load=load, row=row, **form.cleaned_data),
        then=reverse("feed_load", args=[reference]), said="The row is put right, and the file is being checked again.",
        initial=row.cells, form_kwargs={"layout": layout}, context={"load": load, "layout": layout, "row": row},
    )  # fmt: skip


def waive_row(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Leave out a row that was set aside."""
    return _waive(request, reference, number)


def waive_rows(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Leave out every row that waits."""
    return _waive(request, reference, None)


def _waive(request: HttpRequest, reference: str, number: int | None) -> HttpResponseBase:
    load = queries.load_of(request.user, reference)
    refuse(rules.why_not_decide_row(request.user, load))
    row = None if number is None else queries.row_aside(load, number)
    return form_page(
        request, "feeds/waive_rows.html", forms.WaiveRowsForm,
        do=lambda form: actions.waive_rows(by=request.user, load=load, number=number, **form.cleaned_data),
        then=reverse("feed_load", args=[reference]), said="It is left out, with your reason.",
        context={"load": load, "layout": queries.layout_of_load(load), "row": row, "waiting": queries.rows_waiting(load)},
    )  # fmt: skip
