"""Pages on which somebody finds a service, reads of it, and makes a list to hand to a family."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import cache_control

from hearth.doorstep.finding import once, rate, words
from hearth.doorstep.finding.forms import FindHelpForm
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.page import render
from hearth.records.directory.finding import counting, queries
from hearth.records.directory.queries import service_of

private = cache_control(no_store=True, private=True)
PAGE, KEEP = "page", "keep"


def _reader(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _keeps(request: HttpRequest) -> list[str]:
    """The references on somebody's list, which stands in the address."""
    return list(dict.fromkeys(request.GET.getlist(KEEP)))[: queries.MOST_KEPT]


def _asked(request: HttpRequest) -> QueryDict:
    """What was looked for, without the list and the page."""
    asked = QueryDict(mutable=True)
    for name in FindHelpForm.base_fields:
        if typed := [value for value in request.GET.getlist(name) if value.strip()]:
            asked.setlist(name, typed)
    return asked


def address_of(asked: QueryDict | None, keeps: list[str]) -> str:
    """What stands behind the question mark of an address of the finder."""
    whole = asked.copy() if asked else QueryDict(mutable=True)
    whole.setlist(KEEP, keeps)
    return whole.urlencode()


def _around(request: HttpRequest) -> dict[str, Any]:
    asked, keeps = _asked(request), _keeps(request)
    return {
        "asked": asked,
        "keeps": keeps,
        "address_of": address_of,
        "council": pack().authority,
        "safeguarding": pack().authority.safeguarding,
    }


@open_to_the_public
@private
def find_help(request: HttpRequest) -> HttpResponse:
    """Services that fit what somebody looks for."""
    context = _around(request)
    form = FindHelpForm(context["asked"] or None)
    form.is_valid()
    context |= {"form": form, "needs": [each for each in pack().directory.needs if not each.retired], "too_many": False}
    if not context["asked"]:
        return render(request, "doorstep/find_help.html", context)
    if not request.user.is_authenticated and rate.is_too_many(get_adapter().get_client_ip(request)):
        return render(request, "doorstep/find_help.html", context | {"too_many": True, "asked": None}, status=429)
    looked = form.looked(request.GET.get(PAGE))
    answer = queries.search(_reader(request), looked)
    _count(request, form, looked, answer)
    context["narrowed"] = form.narrowed_to()
    return render(request, "doorstep/find_help.html", context | _found(looked, answer, context["keeps"]))


def _count(request: HttpRequest, form: FindHelpForm, looked: queries.Looked, answer: queries.Answer) -> None:
    """Somebody looked for help, and there was none, or none with places: unmet need, counted without a name or a word."""
    outcome = counting.outcome_of(answer)
    if not outcome or not once.is_first_ask(request, form):
        return
    needs, district = counting.needs_of(looked, answer), counting.district_of(answer)
    if not once.is_again(request, outcome, district, *needs):
        counting.count_search(needs, district, outcome, by_worker=request.user.is_authenticated)


def _found(looked: queries.Looked, answer: queries.Answer, keeps: list[str]) -> dict[str, Any]:
    """What the page says of an answer."""
    found = [words.said_of(each, answer.place.outward) for each in answer.page.rows]
    shown = {each.service.reference for each in found}
    return {
        "answer": answer,
        "sections": [
            (heading, [each for each in found if bool(each.lacks) is in_part])
            for heading, in_part in zip(words.headings(answer), (False, True), strict=True)
        ],
        "kept_elsewhere": [each for each in keeps if each not in shown],
        "understood": [lower_first(label_of(pack().directory.needs, code)) for code in (*looked.needs, *answer.needs)],
    }


@open_to_the_public
@private
def find_help_service(request: HttpRequest, reference: str) -> HttpResponse:
    """One service, with all that a family may want to know."""
    service = service_of(_reader(request), reference)
    context = {"said": words.said_whole(service), "for_under_fives": words.is_for_under_fives(service)}
    return render(request, "doorstep/find_help_service.html", _around(request) | context)


@open_to_the_public
@private
def find_help_list(request: HttpRequest) -> HttpResponse:
    """The services that somebody ticked, to print or to hand over."""
    context = _around(request)
    services = queries.kept(_reader(request), context["keeps"])
    gone = len(context["keeps"]) - len(services)
    context |= {"keeps": [each.reference for each in services], "gone": gone}
    return render(
        request, "doorstep/find_help_list.html", context | {"listed": [words.said_briefly(each) for each in services]}
    )
