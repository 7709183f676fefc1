"""Pages of strategies: progress by priority, one action, and what the board was told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.governance.strategy import actions, forms, queries, rules
from hearth.oversight.governance.strategy.freezing import is_whole


def strategies(request: HttpRequest) -> HttpResponse:
    """Every strategy."""
    context = {"rows": queries.strategies(request.user), "keeps": bool(queries.areas_to_keep(request.user))}
    return render(request, "strategy/strategies.html", context)


def strategy(request: HttpRequest, reference: str) -> HttpResponse:
    """Progress by priority."""
    found = queries.strategy_of(request.user, reference)
    priorities = queries.by_priority(request.user, found)
    context = {
        "priorities": priorities,
        "reports": queries.reports_of(request.user, found),
        "keeps": rules.why_not_keep(request.user, found) is None,
        "reportable": any(each.actions for each in priorities),
    }
    return render(request, "strategy/strategy.html", {"strategy": found} | context)


def strategy_action(request: HttpRequest, reference: str) -> HttpResponse:
    """One action: how it stands and stood, and what shows it."""
    found = queries.action_of(request.user, reference)
    progress = queries.progress_of(request.user, found)
    context = {
        "stands": queries.Standing(found, progress[0] if progress else None, 0),
        "progress": progress,
        "evidence": queries.evidence_of(request.user, found),
        "keeps": rules.why_not_keep(request.user, found.priority.strategy) is None,
        "notes": rules.why_not_note(request.user, found) is None,
        "standing_words": queries.standing_words,
    }
    return render(request, "strategy/strategy_action.html", {"planned": found} | context)


def strategy_report(request: HttpRequest, reference: str) -> HttpResponse:
    """What the board was told: as it stood, with its digest."""
    found = queries.report_of(request.user, reference)
    return render(request, "strategy/strategy_report.html", {"report": found, "whole": is_whole(found)})


def start_strategy(request: HttpRequest) -> HttpResponseBase:
    """Start a strategy."""
    areas = queries.areas_to_keep(request.user)
    refuse(None if areas else rules.why_not_keep_in(request.user, None))
    things = {"area": {area.code: (area, area.name) for area in areas if area is not None}}
    return form_page(
        request,
        "strategy/start_strategy.html",
        forms.StartStrategyForm,
        do=lambda form: actions.start_strategy(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("strategy", args=[made.reference]),
        said="It is started. Now add its priorities.",
        form_kwargs={"things": things},
    )


def change_strategy(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what a strategy says."""
    found = queries.strategy_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found))
    typed = {name: getattr(found, name) for name in actions.SAID} | {"seen": seen_in(found, actions.SAID)}
    return _of_strategy(
        request, found, forms.ChangeStrategyForm, actions.change_strategy, "It is changed.", initial=typed
    )


def add_priority(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a priority."""
    found = queries.strategy_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found))
    return _of_strategy(
        request, found, forms.AddPriorityForm, actions.add_priority, "It is a priority. Add what is done for it."
    )


def report_to_board(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Freeze it for the board."""
    found = queries.strategy_of(request.user, reference)
    priorities = queries.by_priority(request.user, found)
    refuse(rules.why_not_report(request.user, found, sum(len(each.actions) for each in priorities)))
    return _of_strategy(
        request, found, forms.ReportToBoardForm, actions.report_to_board, "It stands from now on, and can be printed.",
        then=lambda made: reverse("strategy_report", args=[made.reference]), context={"priorities": priorities},
    )  # fmt: skip


def add_strategy_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add an action to a priority."""
    found = queries.priority_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found.strategy))
    return form_page(
        request,
        "strategy/add_strategy_action.html",
        forms.StrategyActionForm,
        do=lambda form: actions.add_strategy_action(by=request.user, priority=found, **form.cleaned_data),
        then=reverse("strategy", args=[found.strategy.reference]),
        said="It is in the action plan.",
        form_kwargs={"things": _things()},
        context={"priority": found},
    )


def change_strategy_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what is to be done."""
    found = queries.action_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found.priority.strategy))
    typed = {name: getattr(found, name) for name in actions.PLANNED} | {"owner": found.owner.reference}
    return _of_action(
        request, found, forms.ChangeStrategyActionForm, actions.change_strategy_action, "It is changed.",
        initial=typed | {"seen": seen_in(found, actions.PLANNED)}, form_kwargs={"things": _things()},
    )  # fmt: skip


def note_strategy_progress(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say how it stands."""
    found = queries.action_of(request.user, reference)
    refuse(rules.why_not_note(request.user, found))
    return _of_action(request, found, forms.NoteStrategyProgressForm, actions.note_strategy_progress, "It is noted.")


def add_strategy_evidence(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Name what shows it."""
    found = queries.action_of(request.user, reference)
    refuse(rules.why_not_note(request.user, found))
    return _of_action(
        request, found, forms.AddStrategyEvidenceForm, actions.add_strategy_evidence, "It is evidence.",
        form_kwargs={"shown": queries.to_show(request.user)},
    )  # fmt: skip


def _things() -> dict[str, Any]:
    return {
        "owner": {
            each.reference: (each, ", ".join(filter(None, (each.full_name, each.job_title))))
            for each in queries.owners()
        }
    }


def _of_strategy(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, then: Any = None, context: Any = None, **more: Any
) -> HttpResponseBase:  # fmt: skip
    return form_page(
        request, f"strategy/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, strategy=found, **typed.cleaned_data),
        then=then or reverse("strategy", args=[found.reference]), said=said, context={"strategy": found} | (context or {}), **more,
    )  # fmt: skip


def _of_action(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, **more: Any
) -> HttpResponseBase:
    return form_page(
        request, f"strategy/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, planned=found, **typed.cleaned_data),
        then=reverse("strategy_action", args=[found.reference]), said=said, context={"planned": found}, **more,
    )  # fmt: skip
