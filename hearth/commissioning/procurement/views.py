"""Pages of tenders: the list, one tender, and what its specification is made of."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hearth.commissioning.procurement import actions, forms, queries, rules
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.money.queries import districts


def tenders(request: HttpRequest) -> HttpResponse:
    """Tenders: those being written, those that take bids, and those that are over."""
    context = {
        "page": queries.tenders_page(request.user, request.GET.get("page")),
        "may_run": queries.may_run(request.user),
        "follows": queries.follows(request.user, None),
    }
    return render(request, "procurement/tenders.html", context)


def tender(request: HttpRequest, reference: str) -> HttpResponse:
    """One tender, with what its reader has to do in it."""
    found = queries.whole_tender(request.user, reference)
    return render(request, "procurement/tender.html", queries.page_of_tender(request.user, found))


def write_tender(request: HttpRequest) -> HttpResponseBase:
    """Begin a tender."""
    queries.who_runs(request.user)
    return form_page(
        request,
        "procurement/write_tender.html",
        forms.WriteTenderForm,
        do=lambda form: actions.write_tender(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("tender", args=[made.reference]),
        said="It is begun. Now add its lots and its criteria.",
        initial={"standstill_days": 8, "intention": request.GET.get("intention", "")},
        form_kwargs={"intentions": queries.intentions_to_buy(request.user)},
    )


def change_tender(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what a draft says."""
    found = queries.tender_to_write(request.user, reference)
    before = queries.intention_of(request.user, found)
    return _form(
        request, found, forms.ChangeTenderForm, actions.change_tender, "It is changed.", initial=forms.initial_of(found, before),
        form_kwargs={"intentions": queries.intentions_to_buy(request.user, before)},
    )  # fmt: skip


def add_lot(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a lot."""
    found = queries.tender_to_write(request.user, reference)
    return _form(
        request, found, forms.AddLotForm, actions.add_lot, "The lot is added.", form_kwargs={"districts": districts()}
    )


def add_joint_commissioner(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add somebody who buys together with the authority."""
    found = queries.tender_to_write(request.user, reference)
    kwargs = {"organisations": queries.organisations(request.user)}
    return _form(
        request, found, forms.AddJointCommissionerForm, actions.add_joint_commissioner, "Their share is added.", form_kwargs=kwargs
    )  # fmt: skip


def add_criterion(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a criterion."""
    found = queries.tender_to_write(request.user, reference)
    return _form(request, found, forms.AddCriterionForm, actions.add_criterion, "The criterion is added.")


def add_call_file(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a paper that anybody may download."""
    found = queries.tender_to_write(request.user, reference)
    return _form(request, found, forms.AddCallFileForm, actions.add_call_file, "The file is added.")


@require_POST
def take_out(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a part out of a draft."""
    found = queries.tender_to_write(request.user, reference)
    part, _, number = request.POST.get("part", "").partition(" ")
    actions.take_out(by=request.user, tender=found, part=part, number=int(number) if number.isdecimal() else 0)
    say(request, "It is taken out.")
    return HttpResponseRedirect(reverse("tender", args=[reference]))


def name_keyholders(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who keeps the three passphrases."""
    found = queries.tender_to_write(request.user, reference)
    named = {each.place: each.user for each in queries.keyholders(request.user, found)}
    return _form(
        request, found, forms.NameKeyholdersForm, actions.name_keyholders, "They are named. Each now sets their passphrase here.",
        initial=named, form_kwargs={"reader": request.user},
    )  # fmt: skip


@sensitive_post_parameters()
def set_passphrase(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Set one's own passphrase. No draft is kept of it."""
    found = queries.whole_tender(request.user, reference)
    mine = queries.own_lock(request.user, found)
    if request.method != "POST":
        refuse(rules.why_not_set_passphrase(request.user, found, mine))
    return _form(
        request, found, forms.SetPassphraseForm, actions.set_passphrase, "Your passphrase is set. Lock it away.", draft=False
    )  # fmt: skip


def publish_tender(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Publish the call."""
    found = queries.tender_to_write(request.user, reference)
    return form_page(
        request,
        "procurement/publish_tender.html",
        forms.PublishTenderForm,
        do=lambda form: actions.publish_tender(by=request.user, tender=found),
        then=reverse("tender", args=[reference]),
        said="It is published. Everybody can read it now.",
        context={"tender": found, "missing": queries.missing(request.user, found)},
    )


def withdraw_tender(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Withdraw a tender."""
    found = queries.tender_to_run(request.user, reference)
    return _form(request, found, forms.WithdrawTenderForm, actions.withdraw_tender, "It is withdrawn.")


def ask_about_call(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask about an open call."""
    found = queries.whole_tender(request.user, reference)
    if request.method != "POST":
        refuse(rules.why_not_ask(request.user, found, "-"))
    return _form(
        request, found, forms.AskAboutCallForm, actions.ask_about_call, "It is asked. The answer comes to everybody, on the call’s page.",
        initial={"key": str(uuid.uuid4())},
    )  # fmt: skip


def answer_supplier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer a question to everybody."""
    found = queries.question_of(request.user, reference)
    return form_page(
        request,
        "procurement/answer_supplier.html",
        forms.AnswerSupplierForm,
        do=lambda form: actions.answer_supplier(by=request.user, question=found, **form.cleaned_data),
        then=reverse("tender", args=[found.tender.reference]),
        said="It is answered, to everybody.",
        initial={"words": found.words},
        context={"question": found, "tender": found.tender},
    )


def clarify_call(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Make something clear to everybody."""
    found = queries.tender_to_run(request.user, reference)
    if request.method != "POST":
        refuse(rules.why_not_clarify(request.user, found, "-", "-"))
    return _form(
        request,
        found,
        forms.ClarifyCallForm,
        actions.clarify_call,
        "It is published, and those who follow the call are told.",
    )


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, initial: Any = None, form_kwargs: Any = None,
    draft: bool = True,
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request,
        f"procurement/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, tender=found, **typed.cleaned_data),
        then=reverse("tender", args=[found.reference]),
        said=said,
        initial=initial,
        form_kwargs=form_kwargs,
        context={"tender": found},
        draft=draft,
    )
