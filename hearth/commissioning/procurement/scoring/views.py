"""Pages on which a panel scores: who is on it, what a bid says, one's own points, and what all agreed on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from hearth.commissioning.procurement import queries as tenders
from hearth.commissioning.procurement.rules import why_not_see_tenders
from hearth.commissioning.procurement.scoring import actions, forms, queries, rules
from hearth.commissioning.procurement.scoring.tables import TABLES
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.money.downloads import as_file


def name_scorer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Name somebody to score."""
    found = tenders.tender_to_run(request.user, reference)
    return form_page(
        request,
        "procurement/name_scorer.html",
        forms.NameScorerForm,
        do=lambda form: actions.name_scorer(by=request.user, tender=found, **form.cleaned_data),
        then=reverse("tender", args=[reference]),
        said="They are named. They declare their interests once the bids are open.",
        form_kwargs={"reader": request.user},
        context={"tender": found},
    )


def declare_conflict(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Declare whether one has a conflict of interest with anybody who bid."""
    found = tenders.whole_tender(request.user, reference)
    mine = queries.scorer_of(request.user, found)
    if request.method != "POST":
        refuse(rules.why_not_declare(found, mine, True, False, "-"))
    return form_page(
        request,
        "procurement/declare_conflict.html",
        forms.DeclareConflictForm,
        do=lambda form: actions.declare_conflict(by=request.user, tender=found, **form.cleaned_data),
        then=reverse("tender", args=[reference]),
        said="Your declaration is on record.",
        context={"tender": found, "bids": queries.bids(request.user, found)},
    )


def opened_bid(request: HttpRequest, reference: str) -> HttpResponse:
    """What a bid says, for those who score it. Every look is on record."""
    found = queries.bid_of(request.user, reference)
    mine = queries.scorer_of(request.user, found.tender)
    refuse(rules.why_not_read_bids(found.tender, mine, queries.own_bids(request.user, found.tender)))
    opened = queries.opened_of(request.user, found)
    looked(request.user, "procurement.bid_read", family=None, subject=found)
    scores, agreed = queries.scores_of(request.user, found), queries.agreed_of(request.user, found)
    context = {
        "bid": found,
        "tender": found.tender,
        "said": [
            (each, opened.answers.get(str(each.number), ""), scores.get(each.pk, []), agreed.get(each.number))
            for each in queries.criteria_of(found.tender)
        ],
        "files": [(each, queries.words_of_scan(each)) for each in queries.files_of(request.user, found)],
        "may_score": rules.why_not_score(found.tender, mine, found, False) is None,
        "may_agree": rules.why_not_agree(request.user, found.tender, mine, found, False) is None,
    }
    return render(request, "procurement/opened_bid.html", context)


def opened_bid_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A file of a bid, for those who score it."""
    found = queries.bid_of(request.user, reference)
    file = queries.file_of(request.user, found, number)
    refuse(rules.why_not_take_file(file, scanner=bool(settings.HEARTH_CLAMD)))
    exported(request.user, "procurement.bid_file_taken", subject=found, number=number)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def score_bid(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One's own points for a bid."""
    return _scores(
        request,
        reference,
        forms.ScoreForm,
        actions.score_bid,
        rules.why_not_score,
        queries.own_scores,
        "Your points are saved.",
    )


def agree_scores(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What the panel agreed on for a bid."""

    def why_not(tender: Any, mine: Any, bid: Any, own: bool) -> Any:
        return rules.why_not_agree(request.user, tender, mine, bid, own)

    return _scores(
        request,
        reference,
        forms.AgreeScoresForm,
        actions.agree_scores,
        why_not,
        queries.agreed_of,
        "What was agreed is saved.",
    )


def _scores(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], why_not: Callable[..., Any], before: Callable[..., Any],
    said: str,
) -> HttpResponseBase:  # fmt: skip
    found = queries.bid_of(request.user, reference)
    mine = queries.scorer_of(request.user, found.tender)
    refuse(why_not(found.tender, mine, found, queries.own_bids(request.user, found.tender)))
    return form_page(
        request,
        f"procurement/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, bid=found, **typed.cleaned_data),
        then=reverse("opened_bid", args=[reference]),
        said=said,
        initial=forms.initial_of(before(request.user, found)),
        form_kwargs={"criteria": queries.criteria_of(found.tender)},
        context={"bid": found, "tender": found.tender, "scores": queries.scores_by_name(request.user, found)},
    )


@require_POST
def close_scoring(request: HttpRequest, reference: str) -> HttpResponseBase:
    """All have scored: the panel compares."""
    actions.close_scoring(by=request.user, tender=tenders.whole_tender(request.user, reference))
    say(request, "Scoring is over. The panel sees all points now, and agrees.")
    return HttpResponseRedirect(reverse("tender", args=[reference]))


@require_http_methods(["GET", "POST"])
def download_scores(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(why_not_see_tenders(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("tenders"))
    found = tenders.whole_tender(request.user, request.POST.get("tender", ""))
    sheet = table(request.user, found)
    exported(request.user, "procurement.table_downloaded", subject=found, table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))
