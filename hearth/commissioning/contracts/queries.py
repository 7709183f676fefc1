"""Reads of contracts: the reader first, always through visible_to."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.contracts import rules
from hearth.commissioning.contracts.models import (
    Contract,
    ContractPart,
    ContractState,
    Milestone,
    MilestoneState,
    Payment,
    PaymentLine,
    PaymentTerm,
    Profile,
    Target,
    VisitAction,
)
from hearth.commissioning.contracts.words import figure_words
from hearth.commissioning.needs.models import Intention
from hearth.commissioning.procurement.models import Award
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.records.money import queries as ledger
from hearth.records.money.reach import holds_whole
from hearth.records.sharing.models import Agreement

WORDS = (
    "title", "what", "needs", "provider", "award", "no_tender_why", "intention", "theme", "starts_on", "ends_on", "manager", "agreement",
    "document",
)  # fmt: skip
STATES = {"open": ("draft", "signed"), "ending": ("decommissioned",), "ended": ("ended",)}


def contracts(reader: Any) -> QuerySet[Any]:
    """Contracts that the reader may read: those without their visit first, then what runs, then what is over."""
    refuse(rules.why_not_see_contracts(reader))
    rows = Contract.objects.visible_to(reader).select_related("provider", "manager")
    lacking = Contract.objects.without_visit().values("pk")
    return rows.annotate(lacks_visit=Q(pk__in=lacking)).order_by(
        "-lacks_visit", F("settled_at").asc(nulls_first=True), "ends_on", "id"
    )


def contracts_page(reader: Any, show: str, page: Any) -> Page:
    """A page of them: all, those without their visit, those that end, or those that are over."""
    rows = contracts(reader)
    if show == "visit":
        rows = rows.filter(lacks_visit=True)
    elif show in STATES:
        rows = rows.filter(state__in=STATES[show])
    return page_of(rows, page)


def shares_of(reader: Any, rows: Sequence[Contract]) -> dict[Any, list[ContractPart]]:
    """Of each contract the parts that the reader sees: a district its own, whoever sees the whole all of them. One query."""
    found: dict[Any, list[ContractPart]] = {row.pk: [] for row in rows}
    parts = (
        ContractPart.objects.visible_to(reader).filter(contract__in=list(found)).select_related("area", "organisation")
    )
    for part in parts.order_by("area__name", "organisation__name", "id"):
        found[part.contract_id].append(part)
    return found


def contract_of(reader: Any, reference: str) -> Contract:
    """A contract, or a page that never says whether it exists."""
    rows = Contract.objects.visible_to(reader).select_related(
        "provider",
        "manager",
        "written_by",
        "first_signed_by",
        "signed_by",
        "settled_by",
        "agreement",
        "award",
        "award__organisation",
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def contract_to_write(reader: Any, reference: str) -> Contract:
    """A draft, or the reason why it cannot be written, before anything is typed."""
    found = contract_of(reader, reference)
    refuse(rules.why_not_write(reader, found))
    return found


def intention_of(reader: Any, contract: Contract) -> Intention | None:
    """The intention that it carries out, as far as the reader may know of it."""
    return Intention.objects.visible_to(reader).filter(contracts=contract).select_related("owner").first()


def intention_of_tender(reader: Any, tender: Any) -> Intention | None:
    """The intention that a tender comes from, where a contract may carry it out."""
    return next((each for each in intentions_to_carry_out(reader) if each.pk == tender.intention_id), None)


def milestones_of(reader: Any, contract: Contract) -> list[Milestone]:
    """Its milestones, by their day."""
    rows = Milestone.objects.visible_to(reader).filter(contract=contract)
    return list(rows.select_related("reached_by__organisation", "certified_by").order_by("due_on", "reference"))


def milestone_of(reader: Any, contract: Contract, reference: str) -> Milestone:
    """One of its milestones."""
    found = next((each for each in milestones_of(reader, contract) if each.reference == reference), None)
    if found is None:
        raise Http404
    return found


def terms_of(reader: Any, contract: Contract) -> list[PaymentTerm]:
    """Its terms of payment by results, in the order in which they were added."""
    return list(PaymentTerm.objects.visible_to(reader).filter(contract=contract).order_by("created_at", "id"))


def targets_of(reader: Any, contract: Contract) -> list[dict[str, Any]]:
    """Its targets, each with what is planned in each quarter of the contract, in words, and in all: two queries."""
    rows = list(Target.objects.visible_to(reader).filter(contract=contract).order_by("number"))
    planned: dict[Any, dict[Any, int | None]] = {row.pk: {} for row in rows}
    for target, quarter, figure in Profile.objects.filter(target__in=rows).values_list(
        "target_id", "quarter", "planned"
    ):
        planned[target][quarter] = figure
    return [
        {
            "target": row,
            "figures": [planned[row.pk].get(quarter) for quarter in contract.quarters],
            "words": [figure_words(row.unit, planned[row.pk].get(quarter)) for quarter in contract.quarters],
            "together": "" if row.unit == "percent" else figure_words(row.unit, _sum(planned[row.pk], contract)),
            "agrees": sorted(planned[row.pk]) == contract.quarters,
        }
        for row in rows
    ]  # fmt: skip


def _sum(planned: dict[Any, int | None], contract: Contract) -> int:
    """What is planned in the quarters in which it runs: of a contract that ends early no more than until then."""
    return sum(planned.get(quarter) or 0 for quarter in contract.quarters)


def parts_with_figures(reader: Any, contract: Contract) -> list[dict[str, Any]]:
    """The parts that the reader sees, each with what was paid of it: two queries."""
    parts = shares_of(reader, [contract])[contract.pk]
    lines = PaymentLine.objects.standing().visible_to(reader).filter(part__in=parts)
    paid = dict(lines.values_list("part_id").annotate(sum=Sum("pence")))
    return [{"part": part, "paid": paid.get(part.pk, 0), "left": part.pence - paid.get(part.pk, 0)} for part in parts]


def payments_of(reader: Any, contract: Contract) -> list[Payment]:
    """What was paid, the latest first."""
    rows = (
        Payment.objects.visible_to(reader)
        .filter(contract=contract)
        .select_related("milestone", "claim", "paid_by", "reversed_by")
    )
    return list(rows.order_by("-paid_on", "-created_at", "id"))


def paid_of(contract: Contract) -> int:
    """What was paid of the whole contract, by all who pay."""
    return int(Payment.objects.standing().filter(contract=contract).aggregate(sum=Sum("pence"))["sum"] or 0)


def promised_of(contract: Contract) -> int:
    """What its milestones and its terms come to, if all of it happens."""
    milestones = Milestone.objects.filter(contract=contract).exclude(state=MilestoneState.CANCELLED)
    fixed = milestones.aggregate(sum=Sum("pence"))["sum"] or 0
    return int(fixed) + int(PaymentTerm.objects.filter(contract=contract).aggregate(sum=Sum("cap_pence"))["sum"] or 0)


def lacks(contract: Contract) -> list[str]:
    """What is to be put right before a draft can be signed."""
    if not contract.is_draft:
        return []
    parts = list(ContractPart.objects.filter(contract=contract))
    targets = Target.objects.filter(contract=contract)
    quarters = contract.quarters
    for target in targets.prefetch_related("profile"):
        if sorted(each.quarter for each in target.profile.all()) != quarters:
            return [
                f"The profile of “{target.name}” is not of the quarters in which the contract runs. Take it out, and add it again."
            ]
    milestones = Milestone.objects.filter(contract=contract)
    if any(not contract.starts_on <= each.due_on <= contract.ends_on for each in milestones):
        return ["A milestone is on a day on which the contract does not run. Take it out, and add it again."]
    return rules.missing(contract, parts, promised_of(contract), len(targets))


def as_written(contract: Contract) -> dict[str, Any]:
    """What the form of a draft is filled in with, and the letters for what its writer saw."""
    shown = {name: getattr(contract, name) for name in WORDS}
    return shown | {"seen": seen_in(contract, WORDS)}


def awards_to_contract(reader: Any) -> list[Award]:
    """Awards from which there is no contract yet, and whose standstill has passed."""
    rows = Award.objects.visible_to(reader).filter(contract=None, published_at__isnull=False)
    return [
        each
        for each in rows.select_related("organisation", "tender", "lot").order_by("-decided_on")
        if not each.stands_still
    ]


def intentions_to_carry_out(reader: Any) -> list[Intention]:
    """Intentions that a contract may carry out."""
    rows = Intention.objects.visible_to(reader).filter(state__in=["agreed", "bought"])
    return list(rows.select_related("area").order_by("title", "id"))


def themes_to_answer(reader: Any) -> list[Theme]:
    """Themes of unmet need that a contract may answer."""
    rows = Theme.objects.visible_to(reader).exclude(state="closed").select_related("area")
    return list(rows.order_by("area__name", "title", "id"))


def providers() -> list[Organisation]:
    """Partner organisations that may deliver."""
    return list(Organisation.objects.filter(is_authority=False, ended_on=None).order_by("name"))


def payers() -> list[Organisation]:
    """The authority first, then partners who may pay a part."""
    return list(Organisation.objects.filter(ended_on=None).order_by("-is_authority", "name"))


def agreements() -> list[Agreement]:
    """Agreements on sharing that are in force."""
    return list(Agreement.objects.live().select_related("organisation").order_by("organisation__name", "reference"))


def managers() -> list[User]:
    """Who may answer for a contract: whoever visits what is bought."""
    return who_may("check_contracts")


def shares(reader: Any) -> list[Any]:
    """Shares of the ledger that have something left."""
    return [row for row in ledger.shares(reader, ledger.Wanted()) if row.available > 0]


def actions_of_visits(reader: Any, contract: Contract) -> list[VisitAction]:
    """Actions of its visits, those that are open first."""
    rows = VisitAction.objects.visible_to(reader).filter(visit__contract=contract)
    return list(rows.select_related("done_by", "visit").order_by(F("done_on").asc(nulls_first=True), "due_on", "id"))


def figures_of(reader: Any, rows: Sequence[Contract]) -> dict[Any, int]:
    """What was paid of each contract, by all who pay: one query."""
    paid = Payment.objects.standing().visible_to(reader).filter(contract__in=[row.pk for row in rows])
    return dict(paid.values_list("contract_id").annotate(sum=Sum("pence")))


def counted(reader: Any) -> dict[str, int]:
    """How many contracts the reader sees run, lack their visit, and end: one query."""
    lacking = Contract.objects.without_visit().values("pk")
    return Contract.objects.visible_to(reader).aggregate(
        running=Count("pk", filter=Q(state=ContractState.SIGNED)),
        lacking=Count("pk", filter=Q(pk__in=lacking)),
        ending=Count("pk", filter=Q(state=ContractState.DECOMMISSIONED, settled_at=None)),
    )


def sees_money_of_all(reader: Any) -> bool:
    """Whether the reader may open the ledger's entries of every part."""
    return holds_whole(reader, "see_ledger")


def may(reader: Any, contract: Contract, sentence: Sequence[str]) -> dict[str, bool]:
    """Which buttons of a draft the reader is offered; the rules are asked again when one is pressed."""
    return {
        "write": rules.why_not_write(reader, contract) is None,
        "sign": rules.why_not_sign(reader, contract, sentence) is None,
        "run": rules.why_not_run(reader) is None and rules.why_not_of_provider(reader, contract) is None,
    }
