"""Pages on which a contract ends."""

import uuid

from django.http import HttpRequest, HttpResponseBase

from hearth.commissioning.contracts.doing import do_of_contract
from hearth.commissioning.contracts.endings import actions, forms, queries, rules
from hearth.commissioning.contracts.queries import contract_of, parts_with_figures
from hearth.foundation.core.refusals import refuse


def ask_to_decommission(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask that a contract end before its time."""
    contract = contract_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_ask(request.user, contract))
    return do_of_contract(
        request, contract, "ask_to_decommission", forms.AskToDecommissionForm,
        lambda form: actions.ask_to_decommission(by=request.user, contract=contract, **form.cleaned_data),
        "It is asked for. Somebody else decides.", initial={"key": str(uuid.uuid4())},
    )  # fmt: skip


def decide_decommissioning(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Decide whether it ends."""
    found = queries.ending_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    left = sum(each["left"] for each in parts_with_figures(request.user, found.contract))
    return do_of_contract(
        request, found.contract, "decide_decommissioning", forms.DecideDecommissioningForm,
        lambda form: actions.decide_decommissioning(by=request.user, ending=found, **form.cleaned_data),
        lambda made: "It is decided, and everybody is told." if made.state == "decided" else "It does not end.",
        {"ending": found, "left": left, "families": queries.few(found.families, 0)},
    )  # fmt: skip


def place_family(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say where a family of a contract that ends goes."""
    contract = contract_of(request.user, reference)
    refuse(rules.why_not_place(request.user, contract))
    return do_of_contract(
        request, contract, "place_family", forms.PlaceFamilyForm,
        lambda form: actions.place_family(by=request.user, contract=contract, **form.cleaned_data), "It is written down.",
        form_kwargs={"reader": request.user},
    )  # fmt: skip


def settle_contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    """After its last day: release what is left, and close it."""
    contract = contract_of(request.user, reference)
    refuse(rules.why_not_settle(request.user, contract))
    return do_of_contract(
        request, contract, "settle_contract", forms.SettleContractForm,
        lambda form: actions.settle_contract(by=request.user, contract=contract, **form.cleaned_data),
        "It is settled. What was left of it is available again.",
    )  # fmt: skip
