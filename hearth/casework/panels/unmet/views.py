"""Pages of unmet needs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.casework.cases.queries import case_of
from hearth.casework.front_door.queries import sent_request_of
from hearth.casework.panels.unmet import actions, drawing, figures, forms, queries, searches, shown, words
from hearth.foundation.audit.looks import exported, looked, searched
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Sheet, csv_file, xlsx_file
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import form_page, render, say

ADDED = "What you wrote is added to the need that was recorded before, and it is counted once."
RECORDED = "It is recorded. Those who work the themes of unmet need see it today, without a name."


def unmet_needs(request: HttpRequest) -> HttpResponse:
    """Needs that nobody could meet, in figures that name nobody."""
    form = forms.UnmetForm(request.GET or {"period": "year"})
    found = shown.figures(request.user, form.wanted())
    wanted = found.wanted
    if found.leaves_out:
        form.fields.pop("period")
    sought = searches.searches(request.user, wanted, found)
    context = {
        "sought": None if wanted.need else sought,
        "sought_bars": drawing.bars(sought.drawn),
        "sought_said": drawing.said(sought.drawn),
        "outcomes": searches.OUTCOMES,
        "fewest": pack().indicators.fewest_shown,
        "form": form,
        "wanted": wanted,
        "narrowed": [name for name in ("area", "need") if name in wanted.filters],
        "month_heads": [(f"{month:%b %y}#", "") for month in wanted.months],
        "figures": found,
        "splits": figures.SPLITS,
        "bars": drawing.bars(found.months),
        "said": drawing.said(found.months),
        "label": words.label,
        "may_open_some": shown.may_open_some(request.user),
    }
    return render(request, "unmet/unmet_needs.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_unmet_needs(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file: needs that were recorded, and searches beside them. It leaves the product, so that is on record."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("unmet_needs"))
    wanted = forms.UnmetForm(request.POST).wanted()
    found = shown.figures(request.user, wanted)
    wanted = found.wanted
    rows = searches.rows_of(searches.searches(request.user, wanted, found))
    exported(request.user, "unmet.figures_downloaded", **wanted.filters)
    name = f"unmet-need-{clock.today()}"
    if request.POST.get("format") == "xlsx":
        return file_response(
            xlsx_file([Sheet("Unmet need", searches.DEFINITION, searches.HEADS, rows)]), f"{name}.xlsx"
        )
    return file_response(csv_file(searches.HEADS, rows), f"{name}.csv")


def counted_needs(request: HttpRequest) -> HttpResponse:
    """The needs behind a figure, as far as the reader may open them."""
    wanted = forms.UnmetForm(request.GET or {"period": "year"}).wanted()
    opened = queries.counted_needs(request.user, wanted, request.GET.get("page"))
    if opened.page.first:
        searched(
            request.user, "unmet.figure_opened", counted=opened.counted, may_open=opened.may_open, **wanted.filters
        )
    context = {"opened": opened, "page": opened.page, "wanted": wanted, "label": words.label}
    return render(request, "unmet/counted_needs.html", context)


def unmet_need(request: HttpRequest, reference: str) -> HttpResponse:
    """One need: what, why and what became of it; and whose it was, for those who may open the family."""
    found = queries.need_of(request.user, reference)
    context = _about(request, found) | {"may": queries.what_may(request.user, found), "level_words": words.level_words}
    looked(request.user, "unmet.need_opened", family=context["family"], subject=found)
    return render(request, "unmet/unmet_need.html", context)


def record_unmet_need(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record a need that nobody could meet, in a case."""
    found = case_of(request.user, reference)
    queries.who_records(request.user, case=found)
    return form_page(
        request,
        "unmet/record_unmet_need.html",
        forms.RecordUnmetNeedForm,
        do=lambda form: _record(request.user, form, source="case", case=found),
        then=reverse("case", args=[reference]),
        said=_said,
        form_kwargs={"standing": queries.standing_needs(request.user, found)},
        context={"case": found, "family": found.family},
    )


def record_request_unmet_need(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record a need that nobody could meet, from a request at the front door."""
    found = sent_request_of(request.user, reference)
    queries.who_records(request.user, request=found)
    return form_page(
        request,
        "unmet/record_request_unmet_need.html",
        forms.RecordUnmetNeedForm,
        do=lambda form: _record(request.user, form, source="request", request=found),
        then=reverse("triage_request", args=[reference]),
        said=_said,
        form_kwargs={"standing": queries.standing_of_request(request.user, found)},
        context={"asked": found},
    )


def _record(by: Any, form: Any, **about: Any) -> Any:
    """A new need; or more of one that stands there already, where it is the same."""
    typed = dict(form.cleaned_data)
    if typed.get("again") == actions.SAME:
        told = {name: typed[name] for name in ("reason", "wait", "instead", "looked_for")}
        return actions.add_to_unmet_need(by=by, need=form.same, **told), ADDED
    return actions.record_unmet_need(by=by, **about, **typed), RECORDED


def _said(done: Any) -> str:
    return str(done[1])


def withdraw_unmet_need(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back what was recorded by mistake."""
    found = queries.need_of(request.user, reference)
    return form_page(
        request,
        "unmet/withdraw_unmet_need.html",
        forms.WithdrawUnmetNeedForm,
        do=lambda form: actions.withdraw_unmet_need(by=request.user, need=found, **form.cleaned_data),
        then=reverse("unmet_need", args=[reference]),
        said="It is taken back, and counted nowhere.",
        context=_about(request, found),
    )


@require_POST
def read_unmet_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that one has read the answer."""
    found = queries.need_of(request.user, reference)
    actions.read_unmet_answer(by=request.user, need=found)
    say(request, "Noted: you have read the answer. It stays on the family’s pages.")
    return HttpResponseRedirect(reverse("unmet_need", args=[reference]))


def _about(request: HttpRequest, found: Any) -> dict[str, Any]:
    return {"need": found, "in_words": words.in_words(found), **queries.whose(request.user, found)}
