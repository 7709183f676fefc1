"""Reads of outcome claims: the reader first, always through visible_to."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from hearth.casework.cases.models import Case
from hearth.commissioning.contracts.claims import rules
from hearth.commissioning.contracts.models import ClaimState, ClaimWords, Contract, OutcomeClaim
from hearth.foundation.core.paging import Page, page_of
from hearth.records.people.reach import may_open_family


def claims(reader: Any, contract: Contract) -> QuerySet[OutcomeClaim]:
    """Claims of a contract, those that wait first. None says whose outcome it was."""
    rows = (
        OutcomeClaim.objects.visible_to(reader)
        .filter(contract=contract)
        .select_related("claimed_by", "checked_by", "term")
    )
    return rows.annotate(waits=Q(state=ClaimState.CLAIMED)).order_by("-waits", "-claimed_on", "-created_at", "id")


def claims_page(reader: Any, contract: Contract, page: Any) -> Page:
    """A page of them."""
    return page_of(claims(reader, contract), page)


def claim_of(reader: Any, reference: str) -> OutcomeClaim:
    """A claim, or a page that never says whether it exists."""
    rows = OutcomeClaim.objects.visible_to(reader).select_related(
        "contract__provider", "contract__manager", "term", "claimed_by__organisation", "checked_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def whose(reader: Any, claim: OutcomeClaim) -> ClaimWords | None:
    """For which family, and what happened: for whoever may read its plan, and otherwise nothing."""
    return ClaimWords.objects.visible_to(reader).filter(claim=claim).select_related("family").first()


def case_to_claim(reader: Any, reference: str) -> Case | None:
    """The case of that reference, where the reader may open its family's plan."""
    rows = Case.objects.visible_to(reader).filter(
        may_open_family(reader, "family__", category="plan"), reference=reference
    )
    return rows.select_related("family").first()


def what_may(reader: Any, claim: OutcomeClaim) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "look_at": rules.why_not_look_at(reader, claim) is None,
        "pay": rules.why_not_pay(reader, claim) is None,
        "withdraw": rules.why_not_withdraw(reader, claim) is None,
    }
