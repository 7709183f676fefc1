"""Pages of social return: what was bought, what came of it, and what each figure rests on."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.commissioning.value import actions, drawing, forms, queries, shipped
from hearth.commissioning.value.investing.tables import TABLES as INVESTING
from hearth.commissioning.value.tables import TABLES
from hearth.commissioning.value.words import percent
from hearth.commissioning.value.working import discount_factor, uprated
from hearth.foundation.audit.looks import exported
from hearth.foundation.core.seen import seen_in
from hearth.foundation.core.text import clean
from hearth.foundation.ui.page import form_page, render
from hearth.records.money.downloads import as_file

VALUATION = ("name", "bought", "of", "begins_on", "ends_on", "cost_pence", "cost_year", "cost_bias", "prices", "words")
OUTCOME, ASSUMED = ("number", "number_source"), ("cautious", "central", "hopeful", "source")
YEARS_SHOWN = (0, 1, 2, 3, 4, 5, 10, 20, 30, 31, 50, 75, 76, 100, 125)


def social_returns(request: HttpRequest) -> HttpResponse:
    """What everything that was valued came to, for each pound."""
    page = queries.valuations_page(request.user, request.GET.get("page"))
    rows = [
        (row.name, row.came.result.low, row.came.result.central, row.came.result.high)
        for row in page.rows
        if row.came.result is not None and row.came.outcomes
    ]
    context = {
        "page": page,
        "drawn": drawing.spans([*rows[:8], _published()]) if rows else None,
        "published": shipped.published(),
        "may_begin": queries.may_begin(request.user),
    }
    return render(request, "value/social_returns.html", context)


def _published() -> tuple[str, Any, Any, Any]:
    found = shipped.published()
    return ("As published elsewhere", found.low, None, found.high)


def valuation(request: HttpRequest, reference: str) -> HttpResponse:
    """One valuation: what came of each pound, of what that is made, and each change."""
    found = queries.valuation_of(request.user, reference)
    came = queries.came_to(found, queries.index_held(request.user))
    drawn = None
    if came.result is not None and came.outcomes:
        ours = (found.name, came.result.low, came.result.central, came.result.high)
        drawn = drawing.spans([ours, _published()])
    context = {
        "valuation": found,
        "came": came,
        "drawn": drawn,
        "published": shipped.published(),
        "brought": {
            each.pk: int(uprated(queries.told_of(each).pence, each.year, found.prices, came.index).quantize(1))
            for each in came.outcomes
            if came.result is not None
        },
        "versions": queries.versions(request.user, valuation=found),
        "withdrawn": queries.withdrawn(request.user, found),
        "may_value": queries.may_value(request.user, found.area),
        "percent": percent,
    }
    return render(request, "value/valuation.html", context)


def value_tables(request: HttpRequest) -> HttpResponse:
    """What the figures rest on: the index, discount rates, unit costs and what the guides say."""
    queries.who_sees(request.user)
    index = queries.index_held(request.user)
    context = {
        "index": index,
        "figures": sorted(index.figures.items(), reverse=True),
        "releases": queries.releases(request.user),
        "costs": list(shipped.unit_costs().values()),
        "costs_source": shipped.unit_costs_source(),
        "steps": shipped.discount_steps(),
        "factors": [(year, f"{discount_factor(year):.4f}") for year in YEARS_SHOWN],
        "discount_source": shipped.discount_source(),
        "sectors": [
            (words, [tuple(map(percent, shipped.additionality(key, what))) for what in ("deadweight", "displacement")])
            for key, words in shipped.SECTORS.items()
        ],
        "additionality_source": shipped.additionality_source(),
        "grades": shipped.grades(),
        "grades_source": shipped.grades_source(),
        "cost_bias": [(words, percent(most)) for words, most in shipped.cost_bias()],
        "cost_bias_source": shipped.cost_bias_source(),
        "published": shipped.published(),
        "may_load": queries.may_load_index(request.user),
        "percent": percent,
    }
    return render(request, "value/value_tables.html", context)


@require_http_methods(["GET", "POST"])
def download_value(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    queries.who_sees(request.user)
    table = (TABLES | INVESTING).get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("social_returns"))
    sheet = table(request.user, clean(request.POST.get("reference", ""))[:12])
    exported(request.user, "value.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def add_valuation(request: HttpRequest) -> HttpResponseBase:
    """Say what was bought and what it cost."""
    queries.who_begins(request.user)
    last = queries.index_held(request.user).last
    return form_page(
        request,
        "value/add_valuation.html",
        forms.AddValuationForm,
        do=lambda form: actions.add_valuation(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("valuation", args=[made.reference]),
        said="It is begun. Now say what came of it.",
        initial={"key": str(uuid.uuid4()), "cost_bias": 0, "cost_year": str(last), "prices": str(last)},
        form_kwargs={"areas": queries.areas_to_value(request.user), "whole": queries.values_everywhere(request.user)},
    )


def change_valuation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put right what was bought or what it cost."""
    found = queries.valuation_of(request.user, reference)
    queries.who_values(request.user, found.area)
    initial = {name: getattr(found, name) for name in VALUATION} | {"seen": seen_in(found, VALUATION)}
    initial |= {"cost_pence": _pounds(found.cost_pence), "cost_year": str(found.cost_year), "prices": str(found.prices)}
    return form_page(
        request,
        "value/change_valuation.html",
        forms.ChangeValuationForm,
        do=lambda form: actions.change_valuation(by=request.user, valuation=found, **form.cleaned_data),
        then=reverse("valuation", args=[reference]),
        said="It is changed, and a version is kept.",
        initial=initial,
        context={"valuation": found},
    )


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def add_valued_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what came of it."""
    found = queries.valuation_of(request.user, reference)
    queries.who_values(request.user, found.area)
    return form_page(
        request,
        "value/add_valued_outcome.html",
        forms.AddValuedOutcomeForm,
        do=lambda form: actions.add_valued_outcome(by=request.user, valuation=found, **form.cleaned_data),
        then=reverse("valuation", args=[reference]),
        said="It counts. Look at what is assumed of it, and change what you know better.",
        initial={"key": str(uuid.uuid4()), "lasts": 1, "drop_off": 0},
        context={"valuation": found},
    )


def _at_outcome(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: str, **initial: Any
) -> HttpResponseBase:
    found = queries.outcome_of(request.user, reference)
    queries.who_values(request.user, found.valuation.area)
    return form_page(
        request,
        f"value/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, outcome=found, **typed.cleaned_data),
        then=reverse("valuation", args=[found.valuation.reference]),
        said=said,
        initial={name: getattr(found, name) for name in OUTCOME} | {"seen": seen_in(found, OUTCOME)},
        context={"outcome": found},
    )


def change_valued_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put right how often it happened."""
    return _at_outcome(
        request,
        reference,
        forms.ChangeValuedOutcomeForm,
        actions.change_valued_outcome,
        "It is changed, and a version is kept.",
    )


