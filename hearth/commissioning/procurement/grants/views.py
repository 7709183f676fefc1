"""Pages of grants."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.commissioning.needs.figures import need_words
from hearth.commissioning.procurement.grants import actions, forms, queries, rules
from hearth.commissioning.procurement.grants.tables import TABLES
from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.money.downloads import as_file


def grant_rounds(request: HttpRequest) -> HttpResponse:
    """Rounds of small grants, and what one's own organisation asked for in them."""
    page = queries.rounds_page(request.user, request.GET.get("page"))
    context = {
        "page": page,
        "given": queries.given(request.user, page.rows),
        "applications": queries.applications_page(request.user, None, 1).rows,
        "may_decide": rules.why_not_decide_grants(request.user) is None,
        "asks": bool(request.user.may(rules.ASKS)),
    }
    return render(request, "grants/grant_rounds.html", context)


@require_http_methods(["GET", "POST"])
def download_grants(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_grants(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("grant_rounds"))
    sheet = table(request.user)
    exported(request.user, "grants.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def grant_round(request: HttpRequest, reference: str) -> HttpResponse:
    """One round: what it gives, and what was asked for in it."""
    found = queries.round_of(request.user, reference)
    context = {
        "round": found,
        "given": queries.given(request.user, [found]).get(found.pk),
        "page": queries.applications_page(request.user, found, request.GET.get("page")),
        "interests": queries.interests(request.user, found),
        "need_words": need_words,
        "may": queries.what_may_of_round(request.user, found),
    }
    return render(request, "grants/grant_round.html", context)


def open_grant_round(request: HttpRequest) -> HttpResponseBase:
    """Say what is given in small grants, for what, and from which share."""
    queries.who_decides(request.user)
    return form_page(
        request,
        "grants/open_grant_round.html",
        forms.OpenGrantRoundForm,
        do=lambda form: actions.open_grant_round(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("grant_round", args=[made.reference]),
        said="The round is set. Organisations see it from its first day.",
        initial={"key": str(uuid.uuid4()), "opens_on": clock.today(), "share": request.GET.get("share", "")},
        form_kwargs={"areas": queries.districts(), "shares": queries.shares(request.user)},
    )


def end_grant_round(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End a round before its time."""
    queries.who_decides(request.user)
    found = queries.round_of(request.user, reference)
    return _of_round(request, found, forms.EndGrantRoundForm, actions.end_grant_round, "The round has ended.")


def declare_grant_interest(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Declare an interest in an organisation that may apply."""
    queries.who_decides(request.user)
    found = queries.round_of(request.user, reference)
    return _of_round(
        request, found, forms.DeclareGrantInterestForm, actions.declare_grant_interest,
        "It is declared. Somebody else decides what that organisation asks for.",
        form_kwargs={"organisations": queries.applicants(request.user, found)},
    )  # fmt: skip


def _of_round(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, **more: Any
) -> HttpResponseBase:
    return form_page(
        request,
        f"grants/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, round_=found, **typed.cleaned_data),
        then=reverse("grant_round", args=[found.reference]),
        said=said,
        context={"round": found},
        **more,
    )


def apply_for_grant(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask for a small grant, in five questions."""
    found = queries.round_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_ask(request.user, found))
    return form_page(
        request,
        "grants/apply_for_grant.html",
        forms.ApplyForGrantForm,
        do=lambda form: actions.apply_for_grant(by=request.user, round_=found, **form.cleaned_data),
        then=lambda made: reverse("grant_application", args=[made.reference]),
        said=lambda made: f"It is sent: {made.reference}. You are told when it is decided.",
        initial={"key": str(uuid.uuid4()), "need": found.needs[0] if len(found.needs) == 1 else ""},
        form_kwargs={"codes": found.needs},
        context={"round": found},
    )


def grant_application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application: what is asked for, what was decided and why, and what was paid."""
    found = queries.application_of(request.user, reference)
    may = queries.what_may(request.user, found)
    context = {
        "application": found,
        "need_words": need_words,
        "ledger": queries.in_ledger(request.user, found) if may["decides"] and found.commitment_id else None,
        "may": may,
    }
    return render(request, "grants/grant_application.html", context)


def decide_grant(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Award an application, or decline it."""
    found = queries.application_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    return _of_application(
        request, found, forms.DecideGrantForm, actions.decide_grant, "It is decided, and the applicant is told.",
        context={"left": rules.left_of_round(found.round), "need_words": need_words},
    )  # fmt: skip


def pay_grant(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Pay a grant that was awarded."""
    found = queries.application_of(request.user, reference)
    refuse(rules.why_not_pay(request.user, found))
    left, _ = queries.still_to_pay(request.user, found)
    return _of_application(
        request, found, forms.PayGrantForm, actions.pay_grant, "It is paid, and stands in the ledger.",
        initial={"happened_on": clock.today()}, context={"left": left},
    )  # fmt: skip


def withdraw_grant(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back an application."""
    found = queries.application_of(request.user, reference)
    refuse(rules.why_not_withdraw(request.user, found))
    return _of_application(request, found, forms.WithdrawGrantForm, actions.withdraw_grant, "It is withdrawn.")


def _of_application(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, context: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request,
        f"grants/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, application=found, **typed.cleaned_data),
        then=reverse("grant_application", args=[found.reference]),
        said=said,
        context={"application": found} | (context or {}),
        **more,
    )
