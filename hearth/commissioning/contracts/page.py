"""All that the page of one contract shows, read at once: a fixed number of queries."""

from typing import Any

from hearth.commissioning.contracts import queries
from hearth.commissioning.contracts.claims import queries as claims
from hearth.commissioning.contracts.claims import rules as claim_rules
from hearth.commissioning.contracts.endings import queries as endings
from hearth.commissioning.contracts.milestones import rules as milestones
from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarter_column
from hearth.commissioning.contracts.variations import queries as variations
from hearth.commissioning.contracts.variations import rules as variation_rules
from hearth.commissioning.contracts.visits import queries as visits
from hearth.commissioning.contracts.words import need_words, outcome_words


def page_of_contract(reader: Any, contract: Contract) -> dict[str, Any]:
    """The contract with everything that hangs from it, as far as the reader sees it, and what they may do."""
    lacks = queries.lacks(contract)
    parts = queries.parts_with_figures(reader, contract)
    terms = queries.terms_of(reader, contract)
    found_visits = visits.visits_of(reader, contract)
    checks = milestones.why_not_check(reader, contract) is None
    placed = endings.destinations(reader, contract)
    return {
        "contract": contract,
        "lacks": lacks,
        "parts": parts,
        "sees_all_parts": sum(each["part"].pence for each in parts) == contract.value_pence,
        "milestones": queries.milestones_of(reader, contract),
        "terms": terms,
        "targets": queries.targets_of(reader, contract),
        "quarters_columns": [(f"{quarter_column(each)}#", "") for each in contract.quarters],
        "paid": queries.paid_of(contract),
        "payments": queries.payments_of(reader, contract),
        "claims": claims.claims_page(reader, contract, 1).rows if terms else [],
        "visits": found_visits,
        "lacks_visit": contract.state == "signed"
        and contract.is_over_visit_value
        and not any(each.done_on for each in found_visits),
        "visit_by": visits.needs_by(contract),
        "visit_actions": queries.actions_of_visits(reader, contract),
        "variations": variations.variations_of(reader, contract),
        "endings": endings.endings_of(reader, contract),
        "destinations": placed,
        "placed": endings.few(endings.families_placed(contract), len(placed))
        if contract.state == "decommissioned"
        else "",
        "few": endings.few,
        "intention": queries.intention_of(reader, contract),
        "need_words": need_words,
        "outcome_words": outcome_words,
        "may": queries.may(reader, contract, lacks)
        | endings.what_may(reader, contract)
        | visits.what_may(reader, contract)
        | {
            "checks": checks,
            "reach": contract.takes_work and (checks or milestones.delivers(reader, contract)),
            "vary": variation_rules.why_not_ask(reader, contract) is None,
            "claim": claim_rules.why_not_claim(reader, contract) is None,
        },
    }
