"""Pages on which a return is asked about, answered and certified."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.commissioning.contracts.returns import figures, forms, queries
from hearth.commissioning.contracts.returns.asking import actions, rules
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page


def query_return(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask about one figure or part of a return."""
    found = queries.return_of(request.user, reference)
    refuse(rules.why_not_query(request.user, found))
    about = request.GET.get("about", "")
    return form_page(
        request,
        "returns/query_return.html",
        forms.QueryReturnForm,
        do=lambda form: actions.query_return(by=request.user, owner=found, **form.cleaned_data),
        then=reverse("quarterly_return", args=[reference]),
        said="It is asked, and the provider is told.",
        initial={"about": about},
        form_kwargs={"rows": queries.figures(request.user, found)},
        context={"owner": found},
    )


def answer_query(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Answer in place what was asked."""
    found = queries.return_of(request.user, reference)
    query = queries.query_of(request.user, found, number)
    if request.method != "POST":
        refuse(rules.why_not_answer(request.user, found, query))
    return form_page(
        request,
        "returns/answer_query.html",
        forms.AnswerQueryForm,
        do=lambda form: actions.answer_query(by=request.user, owner=found, query=query, **form.cleaned_data),
        then=reverse("quarterly_return", args=[reference]),
        said="It is answered, with what changed.",
        initial=forms.answer_initial(found, query),
        form_kwargs={"query": query},
        context={"owner": found, "query": query, "figures": figures},
    )


def certify_return(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Certify a return: from then on it stands."""
    found = queries.return_of(request.user, reference)
    waiting = sum(each.answered_at is None for each in queries.asked(request.user, found))
    if request.method != "POST":
        refuse(rules.why_not_certify(request.user, found, open_queries=waiting))
    return form_page(
        request,
        "returns/certify_return.html",
        forms.CertifyReturnForm,
        do=lambda form: actions.certify_return(by=request.user, owner=found, **form.cleaned_data),
        then=reverse("quarterly_return", args=[reference]),
        said="It is certified, and the provider is told.",
        context={"owner": found, "rows": queries.figures(request.user, found), "figures": figures},
    )
