"""Pages about the rules: how right and how fair each is, runs, and the map of need."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import render, say
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight import actions, drawing, queries, rules


def rules_of_concern(request: HttpRequest) -> HttpResponse:
    """Every rule: what it needs, what it cannot see, how right it is, and on whom it falls."""
    refuse(rules.why_not_see_concerns(request.user))
    run = queries.current_run(request.user)
    figures = run.figures if run else {}
    chosen = queries.rules_now().find(request.GET.get("rule", "")[:60])
    context = {
        "rules": queries.how_right(request.user), "figures": figures, "fewest": pack().indicators.fewest_shown, "feeds": layouts(),
        "held": {each["feed"] for each in run.used if not each["left_out"]} if run else set(),
        "chosen": chosen if chosen and figures.get(chosen.code, {}).get("sex") else None,
        "may_work_out": rules.why_not_work_out(request.user) is None,
    }  # fmt: skip
    return render(request, "insight/rules_of_concern.html", context)


def map_of_need(request: HttpRequest) -> HttpResponse:
    """Families of concern by district, drawn, with the same figures in a table."""
    refuse(rules.why_not_see_counts(request.user))
    needs = queries.need_by_district(request.user)
    context = {
        "needs": needs, "drawn": drawing.draw(needs, pack()), "fewest": pack().indicators.fewest_shown,
        "run": queries.current_run(request.user),
    }  # fmt: skip
    return render(request, "insight/map_of_need.html", context)


def insight_runs(request: HttpRequest) -> HttpResponse:
    """Runs, the newest first."""
    refuse(rules.why_not_work_out(request.user))
    return render(request, "insight/insight_runs.html", {"page": queries.runs(request.user, request.GET.get("page"))})


def insight_run(request: HttpRequest, reference: str) -> HttpResponse:
    """One run: how far it is, and everything it used."""
    refuse(rules.why_not_work_out(request.user))
    run = queries.run_of(request.user, reference)
    context = {
        "run": run, "may_cancel": rules.why_not_cancel(request.user, run) is None, "feeds": layouts(),
        "titles": {framework.code: framework.title for framework in pack().frameworks},
    }  # fmt: skip
    return render(request, "insight/insight_run.html", context, partial="progress")


@require_POST
def start_run(request: HttpRequest) -> HttpResponse:
    """Have every rule worked out now."""
    run = actions.start_run(by=request.user)
    say(request, "The rules are being worked out.")
    return HttpResponseRedirect(reverse("insight_run", args=[run.reference]))


@require_POST
def cancel_run(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop a run."""
    actions.cancel_run(by=request.user, run=queries.run_of(request.user, reference))
    say(request, "The run is cancelled. What the one before it found stands.")
    return HttpResponseRedirect(reverse("insight_runs"))
