"""Pages about an action, and the tick."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST

from hearth.casework.plans import queries
from hearth.casework.plans.meetings.queries import meeting_named
from hearth.casework.plans.views import about, address
from hearth.casework.plans.who_does_what import actions, forms
from hearth.foundation.ui.page import form_page


def add_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give somebody something to do. `?outcome=2` chooses an outcome, `?meeting=1` says where it was decided."""
    plan = queries.plan_of(request.user, reference)
    meeting = meeting_named(request.user, plan.case, request.GET.get("meeting", ""))
    outcomes = [each for each in queries.outcomes_of(request.user, plan) if each.state == "open"]
    return form_page(
        request,
        "plans/add_action.html",
        forms.AddActionForm,
        do=lambda form: actions.add_action(by=request.user, plan=plan, meeting=meeting, **form.cleaned_data),
        then=lambda item: f"{address(plan)}#action-{item.number}",
        said="The action is added.",
        form_kwargs={"choices": queries.choices_of(request.user, plan.case), "outcomes": outcomes},
        initial={"outcome": request.GET.get("outcome", outcomes[0].number if len(outcomes) == 1 else forms.WHOLE_PLAN)},
        context=about(request, plan) | {"meeting": meeting},
    )


def change_action(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change an action, or say how it stands."""
    plan = queries.plan_of(request.user, reference)
    item = queries.action_of(request.user, plan, number)
    return form_page(
        request,
        "plans/change_action.html",
        forms.ChangeActionForm,
        do=lambda form: actions.change_action(by=request.user, item=item, **form.cleaned_data),
        then=f"{address(plan)}#action-{number}",
        said="The action is changed.",
        form_kwargs={
            "choices": queries.choices_with(request.user, plan.case, item),
            "outcomes": queries.outcomes_of(request.user, plan),
        },
        initial={
            "what": item.what,
            "who": queries.key_of(item) or forms.SOMEBODY_ELSE,
            "who_name": item.who_name,
            "due_on": item.due_on,
            "outcome": item.outcome.number if item.outcome else forms.WHOLE_PLAN,
            "state": item.state,
            "note": item.note,
            "seen_version": item.version,
        },
        context=about(request, plan) | {"item": item},
    )


@require_POST
def finish_action(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Tick an action."""
    plan = queries.plan_of(request.user, reference)
    actions.finish_action(by=request.user, item=queries.action_of(request.user, plan, number))
    return HttpResponseRedirect(f"{address(plan)}#action-{number}")


@require_POST
def undo_action(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take the tick away."""
    plan = queries.plan_of(request.user, reference)
    actions.undo_action(by=request.user, item=queries.action_of(request.user, plan, number))
    return HttpResponseRedirect(f"{address(plan)}#action-{number}")