def withdraw_valued_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that an outcome no longer counts."""
    return _at_outcome(
        request,
        reference,
        forms.WithdrawValuedOutcomeForm,
        actions.withdraw_valued_outcome,
        "It no longer counts, and stays in the history.",
    )


def change_assumption(request: HttpRequest, reference: str, what: str) -> HttpResponseBase:
    """Assume something else of an outcome, in three cases."""
    found = queries.assumption_of(request.user, reference, what)
    owner = found.outcome.valuation
    queries.who_values(request.user, owner.area)
    initial = {name: getattr(found, name) for name in ASSUMED} | {"seen": seen_in(found, ASSUMED)}
    initial |= {name: percent(getattr(found, name)) for name in ("cautious", "central", "hopeful")}
    return form_page(
        request,
        "value/change_assumption.html",
        forms.ChangeAssumptionForm,
        do=lambda form: actions.change_assumption(by=request.user, assumption=found, **form.cleaned_data),
        then=reverse("valuation", args=[owner.reference]),
        said="It is changed, and a version is kept.",
        initial=initial,
        context={"assumption": found, "outcome": found.outcome},
    )


def load_price_index(request: HttpRequest) -> HttpResponseBase:
    """Load a release of the GDP deflator."""
    queries.who_loads_index(request.user)
    return form_page(
        request,
        "value/load_price_index.html",
        forms.LoadPriceIndexForm,
        do=lambda form: actions.load_price_index(by=request.user, **form.cleaned_data),
        then=reverse("value_tables"),
        said="It is loaded. Values are brought to one year’s prices by it from now on.",
        initial={"key": str(uuid.uuid4()), "publisher": "HM Treasury"},
        context={"index": queries.index_held(request.user)},
    )
