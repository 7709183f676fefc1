"""Pages of money invested to save."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.commissioning.value import drawing, shipped
from hearth.commissioning.value import queries as values
from hearth.commissioning.value.investing import actions, counting, forms, projecting, queries, rules
from hearth.commissioning.value.words import percent
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render


def investments(request: HttpRequest) -> HttpResponse:
    """Every investment, with what investors and the council may expect of it."""
    context = {
        "page": queries.investments_page(request.user, request.GET.get("page")),
        "may_begin": values.may_begin(request.user),
    }
    return render(request, "value/investments.html", context)


def _drawn(came: Any) -> dict[str, Any]:
    """What is drawn of an investment: its cases beside one another, and what the dice gave."""
    if came.refusal is not None:
        return {"came": came}
    found = came.range
    rows = [(words, result.multiple, result.multiple, result.multiple) for words, result in came.cases]
    rows.append(
        (f"Eight of ten of {found.draws:,} draws", found.multiple_at(10), found.multiple_at(50), found.multiple_at(90))
    )
    return {
        "came": came,
        "range": found,
        "drawn": drawing.spans(rows),
        "bars": drawing.bars(projecting.bins_of(found.multiples)),
        "percent": percent,
    }


def investment(request: HttpRequest, reference: str) -> HttpResponse:
    """One investment: what investors are paid, what the council saves, year by year and as a range."""
    found = queries.investment_of(request.user, reference)
    came = queries.projection(found, values.index_held(request.user), found.counted)
    context = _drawn(came) | {
        "investment": found,
        "ours": counting.counted_days(request.user, found),
        "defined": counting.DEFINED,
        "versions": values.versions(request.user, investment=found),
        "may_value": values.may_value(request.user, found.area),
    }
    return render(request, "value/investment.html", context)


def essex_bond(request: HttpRequest) -> HttpResponse:
    """The published bond of Essex, worked out by the same model."""
    values.who_sees(request.user)
    row = queries.essex()
    told = shipped.essex()
    came = queries.projection(row, shipped.deflator())
    achieved = [projecting.result_at(came.terms, share) for share in _achieved(told)]
    context = _drawn(came) | {
        "investment": row,
        "told": told,
        "achieved": achieved,
        "may_begin": values.may_begin(request.user),
    }
    return render(request, "value/essex_bond.html", context)


def _achieved(told: Any) -> list[Any]:
    return [Decimal(told["figures"][each]) for each in ("achieved_high", "achieved_low")]


def _typed(row: Any) -> dict[str, Any]:
    """An investment as its form shows it."""
    typed = {name: getattr(row, name) for name in queries.TYPED}
    typed |= {name: f"{typed[name] // 100}.{typed[name] % 100:02d}" for name in queries.PENCE_FIELDS}
    return typed | {name: str(typed[name]) for name in ("care_year", "prices")}


def add_investment(request: HttpRequest) -> HttpResponseBase:
    """Say what investors put in and what they are paid for."""
    values.who_begins(request.user)
    last = str(values.index_held(request.user).last)
    begun = (
        _typed(queries.essex())
        if request.GET.get("from") == "essex"
        else {"care_year": last, "prices": last, "seed": 1, "wait_months": 3}
    )
    return form_page(
        request,
        "value/add_investment.html",
        forms.AddInvestmentForm,
        do=lambda form: actions.add_investment(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("investment", args=[made.reference]),
        said="It is worked out.",
        initial=begun | {"key": str(uuid.uuid4())},
        form_kwargs={"areas": values.areas_to_value(request.user), "whole": values.values_everywhere(request.user)},
    )


def change_investment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put right what was agreed or expected."""
    found = queries.investment_of(request.user, reference)
    values.who_values(request.user, found.area)
    return form_page(
        request,
        "value/change_investment.html",
        forms.ChangeInvestmentForm,
        do=lambda form: actions.change_investment(by=request.user, investment=found, **form.cleaned_data),
        then=reverse("investment", args=[reference]),
        said="It is changed, and a version is kept.",
        initial=_typed(found) | {"seen": seen_in(found, queries.TYPED)},
        context={"investment": found},
    )


def record_care_days(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record days in care that were counted."""
    found = queries.investment_of(request.user, reference)
    values.who_values(request.user, found.area)
    return form_page(
        request,
        "value/record_care_days.html",
        forms.RecordCareDaysForm,
        do=lambda form: actions.record_care_days(by=request.user, investment=found, **form.cleaned_data),
        then=reverse("investment", args=[reference]),
        said="They are counted.",
        context={"investment": found},
    )


def record_counted_days(request: HttpRequest, reference: str, quarter: str) -> HttpResponseBase:
    """Record what Hearth counted of a quarter."""
    found = queries.investment_of(request.user, reference)
    values.who_values(request.user, found.area)
    there = queries.counted_quarter(request.user, found, quarter)
    return form_page(
        request,
        "value/record_counted_days.html",
        forms.RecordCountedDaysForm,
        do=lambda form: actions.record_counted_days(
            by=request.user, investment=found, quarter=there.quarter, **form.cleaned_data
        ),
        then=reverse("investment", args=[reference]),
        said="It is recorded, and what is due follows it.",
        initial={"seen": rules.seen_of_counted(there)},
        context={"investment": found, "there": there, "defined": counting.DEFINED},
    )


def withdraw_care_days(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Withdraw what was counted wrongly."""
    found = queries.care_days_of(request.user, reference)
    owner = found.investment
    values.who_values(request.user, owner.area)
    return form_page(
        request,
        "value/withdraw_care_days.html",
        forms.WithdrawCareDaysForm,
        do=lambda form: actions.withdraw_care_days(by=request.user, counted=found, **form.cleaned_data),
        then=reverse("investment", args=[owner.reference]),
        said="They count no longer.",
        context={"counted": found, "investment": owner},
    )
