"""Ask for a purchase from a family's plan, or where a panel decided it."""

from typing import Any, Unpack

from hearth.casework.cases.actions import hold
from hearth.casework.panels.models import PanelItem
from hearth.casework.plans.models import Plan
from hearth.casework.plans.rules import why_not_write_plan
from hearth.desk.buying.rules import why_not_ask_from_panel
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.records.money.models import Purchase, PurchaseWords
from hearth.records.money.purchases.actions import Asked, ask_for_purchase


@action
def ask_from_plan(*, by: Any, plan: Plan, **asked: Unpack[Asked]) -> Purchase:
    """Whoever writes in a live plan asks for something that it needs, from the family's district's budget or from their own."""
    hold(plan.case)
    plan.refresh_from_db(fields=["status", "ended_on"])
    refuse(why_not_write_plan(by, plan))
    purchase = ask_for_purchase(
        by=by, family=plan.case.family, area=plan.case.area, source=PurchaseWords.Source.PLAN, basis=plan.reference, **asked
    )  # fmt: skip
    record("desk.purchase_asked_from_plan", family=plan.family_id, subject=plan, purchase=purchase.reference)
    return purchase


@action
def ask_from_panel(*, by: Any, item: PanelItem, **asked: Unpack[Asked]) -> Purchase:
    """Whoever runs a panel, or brought the family there, asks for what it decided to buy, from the district's budget or their own."""
    item.hold()
    refuse(why_not_ask_from_panel(by, item))
    assert item.case is not None  # noqa: S101 - refused just now
    purchase = ask_for_purchase(
        by=by, family=item.family, area=item.case.area, source=PurchaseWords.Source.PANEL, basis=item.reference, **asked
    )  # fmt: skip
    record("desk.purchase_asked_from_panel", family=item.family_id, subject=item, purchase=purchase.reference)
    return purchase
