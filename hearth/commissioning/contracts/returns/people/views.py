"""Pages of the list of people: the provider's own, the totals, and erasing somebody from every list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.commissioning.contracts.returns import forms, queries
from hearth.commissioning.contracts.returns.people import actions, rules
from hearth.commissioning.contracts.returns.people import queries as people
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import upper_first
from hearth.foundation.ui.filters import counted
from hearth.foundation.ui.page import form_page, render


def return_people(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of a return: for its provider who is on it and what it is told; for the authority the three totals."""
    found = queries.return_of(request.user, reference)
    listed = people.people_of(request.user, found)
    may = queries.what_may(request.user, found)
    context = {
        "owner": found,
        "people": listed,
        "page": people.listed_page(request.user, listed, request.GET.get("page"))
        if listed and may["delivers"]
        else None,
        "told": people.told(listed) if listed and may["delivers"] else None,
        "totals": people.totals(request.user, listed) if listed and not may["delivers"] else [],
        "check": people.check_of(request.user, listed) if listed else None,
        "why_not": people.why_not_matched(found),
        "may": may | {"list": rules.why_not_list(request.user, found) is None},
        "born_words": people.born_words,
        "kept_days": pack().returns.names_kept_days,
    }
    return render(request, "returns/return_people.html", context)


def send_people(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send a file of people in place of the list."""
    found = queries.return_of(request.user, reference)
    refuse(rules.why_not_list(request.user, found))
    return form_page(
        request,
        "returns/send_people.html",
        forms.SendPeopleForm,
        do=lambda form: actions.send_people(by=request.user, owner=found, **form.cleaned_data),
        then=reverse("return_people", args=[reference]),
        said=lambda made: (
            "The list is taken."
            if not made.not_taken
            else f"It is taken, without {counted(len(made.not_taken), 'row')}: see below."
        ),
        context={"owner": found, "most": pack().returns.most_people, "kept_days": pack().returns.names_kept_days},
        draft=False,
    )


def add_person_to_list(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put one person on the list."""
    found = queries.return_of(request.user, reference)
    refuse(rules.why_not_list(request.user, found))
    return form_page(
        request,
        "returns/add_person_to_list.html",
        forms.AddPersonToListForm,
        do=lambda form: actions.add_person_to_list(by=request.user, owner=found, **form.cleaned_data),
        then=reverse("return_people", args=[reference]),
        said="They are on the list.",
        context={"owner": found},
    )


def take_off_list(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take somebody off the list."""
    found = queries.return_of(request.user, reference)
    refuse(rules.why_not_list(request.user, found))
    person = people.person_on(request.user, found, number)
    return form_page(
        request,
        "returns/take_off_list.html",
        forms.SendReturnForm,
        do=lambda form: actions.take_off_list(by=request.user, owner=found, person=person),
        then=reverse("return_people", args=[reference]),
        said="They are off the list.",
        context={"owner": found, "person": person},
    )


def return_matches(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """Whom of one total the reader may open: nobody else is named."""
    found = queries.return_of(request.user, reference)
    listed = people.people_of(request.user, found)
    if listed is None or side not in people.SIDES or queries.what_may(request.user, found)["delivers"]:
        raise Http404
    total = next((each for each in people.totals(request.user, listed) if each.side == side), None)
    context = {
        "owner": found,
        "total": total,
        "page": people.matches_page(request.user, listed, side, request.GET.get("page")),
    }
    return render(request, "returns/return_matches.html", context)


def erase_listed(request: HttpRequest) -> HttpResponseBase:
    """Erase somebody from every provider's list."""
    refuse(rules.why_not_erase(request.user, "-", "-", "-"))
    return form_page(
        request,
        "returns/erase_listed.html",
        forms.EraseListedForm,
        do=lambda form: _found_or_erased(request, **form.cleaned_data),
        then=lambda done: reverse("erase_listed") if isinstance(done, int) else _found_page(request, done),
        said=lambda done: _erased(done) if isinstance(done, int) else "",
        context={"kept_days": pack().returns.names_kept_days},
        draft=False,
    )


def _found_or_erased(request: HttpRequest, erase: bool, **named: Any) -> Any:
    return (actions.erase_listed if erase else actions.find_listed)(by=request.user, **named)


def _found_page(request: HttpRequest, found: Any) -> HttpResponse:
    return render(request, "returns/listed_found.html", {"rows": found, "born_words": people.born_words})


def _erased(gone: int) -> str:
    return f"{upper_first(counted(gone, 'row'))} erased." if gone else "Nobody of that name is on any list."
