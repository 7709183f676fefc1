"""Pages of the ledger."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.spreadsheet import Sheet
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import pounds
from hearth.foundation.ui.page import form_page, render
from hearth.records.money import actions, forms, queries, rules
from hearth.records.money.downloads import as_file, as_workbook
from hearth.records.money.tables import TABLES, WHOLE, entries_of


def ledger(request: HttpRequest) -> HttpResponse:
    """Where the money came from, and where it went."""
    refuse(rules.why_not_see_ledger(request.user))
    form = _filters(request, request.GET)
    wanted = form.wanted()
    found = queries.statements(request.user)
    context = {
        "form": form,
        "wanted": wanted,
        "sources": found,
        "whole": queries.together(found),
        "not_explained": sum(each.not_explained for each in found),
        "page": queries.shares_page(request.user, wanted, request.GET.get("page")),
        "totals": queries.share_totals(request.user, wanted),
        "may_keep": queries.may_keep(request.user),
        "sees_whole": queries.may_see_whole(request.user),
    }
    return render(request, "money/ledger.html", context, partial="results")


def _filters(request: HttpRequest, data: Any) -> forms.LedgerForm:
    reader = request.user
    return forms.LedgerForm(data, areas=queries.districts(), years=queries.years(reader), funds=queries.funds(reader))


@require_http_methods(["GET", "POST"])
def download_ledger(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_ledger(request.user))
    if request.method == "POST" and request.POST.get("table") == "whole":
        return _whole_ledger(request)
    sheet = _sheet(request) if request.method == "POST" else None
    if sheet is None:
        return HttpResponseRedirect(reverse("ledger"))
    exported(request.user, "money.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def _sheet(request: HttpRequest) -> Sheet | None:
    """The table that is asked for: of what the filters leave, or of one source, share or entry."""
    asked, table = request.POST, TABLES.get(request.POST.get("table", ""))
    if table is not None:
        return table(request.user, _filters(request, asked).wanted())
    return entries_of(request.user, asked.get("table", ""), clean(asked.get("of", ""))[:12])


def _whole_ledger(request: HttpRequest) -> HttpResponse:
    """All of the ledger as one workbook, which can be loaded where there is none yet."""
    queries.who_keeps(request.user)
    sheets = [table(request.user, queries.Wanted()) for table in WHOLE]
    exported(
        request.user, "money.table_downloaded", table="The whole ledger", rows=sum(len(each.rows) for each in sheets)
    )
    return as_workbook("ledger", sheets)


def _of(request: HttpRequest, kinds: Any, first: str) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in list(kinds) else first


def fund(request: HttpRequest, reference: str) -> HttpResponse:
    """One source: its statement, and what each figure of it is made of."""
    found = queries.fund_of(request.user, reference)
    of = _of(request, queries.OF_SOURCE, "given")
    context = {
        "fund": found,
        "statement": queries.statements(request.user, found)[0],
        "of": of,
        "page": queries.lines_of_fund(request.user, found, of, request.GET.get("page")),
        "may_keep": queries.may_keep(request.user),
    }
    return render(request, "money/fund.html", context)


def money_share(request: HttpRequest, reference: str) -> HttpResponse:
    """One share: what is left of it, to whom it went, and what each figure is made of."""
    found = queries.share_of(request.user, reference)
    of = _of(request, queries.OF_SHARE, "available")
    context = {
        "share": found,
        "figures": queries.share_figures(request.user, found),
        "commitments": queries.commitments(request.user, found),
        "left": queries.left_of_share(request.user, found),
        "of": of,
        "page": queries.lines_of_share(request.user, found, of, request.GET.get("page")),
        "may_keep": queries.may_keep(request.user),
        "sees_whole": queries.may_see_whole(request.user),
    }
    return render(request, "money/money_share.html", context)


def ledger_entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry, with its lines and what followed."""
    found = queries.entry_of(request.user, reference)
    context = {
        "entry": found,
        "whole": queries.whole_entry(request.user, found),
        "may": queries.what_may(request.user, found),
        "sees_whole": queries.may_see_whole(request.user),
    }
    return render(request, "money/ledger_entry.html", context)


def add_fund(request: HttpRequest) -> HttpResponseBase:
    """Name a source of money."""
    queries.who_keeps(request.user)
    return form_page(
        request,
        "money/add_fund.html",
        forms.AddFundForm,
        do=lambda form: actions.add_fund(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("fund", args=[made.reference]),
        said="It is named. Now say what it gave.",
    )


def receive_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what a source gave."""
    return _at_fund(request, reference, forms.ReceiveMoneyForm, actions.receive_money, "received")


def pass_elsewhere(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what of a source was used elsewhere."""
    return _at_fund(request, reference, forms.PassElsewhereForm, actions.pass_elsewhere, "used elsewhere")


def allocate_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give a share of a source."""
    return _at_fund(
        request, reference, forms.AllocateMoneyForm, actions.allocate_money, "allocated", areas=queries.districts()
    )


def _at_fund(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: str, **form_kwargs: Any
) -> HttpResponseBase:
    queries.who_keeps(request.user)
    found = queries.fund_of(request.user, reference)
    about = {"fund": found, "statement": queries.statements(request.user, found)[0]}
    return _entry_form(request, do, form, said, about, reverse("fund", args=[reference]), form_kwargs, fund=found)


def commit_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Promise part of a share."""
    queries.who_keeps(request.user)
    found = queries.share_of(request.user, reference)
    about = {"share": found, "left": queries.left_of_share(request.user, found)}
    then = reverse("money_share", args=[reference])
    return _entry_form(request, actions.commit_money, forms.CommitMoneyForm, "committed", about, then, {}, share=found)


def pay_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Pay what was committed."""
    return _at_commitment(request, reference, forms.PayMoneyForm, actions.pay_money, "paid")


def release_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Make what was committed available again."""
    return _at_commitment(request, reference, forms.ReleaseMoneyForm, actions.release_money, "released")


def recover_money(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what came back of what was paid."""
    return _at_commitment(request, reference, forms.RecoverMoneyForm, actions.recover_money, "recovered")


def _at_commitment(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: str
) -> HttpResponseBase:
    queries.who_keeps(request.user)
    found = queries.entry_of(request.user, reference)
    refuse(rules.why_not_from_commitment(found))
    about = {"entry": found, "whole": queries.whole_entry(request.user, found)}
    return _entry_form(request, do, form, said, about, reverse("ledger_entry", args=[reference]), {}, commitment=found)


def _entry_form(
    request: HttpRequest, do: Callable[..., Any], form: Any, said: str, about: dict[str, Any], then: str,
    form_kwargs: dict[str, Any], **where: Any,
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request,
        f"money/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, **where, **typed.cleaned_data),
        then=then,
        said=lambda made: f"{pounds(made.pence)} {said}: {made.reference}.",
        initial={"happened_on": clock.today(), "key": str(uuid.uuid4())},
        form_kwargs=form_kwargs,
        context=about,
    )


def reverse_entry(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Undo an entry by its mirror."""
    queries.who_keeps(request.user)
    found = queries.entry_of(request.user, reference)
    return form_page(
        request,
        "money/reverse_entry.html",
        forms.ReverseEntryForm,
        do=lambda form: actions.reverse_entry(by=request.user, entry=found, **form.cleaned_data),
        then=reverse("ledger_entry", args=[reference]),
        said="It is reversed. Both entries stay, and together they move nothing.",
        context={"entry": found},
    )
