"""Pages of contracts: the list, one contract, and what a draft is made of."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.commissioning.contracts import actions, forms, queries, rules
from hearth.commissioning.contracts.page import page_of_contract
from hearth.commissioning.contracts.quarters import quarter_words
from hearth.commissioning.contracts.tables import TABLES
from hearth.foundation.audit.looks import exported
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.money.downloads import as_file
from hearth.records.money.queries import districts

SHOWN = (("", "All"), ("open", "Running"), ("visit", "Without their visit"), ("ending", "Ending"), ("ended", "Ended"))
SIGNED = "It is signed, and its money is committed in the ledger."
CHOSEN = ("award", "provider", "manager", "intention", "theme", "agreement")


def contracts(request: HttpRequest) -> HttpResponse:
    """Contracts that the reader may read: those without their quality visit first."""
    page = queries.contracts_page(request.user, request.GET.get("show", ""), request.GET.get("page"))
    context = {
        "page": page,
        "tabs": [
            (words, f"{reverse('contracts')}?show={code}", code == request.GET.get("show", "")) for code, words in SHOWN
        ],
        "parts": queries.shares_of(request.user, page.rows),
        "paid": queries.figures_of(request.user, page.rows),
        "counted": queries.counted(request.user),
        "may_run": rules.why_not_run(request.user) is None,
    }
    return render(request, "contracts/contracts.html", context)


def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """One contract: what was agreed, what was reached, visited, claimed and paid, and what its reader has to do."""
    found = queries.contract_of(request.user, reference)
    return render(request, "contracts/contract.html", page_of_contract(request.user, found))


@require_http_methods(["GET", "POST"])
def download_contracts(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_contracts(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("contracts"))
    sheet = table(request.user)
    exported(request.user, "contracts.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def _chosen(rows: Iterable[Any], words: Callable[[Any], str] = str) -> dict[str, tuple[Any, str]]:
    return {str(getattr(row, "reference", "") or row.pk): (row, words(row)) for row in rows}


def _things(reader: Any, draft: Any = None) -> dict[str, dict[str, tuple[Any, str]]]:
    award = [draft.award] if draft is not None and draft.award else []
    return {
        "award": _chosen(
            [*award, *queries.awards_to_contract(reader)], lambda row: f"{row.reference}, {row.organisation.name}"
        ),
        "provider": _chosen(queries.providers(), lambda row: str(row.name)),
        "manager": _chosen(queries.managers(), lambda row: f"{row.full_name}, {row.job_title}"),
        "intention": _chosen(queries.intentions_to_carry_out(reader), lambda row: f"{row.title}, {row.where}"),
        "theme": _chosen(queries.themes_to_answer(reader), lambda row: f"{row.title}, {row.area.name}"),
        "agreement": _chosen(queries.agreements(), lambda row: f"{row.reference}, {row.organisation.name}"),
    }


def _sent(found: Any) -> str:
    return str(getattr(found, "reference", "") or found.pk) if found else ""


def write_contract(request: HttpRequest) -> HttpResponseBase:
    """Begin a contract."""
    refuse(rules.why_not_run(request.user))
    award, things = request.GET.get("award", ""), _things(request.user)
    awarded = things["award"].get(award, (None, ""))[0]
    carried = queries.intention_of_tender(request.user, awarded.tender) if awarded else None
    return form_page(
        request,
        "contracts/write_contract.html",
        forms.WriteContractForm,
        do=lambda form: actions.write_contract(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("contract", args=[made.reference]),
        said="It is begun. Now say who pays which part, and add its milestones, terms and targets.",
        initial={"key": str(uuid.uuid4()), "award": award, "intention": _sent(carried)},
        form_kwargs={"things": things},
    )


def change_contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what a draft says."""
    found = queries.contract_to_write(request.user, reference)
    initial = queries.as_written(found)
    initial |= {name: _sent(initial[name]) for name in CHOSEN}
    return _form(
        request, found, forms.ChangeContractForm, actions.change_contract, "It is changed.", initial=initial,
        form_kwargs={"things": _things(request.user, found)},
    )  # fmt: skip


def add_part(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who pays how much of it."""
    found = queries.contract_to_write(request.user, reference)
    things = {
        "organisation": _chosen(queries.payers(), lambda row: str(row.name)),
        "area": {area.code: (area, area.name) for area in districts()},
        "share": _chosen(queries.shares(request.user), lambda row: f"{row}, {row.fund.name}"),
    }
    return _form(
        request, found, forms.AddPartForm, actions.add_part, "The part is added.", form_kwargs={"things": things}
    )


def add_milestone(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a milestone."""
    found = queries.contract_to_write(request.user, reference)
    return _form(request, found, forms.AddMilestoneForm, actions.add_milestone, "The milestone is added.")


def add_target(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a target with its profile."""
    found = queries.contract_to_write(request.user, reference)
    quarters = [quarter_words(each) for each in found.quarters]
    return _form(
        request,
        found,
        forms.AddTargetForm,
        actions.add_target,
        "The target is added.",
        form_kwargs={"quarters": quarters},
    )


def add_payment_term(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a term of payment by results."""
    found = queries.contract_to_write(request.user, reference)
    return _form(request, found, forms.AddPaymentTermForm, actions.add_payment_term, "The term is added.")


@require_POST
def take_out_of_contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a piece out of a draft."""
    found = queries.contract_to_write(request.user, reference)
    piece, of = request.POST.get("piece", ""), request.POST.get("of", "")
    actions.take_out_of_contract(by=request.user, contract=found, piece=piece, reference=of)
    say(request, "It is taken out.")
    return HttpResponseRedirect(reverse("contract", args=[reference]))


def sign_contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Sign it, first or second."""
    found = queries.contract_of(request.user, reference)
    refuse(rules.why_not_sign(request.user, found, queries.lacks(found)))
    return _form(
        request, found, forms.SignContractForm, lambda by, contract, read: actions.sign_contract(by=by, contract=contract),
        lambda made: SIGNED if made.signed_by_id else "You have signed it. Somebody else signs it second.",
        template="sign_contract", context={"parts": queries.parts_with_figures(request.user, found)},
    )  # fmt: skip


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: Any, template: str = "", context: Any = None, **more: Any
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request,
        f"contracts/{template or do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, contract=found, **typed.cleaned_data),
        then=reverse("contract", args=[found.reference]),
        said=said,
        context={"contract": found} | (context or {}),
        **more,
    )
