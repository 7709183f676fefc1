"""Pages of exports: the list, asking for one, the check before it is taken, taking it, handing it over."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.files import file_response
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.performance.exports import actions, forms, queries, rules


def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports, and what kinds there are."""
    refuse(rules.why_not_make_exports(request.user))
    context = {
        "page": queries.exports(request.user, request.GET.get("page")),
        "districts": queries.districts(request.user),
    }
    return render(request, "exports/exports.html", context)


def ask_for_export(request: HttpRequest) -> HttpResponseBase:
    """Ask for a file, with why and for whom."""
    refuse(rules.why_not_make_exports(request.user))
    return form_page(
        request, "exports/ask_for_export.html", forms.AskForExportForm,
        do=lambda form: actions.ask_for_export(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("export", args=[made.reference]), said="The file is being made.",
        initial={"from_on": queries.six_months_before(clock.today()), "to_on": clock.today()},
        form_kwargs={"districts": queries.districts(request.user), "kinds": queries.KINDS},
    )  # fmt: skip


def export(request: HttpRequest, reference: str) -> HttpResponse:
    """One export: how far it is, then the check: how many rows, what is missing and who can mend it, what was left out."""
    refuse(rules.why_not_make_exports(request.user))
    found = queries.export_of(request.user, reference)
    only = request.GET.get("only", "")[:110]
    refusal = rules.why_not_have_file(request.user, found, queries.since_made(request.user, found))
    context: dict[str, Any] = {
        "export": found, "refusal": refusal, "only": only, "counts": queries.gap_counts(found), "sections": queries.sections(found),
        "gaps": queries.gaps(request.user, found, only, request.GET.get("page")) if refusal is None else None,
        "handed": queries.handed_over(request.user, found), "later": queries.later_one(request.user, found),
        "changed": queries.changed_since(found),
    }  # fmt: skip
    return render(request, "exports/export.html", context)


@require_http_methods(["GET", "POST"])
def download_export(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The file, or what it says was left out. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_make_exports(request.user))
    found = queries.export_of(request.user, reference)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("export", args=[reference]))
    refuse(rules.why_not_have_file(request.user, found, queries.since_made(request.user, found)))
    if request.POST.get("what") == "statement":
        return file_response(found.statement, f"{found.reference}-what-was-left-out.txt")
    content = queries.content_of(request.user, found)
    exported(request.user, "exports.downloaded", subject=found, file=found.kind, digest=found.digest)
    return file_response(content, found.file_name)


@require_POST
def make_export_again(request: HttpRequest, reference: str) -> HttpResponse:
    """The same once more, as things stand now."""
    refuse(rules.why_not_make_exports(request.user))
    made = actions.make_export_again(by=request.user, export=queries.export_of(request.user, reference))
    say(request, "The file is being made again, as things stand now.")
    return HttpResponseRedirect(reverse("export", args=[made.reference]))


def hand_over_export(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record that somebody was given the file."""
    refuse(rules.why_not_make_exports(request.user))
    found = queries.export_of(request.user, reference)
    refuse(rules.why_not_have_file(request.user, found, queries.since_made(request.user, found)))
    return form_page(
        request, "exports/hand_over_export.html", forms.HandOverExportForm,
        do=lambda form: actions.hand_over_export(by=request.user, export=found, **form.cleaned_data),
        then=reverse("export", args=[reference]), said="It is on record who was given the file.",
        initial={"to_whom": found.goes_to, "handed_on": clock.today()}, form_kwargs={"hows": queries.HOWS}, context={"export": found},
    )  # fmt: skip
