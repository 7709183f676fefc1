"""Pages of needs side by side, and of intentions."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.commissioning.needs import actions, evidence, figures, forms, queries, rules
from hearth.commissioning.needs.tables import TABLES
from hearth.foundation.audit.looks import exported
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.money.downloads import as_file


def needs_by_area(request: HttpRequest) -> HttpResponse:
    """Unmet need, cases, searches and feeds side by side, by district and by need."""
    refuse(rules.why_not_see_needs(request.user))
    form = forms.NeedsForm(request.GET, areas=list(figures.areas_of(request.user).items()))
    found = queries.needs_by_area(request.user, form.area_wanted())
    context = {
        "form": form,
        "found": found,
        "fewest": pack().indicators.fewest_shown,
        "defined": figures.DEFINED,
        "people_mean": figures.PEOPLE,
        "FEW": figures.FEW,
        "filters": {"area": found.area} if found.area else {},
        "may_draft": queries.may_draft(request.user),
    }
    return render(request, "needs/needs_by_area.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_needs(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_needs(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("needs_by_area"))
    wanted = _filters(request, request.POST).wanted()
    sheet = table(request.user, wanted)
    exported(request.user, "needs.table_downloaded", table=sheet.name, rows=len(sheet.rows), **wanted.filters)
    return as_file(sheet, request.POST.get("as", ""))


def _filters(request: HttpRequest, data: Any) -> forms.IntentionsForm:
    return forms.IntentionsForm(data, areas=list(figures.areas_of(request.user).items()))


def intentions(request: HttpRequest) -> HttpResponse:
    """What is meant to be bought."""
    form = _filters(request, request.GET)
    wanted = form.wanted()
    page = queries.intentions_page(request.user, wanted, request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "amounts": queries.amounts_of(request.user, page.rows),
        "need_words": figures.need_words,
        "may_draft": queries.may_draft(request.user),
    }
    return render(request, "needs/intentions.html", context, partial="results")


def intention(request: HttpRequest, reference: str) -> HttpResponse:
    """One intention: what is meant to be bought, on what evidence, its way, and what it answers."""
    found = queries.intention_of(request.user, reference)
    context = {
        "intention": found,
        "pence": queries.amounts_of(request.user, [found]).get(found.pk),
        "evidence": queries.evidence_of(request.user, found),
        "moves": queries.moves_of(request.user, found),
        "answers": queries.answers_of(request.user, found),
        "need_words": figures.need_words,
        "FEW": figures.FEW,
        "may": queries.what_may(request.user, found),
    }
    return render(request, "needs/intention.html", context)


def draft_intention(request: HttpRequest) -> HttpResponseBase:
    """Write down what is meant to be bought."""
    refuse(rules.why_not_draft(request.user))
    areas = queries.areas_to_write(request.user)
    return form_page(
        request,
        "needs/draft_intention.html",
        forms.DraftIntentionForm,
        do=lambda form: actions.draft_intention(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("intention", args=[made.reference]),
        said="It is drafted. Now cite what it rests on.",
        initial={
            "key": str(uuid.uuid4()),
            "owner": request.user,
            "area": request.GET.get("area", ""),
            "needs": request.GET.getlist("need"),
        },
        form_kwargs={"reader": request.user, "areas": areas, "whole": queries.may_write_whole(request.user)},
    )


def change_intention(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what is meant to be bought."""
    found = queries.intention_of(request.user, reference)
    initial = queries.as_written(request.user, found)
    return _form(
        request, found, forms.ChangeIntentionForm, actions.change_intention, "It is saved.", initial=initial,
        form_kwargs={"reader": request.user},
    )  # fmt: skip


def move_intention(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Agree it, say that it is bought, or withdraw it."""
    found = queries.intention_of(request.user, reference)
    return _form(
        request, found, forms.MoveIntentionForm, actions.move_intention, "It is noted, with why.",
        form_kwargs={"states": queries.next_states(found)},
    )  # fmt: skip


def cite_evidence(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Cite figures and themes for an intention."""
    found = queries.intention_of(request.user, reference)
    queries.who_may(request.user, found, "cite_evidence")
    there = evidence.offered(request.user, found)
    return _form(
        request, found, forms.CiteEvidenceForm, actions.cite_evidence, "It is cited, as it stands today.",
        form_kwargs={"there": there},
    )  # fmt: skip


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, **more: Any
) -> HttpResponseBase:
    queries.who_may(request.user, found, do.__name__)
    return form_page(
        request,
        f"needs/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, intention=found, **typed.cleaned_data),
        then=reverse("intention", args=[found.reference]),
        said=said,
        context={"intention": found},
        **more,
    )
