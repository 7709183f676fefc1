"""Pages of milestones."""

from django.http import HttpRequest, HttpResponseBase

from hearth.commissioning.contracts.doing import do_of_contract
from hearth.commissioning.contracts.milestones import actions, forms, rules
from hearth.commissioning.contracts.queries import contract_of, milestone_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse


def reach_milestone(request: HttpRequest, reference: str, milestone: str) -> HttpResponseBase:
    """Say that a milestone is reached."""
    contract = contract_of(request.user, reference)
    found = milestone_of(request.user, contract, milestone)
    refuse(rules.why_not_reach(request.user, found))
    return do_of_contract(
        request, contract, "reach_milestone", forms.ReachMilestoneForm,
        lambda form: actions.reach_milestone(by=request.user, milestone=found, **form.cleaned_data),
        "It is noted. Somebody else certifies it.", {"milestone": found}, initial={"reached_on": clock.today()},
    )  # fmt: skip


def certify_milestone(request: HttpRequest, reference: str, milestone: str) -> HttpResponseBase:
    """Certify a milestone, or send it back."""
    contract = contract_of(request.user, reference)
    found = milestone_of(request.user, contract, milestone)
    refuse(rules.why_not_certify(request.user, found))
    return do_of_contract(
        request, contract, "certify_milestone", forms.CertifyMilestoneForm,
        lambda form: actions.certify_milestone(by=request.user, milestone=found, **form.cleaned_data),
        lambda made: "It is certified, and may be paid." if made.certified_by_id else "It is sent back.", {"milestone": found},
    )  # fmt: skip


def pay_milestone(request: HttpRequest, reference: str, milestone: str) -> HttpResponseBase:
    """Pay what is certified."""
    contract = contract_of(request.user, reference)
    found = milestone_of(request.user, contract, milestone)
    refuse(rules.why_not_pay(request.user, found))
    return do_of_contract(
        request, contract, "pay_milestone", forms.PayForm,
        lambda form: actions.pay_milestone(by=request.user, milestone=found, **form.cleaned_data),
        "It is paid, and stands in the ledger.", {"milestone": found}, initial={"paid_on": clock.today()},
    )  # fmt: skip
