"""Pages of clerical review: the next pair, one pair with its evidence, deciding and undoing, and how right linking is."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.intelligence.matching.review import actions, forms, queries, rules
from hearth.intelligence.matching.review.quality import quality
from hearth.intelligence.matching.review.waterfall import WIDTH, waterfall
from hearth.intelligence.matching.rules import why_not_link_feeds


def next_pair(request: HttpRequest) -> HttpResponse:
    """On to the next pair that waits."""
    refuse(why_not_link_feeds(request.user))
    pair = queries.next_pair(request.user)
    if pair is None:
        say(request, "No pair waits that you may decide.")
        return HttpResponseRedirect(reverse("who_is_who"))
    return HttpResponseRedirect(reverse("decide_pair", args=[pair.reference]))


def match_pairs(request: HttpRequest) -> HttpResponse:
    """Pairs by reference and feed; it names nobody but who was looked for by name. A reference that was typed leads to its pair."""
    refuse(why_not_link_feeds(request.user))
    if reference := request.GET.get("reference", "").strip():
        return HttpResponseRedirect(reverse("match_pair", args=[queries.pair_of(request.user, reference).reference]))
    chosen = {name: request.GET.get(name, "")[:100] for name in ("state", "kind", "name")}
    page = queries.pairs(request.user, **chosen, page=request.GET.get("page"))
    by_name = bool(queries.words_of(chosen["name"]))
    called = [
        (queries.called(pair.one_says), queries.called(pair.other_says)) if by_name else ("", "") for pair in page.rows
    ]
    rows = [(pair, *queries.side_names(pair), *names) for pair, names in zip(page.rows, called, strict=True)]
    return render(request, "matching/match_pairs.html", {"page": page, "rows": rows, **chosen})


def match_pair(request: HttpRequest, reference: str) -> HttpResponse:
    """One pair: both sides, the evidence, and what was decided."""
    return render(request, "matching/match_pair.html", _shown(request, reference))


def decide_pair(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say whether two records are one person."""
    shown = _shown(request, reference)
    pair = shown["pair"]
    if request.method == "GET" and not shown["may_decide"]:
        return HttpResponseRedirect(reverse("match_pair", args=[reference]))
    return form_page(
        request, "matching/decide_pair.html", forms.DecidePairForm,
        do=lambda form: actions.decide_pair(by=request.user, pair=pair, **form.cleaned_data),
        then=reverse("next_pair"), said=lambda label: f"{pair.reference}: {label.get_answer_display().lower()}.",
        initial={"seen": len(shown["labels"])}, context=shown,
    )  # fmt: skip


def undo_decision(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back the last answer to a pair."""
    shown = _shown(request, reference)
    return form_page(
        request, "matching/undo_decision.html", forms.UndoDecisionForm,
        do=lambda form: actions.undo_decision(by=request.user, pair=shown["pair"], **form.cleaned_data),
        then=reverse("match_pair", args=[reference]), said="It is undone.",
        initial={"seen": len(shown["labels"])}, context=shown,
    )  # fmt: skip


def match_quality(request: HttpRequest) -> HttpResponse:
    """Precision and recall on the labels, and what they cannot tell."""
    refuse(why_not_link_feeds(request.user))
    return render(request, "matching/match_quality.html", {"quality": quality(request.user)})


def _shown(request: HttpRequest, reference: str) -> dict[str, Any]:
    """What the pages of a pair show of it, where the agreements permit both sides."""
    refuse(why_not_link_feeds(request.user))
    pair = queries.pair_of(request.user, reference)
    refuse(rules.why_not_see_pair(request.user, pair))
    labels = queries.labels_of(pair)
    return {
        "pair": pair, "labels": labels, "sides": queries.side_names(pair), "lines": queries.lines(pair),
        "waterfall": waterfall(pair.evidence), "drawn_wide": WIDTH, "last": queries.last_label(request.user),
        "may_decide": rules.why_not_decide(request.user, pair, labels, len(labels), "same", "") is None,
        "may_undo": rules.why_not_undo(request.user, labels, len(labels), "-") is None,
    }  # fmt: skip
