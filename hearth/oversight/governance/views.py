"""Pages of retention: what is due, one record, its deletion, its hold."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.audit.looks import looked_each
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.governance import actions, forms, queries, rules


def due_for_deletion(request: HttpRequest) -> HttpResponse:
    """Everything that has passed its time, with the rule and the day."""
    held = request.GET.get("held") == "1"
    page = queries.due_for_deletion(request.user, held=held, page=request.GET.get("page"))
    context = {"page": page, "held": held, "rule_words": queries.rule_words, "since_words": queries.since_words}
    return render(request, "governance/due_for_deletion.html", context)


def deleted_records(request: HttpRequest) -> HttpResponse:
    """What was deleted: all that is left of it."""
    page = queries.deleted_records(request.user, request.GET.get("page"))
    return render(request, "governance/deleted_records.html", {"page": page, "since_words": queries.since_words})


def births_unknown(request: HttpRequest) -> HttpResponse:
    """Families that are never due, as nobody knows when a child of theirs was born."""
    found = queries.births_unknown(request.user)
    families = {row.family_id: row.family for row in found.children} | {each.pk: each for each in found.childless}
    looked_each(request.user, "governance.births_unknown_read", families=list(families.values()))
    return render(request, "governance/births_unknown.html", {"found": found})


def disposal(request: HttpRequest, reference: str) -> HttpResponse:
    """One record that has passed its time, and what goes with it."""
    found = queries.disposal_of(request.user, reference)
    return render(request, "governance/disposal.html", _about(request, found))


def delete_record(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A second look at what goes with it, and its deletion."""
    found = queries.disposal_of(request.user, reference)
    refuse(rules.why_not_delete(request.user, found))
    about = _about(request, found)
    return form_page(
        request, "governance/delete_record.html", forms.DeleteRecordForm,
        do=lambda form: actions.delete_record(by=request.user, disposal=found, seen=form.cleaned_data["seen"]),
        then=reverse("due_for_deletion"), said=f"{reference} is deleted, with everything that went with it.",
        initial={"seen": about["goes"].seen if about["goes"] else ""}, form_kwargs={"meant": reference}, context=about, draft=False,
    )  # fmt: skip


def hold_record(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Keep it longer, for a reason, until a day."""
    found = queries.disposal_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    return form_page(
        request, "governance/hold_record.html", forms.HoldRecordForm,
        do=lambda form: actions.hold_record(by=request.user, disposal=found, **form.cleaned_data),
        then=reverse("disposal", args=[reference]), said="It is held. The hold ends by itself.", context={"disposal": found},
    )  # fmt: skip


def end_hold(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What it was held for is over."""
    found = queries.disposal_of(request.user, reference)
    if request.method != "POST":
        raise Http404
    actions.end_hold(by=request.user, disposal=found)
    say(request, "The hold is ended. The record is due for deletion.")
    return HttpResponseRedirect(reverse("disposal", args=[reference]))


def _about(request: HttpRequest, found: Any) -> dict[str, Any]:
    return {
        "disposal": found,
        "goes": queries.goes_with(request.user, found),
        "rule": queries.rule_words(found),
        "since": queries.since_words(found),
    }
