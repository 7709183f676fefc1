"""Pages of what members asked for: the register, one request, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.audit.looks import exported
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.governance.member_requests import actions, forms, queries, rules
from hearth.oversight.governance.member_requests.tables import register_sheet
from hearth.records.money.downloads import as_file


def member_requests(request: HttpRequest) -> HttpResponse:
    """The register: what is due first."""
    show = request.GET.get("show", "")
    show = show if show in queries.SHOWN else "open"
    context = {
        "page": queries.requests_page(request.user, show, request.GET.get("page")),
        "tabs": [
            (words, f"{reverse('member_requests')}?show={code}", code == show) for code, words in queries.SHOWN.items()
        ],
        "keeps": bool(queries.areas_to_keep(request.user)),
        "kind_words": queries.kind_words,
    }
    return render(request, "member_requests/member_requests.html", context)


def member_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: what was asked, each answer as it was written, and what came of it."""
    found = queries.request_of(request.user, reference)
    answers = queries.answers_of(request.user, found)
    context = {
        "answers": answers,
        "read_by": queries.role_names(found.only_roles),
        "may": queries.what_may(request.user, found, queries.standing_of(request.user, found)),
    }
    return render(request, "member_requests/member_request.html", _about(found) | context)


def download_member_requests(request: HttpRequest) -> HttpResponseBase:
    """The register as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("member_requests"))
    sheet = register_sheet(request.user)
    exported(request.user, "member_requests.register_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def _things() -> dict[str, Any]:
    return {
        "owner": {
            each.reference: (each, ", ".join(filter(None, (each.full_name, each.job_title))))
            for each in queries.owners()
        }
    }


def note_member_request(request: HttpRequest) -> HttpResponseBase:
    """Note what a member asked."""
    areas = queries.areas_to_keep(request.user)
    refuse(None if areas else rules.why_not_keep_in(request.user, None))
    things = _things() | {"area": {area.code: (area, area.name) for area in areas if area is not None}}
    return form_page(
        request,
        "member_requests/note_member_request.html",
        forms.NoteMemberRequestForm,
        do=lambda form: actions.note_member_request(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("member_request", args=[made.reference]),
        said=lambda made: f"{made.reference} is in the register.",
        form_kwargs={"things": things, "roles": queries.roles_to_keep_to(), "whole": None in areas},
    )


def change_member_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put right what was noted."""
    found = queries.request_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found))
    typed = {name: getattr(found, name) for name in actions.SAID} | {"owner": found.owner.reference}
    return _form(
        request, found, forms.ChangeMemberRequestForm, actions.change_member_request, "It is changed.",
        initial=typed | {"seen": seen_in(found, actions.SAID)}, form_kwargs={"things": _things(), "roles": queries.roles_to_keep_to()},
    )  # fmt: skip


def write_member_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write the answer; one that was returned is there to go on from."""
    found = queries.request_of(request.user, reference)
    refuse(rules.why_not_write(request.user, found))
    returned = next(iter(queries.answers_of(request.user, found)), None)
    return _form(
        request, found, forms.WriteMemberAnswerForm, actions.write_member_answer, "It waits to be approved.",
        initial={"words": returned.words if returned else ""}, context={"returned": returned},
    )  # fmt: skip


def decide_member_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Approve the answer, or return it."""
    found = queries.request_of(request.user, reference)
    answer = queries.standing_of(request.user, found)
    refuse(rules.why_not_approve(request.user, found, answer))
    return _form(
        request, found, forms.DecideMemberAnswerForm, actions.decide_member_answer,
        lambda made: "It is approved, and can be sent." if made.state == "approved" else "It is returned.", context={"answer": answer},
    )  # fmt: skip


def send_member_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that the answer went."""
    found = queries.request_of(request.user, reference)
    refuse(rules.why_not_send(request.user, found))
    answer = queries.standing_of(request.user, found)
    return _form(
        request,
        found,
        forms.SendMemberAnswerForm,
        actions.send_member_answer,
        "It is answered.",
        context={"answer": answer},
    )


def withdraw_member_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note that the member took it back."""
    found = queries.request_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found))
    return _form(request, found, forms.WithdrawMemberRequestForm, actions.withdraw_member_request, "It is withdrawn.")


@require_POST
def close_member_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Close it."""
    actions.close_member_request(by=request.user, request=queries.request_of(request.user, reference))
    say(request, "The request is closed.")
    return HttpResponseRedirect(reverse("member_request", args=[reference]))


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: Any, context: Any = None, **more: Any
) -> HttpResponseBase:
    """A form about one request, which comes back to it."""
    return form_page(
        request,
        f"member_requests/{do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, request=found, **typed.cleaned_data),
        then=reverse("member_request", args=[found.reference]),
        said=said,
        context=_about(found) | (context or {}),
        **more,
    )


def _about(found: Any) -> dict[str, Any]:
    return {"asked": found, "kind_words": queries.kind_words}
