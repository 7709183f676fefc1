"""Pages of link runs: what is in force, runs and what each used, starting and cancelling one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import render, say
from hearth.intelligence.matching import actions, queries, rules
from hearth.intelligence.matching.review.queries import waiting


def who_is_who(request: HttpRequest) -> HttpResponse:
    """What is in force, how much waits for a person, and the runs."""
    refuse(rules.why_not_link_feeds(request.user))
    run = queries.run_in_force()
    context = {
        "run": run, "going": queries.open_run(), "waiting": waiting(request.user).count(),
        "decided": queries.decided_since(request.user, run), "page": queries.runs(request.user, page=request.GET.get("page")),
    }  # fmt: skip
    return render(request, "matching/who_is_who.html", context)


def link_run(request: HttpRequest, reference: str) -> HttpResponse:
    """One run: how far it is, what it used, what came of it, and its weights."""
    refuse(rules.why_not_link_feeds(request.user))
    run = queries.run_of(request.user, reference)
    context = {"run": run, "may_cancel": rules.why_not_cancel_link_run(request.user, run) is None}
    return render(request, "matching/link_run.html", context, partial="progress")


@require_POST
def start_link_run(request: HttpRequest) -> HttpResponse:
    """Have everybody in the feeds linked."""
    run = actions.start_link_run(by=request.user, afresh=request.POST.get("afresh") == "1")
    say(request, "The run is started. What is in force stays so until it is done.")
    return HttpResponseRedirect(reverse("link_run", args=[run.reference]))


@require_POST
def cancel_link_run(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a run up."""
    actions.cancel_link_run(by=request.user, run=queries.run_of(request.user, reference))
    say(request, "The run is cancelled. What was in force before stays in force.")
    return HttpResponseRedirect(reverse("link_run", args=[reference]))
