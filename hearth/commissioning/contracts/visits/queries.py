"""Reads of quality visits: the reader first, always through visible_to."""

from typing import Any

from django.http import Http404

from hearth.commissioning.contracts.models import Contract, QualityVisit, VisitAction
from hearth.commissioning.contracts.visits import rules
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack


def visits_of(reader: Any, contract: Contract) -> list[QualityVisit]:
    """Its visits, the latest first."""
    rows = QualityVisit.objects.visible_to(reader).filter(contract=contract)
    return list(rows.select_related("visitor", "done_by").order_by("-planned_for", "-created_at", "id"))


def visit_of(reader: Any, reference: str) -> QualityVisit:
    """One, or a page that never says whether it exists."""
    rows = QualityVisit.objects.visible_to(reader).select_related("contract__provider", "contract__manager", "visitor")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def action_of(reader: Any, reference: str) -> VisitAction:
    """An action of a visit, or a page that never says whether it exists."""
    rows = VisitAction.objects.visible_to(reader).select_related(
        "visit__contract__provider", "visit__contract__manager"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def visitors(contract: Contract) -> list[User]:
    """Who may visit: whoever does so anywhere, and is not of its provider."""
    return [each for each in who_may("check_contracts") if each.organisation_id != contract.provider_id]


def needs_by(contract: Contract) -> Any:
    """The day by which its first visit is to be done; none where its value asks for no visit."""
    if not contract.is_over_visit_value or contract.signed_at is None:
        return None
    return clock.add_working_days(clock.in_london(contract.signed_at).date(), pack().contracts.visit_within)


def what_may(reader: Any, contract: Contract) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "visit": rules.why_not_visit(reader, contract) is None,
        "plan": rules.why_not_plan(reader, contract) is None,
    }
