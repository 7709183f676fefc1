"""Pages of quality visits."""

from django.http import HttpRequest, HttpResponseBase

from hearth.commissioning.contracts.doing import do_of_contract
from hearth.commissioning.contracts.queries import contract_of
from hearth.commissioning.contracts.visits import actions, forms, queries, rules
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse


def plan_visit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who visits, and when."""
    contract = contract_of(request.user, reference)
    refuse(rules.why_not_plan(request.user, contract))
    things = {
        "visitor": {
            each.reference: (each, f"{each.full_name}, {each.job_title}") for each in queries.visitors(contract)
        }
    }
    return do_of_contract(
        request, contract, "plan_visit", forms.PlanVisitForm,
        lambda form: actions.plan_visit(by=request.user, contract=contract, **form.cleaned_data), "The visit is planned.",
        {"visit_by": queries.needs_by(contract)}, initial={"visitor": request.user.reference}, form_kwargs={"things": things},
    )  # fmt: skip


def note_visit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note what a visit found."""
    found = queries.visit_of(request.user, reference)
    refuse(rules.why_not_note(request.user, found))
    return do_of_contract(
        request, found.contract, "note_visit", forms.NoteVisitForm,
        lambda form: actions.note_visit(by=request.user, visit=found, **form.cleaned_data),
        "It is noted. Add what is to be put right, if anything is.", {"visit": found}, initial={"done_on": clock.today()},
    )  # fmt: skip


def call_off_visit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A visit does not happen."""
    found = queries.visit_of(request.user, reference)
    refuse(rules.why_not_note(request.user, found))
    return do_of_contract(
        request, found.contract, "call_off_visit", forms.CallOffVisitForm,
        lambda form: actions.call_off_visit(by=request.user, visit=found, **form.cleaned_data), "It is called off.", {"visit": found},
    )  # fmt: skip


def add_visit_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add what is to be put right."""
    found = queries.visit_of(request.user, reference)
    refuse(rules.why_not_add_action(request.user, found))
    return do_of_contract(
        request, found.contract, "add_visit_action", forms.AddVisitActionForm,
        lambda form: actions.add_visit_action(by=request.user, visit=found, **form.cleaned_data), "The action is added.", {"visit": found},
    )  # fmt: skip


def finish_visit_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """It is put right."""
    found = queries.action_of(request.user, reference)
    refuse(rules.why_not_finish(request.user, found))
    return do_of_contract(
        request, found.visit.contract, "finish_visit_action", forms.FinishVisitActionForm,
        lambda form: actions.finish_visit_action(by=request.user, act=found, **form.cleaned_data), "The action is done.", {"act": found},
    )  # fmt: skip
