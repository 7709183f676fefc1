"""Pages of agreements between the authority and its partners."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.sharing import words
from hearth.records.sharing.agreements import actions, forms, queries, rules
from hearth.records.sharing.queries import partners


def agreements(request: HttpRequest) -> HttpResponse:
    """Agreements in force, or those that have ended."""
    ended = request.GET.get("show") == "ended"
    context = {
        "page": queries.agreements(request.user, ended=ended, page=request.GET.get("page")), "ended": ended, "words": words,
        "may_govern": rules.why_not_govern(request.user) is None,
    }  # fmt: skip
    return render(request, "sharing/agreements.html", context)


def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement."""
    found = queries.agreement_of(request.user, reference)
    may_govern = rules.why_not_govern(request.user) is None
    return render(request, "sharing/agreement.html", {"agreement": found, "words": words, "may_govern": may_govern})


def write_agreement(request: HttpRequest) -> HttpResponseBase:
    """Put a signed agreement on record."""
    refuse(rules.why_not_govern(request.user))
    return form_page(
        request, "sharing/write_agreement.html", forms.WriteAgreementForm,
        do=lambda form: actions.write_agreement(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("agreement", args=[made.reference]), said="The agreement is on record.",
        form_kwargs={"partners": partners()},
    )  # fmt: skip


def end_agreement(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End an agreement now."""
    found = queries.agreement_of(request.user, reference)
    refuse(rules.why_not_govern(request.user))
    return form_page(
        request, "sharing/end_agreement.html", forms.EndAgreementForm,
        do=lambda form: actions.end_agreement(by=request.user, agreement=found, **form.cleaned_data),
        then=reverse("agreement", args=[reference]), said="The agreement has ended, and access that rested on it with it.",
        context={"agreement": found},
    )  # fmt: skip
