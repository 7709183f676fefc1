"""Money at every step of its way, which names nobody; and purchases at every stage, of which the family is read with its plan."""

from typing import Any

from hearth.desk.buying.actions import ask_from_plan
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.money import actions
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.purchases import actions as purchases
from tests.security.hostile.words import OPEN

THERE: dict[str, Any] = {"words": "Planned words"}


def promise(world: Any, share: Any, pence: int) -> Any:
    """Part of a share, promised."""
    by = world.cast.commissioner
    with acting_as(by):
        return actions.commit_money(
            by=by, share=share, pence=pence, happened_on=clock.today(), with_whom="Lantern Family Support", **THERE
        )


def plant(world: Any) -> None:
    """Money at every step of its way."""
    by, more, told = world.cast.commissioner, world.more, {"happened_on": clock.today(), **THERE}
    with acting_as(by):
        more.fund = actions.add_fund(by=by, name="Planted source", given_by="Somebody", begins_on=clock.today())
        actions.receive_money(by=by, fund=more.fund, pence=10_000_000, **told)
        allocated = actions.allocate_money(
            by=by, fund=more.fund, area=world.area, year=2026, purpose="Early support", pence=5_000_000, **told
        )
        more.money_share, more.allocated = allocated.share, allocated
    more.commitment, more.promised = promise(world, more.money_share, 500_000), promise(world, more.money_share, 100)
    with acting_as(by):
        actions.pay_money(by=by, commitment=more.commitment, pence=100_000, **told)


ASKED: dict[str, Any] = {
    "need": "transport", "what": "Bus passes", "supplier": "Northshire Buses", "pence": 1_000, "why": f"{OPEN}planned to come along",
}  # fmt: skip


def plant_budgets(world: Any) -> None:
    """The district's budget, another that is empty, and a purchase at each stage."""
    by, more, holder, worker = (
        world.cast.commissioner,
        world.more,
        world.cast.development_officer,
        world.cast.family_worker,
    )
    told = {
        "by": by,
        "share": more.money_share,
        "holder": holder,
        "kind": "district",
        "by_rule_pence": 0,
        "most_pence": 100_000,
    }
    with acting_as(by):
        more.budget = budgets.open_budget(name="Planted budget", **told)
        more.idle_budget = budgets.open_budget(name="Idle budget", **told)
        budgets.delegate_money(by=by, budget=more.budget, pence=500_000, happened_on=clock.today(), **THERE)
    plan, more.district_email = world.families["working"].plan, holder.email
    for number, name in enumerate(("asked", "approved", "bought", "received")):
        with acting_as(worker):
            found = ask_from_plan(by=worker, plan=plan, budget=more.budget, **(ASKED | {"pence": 1_000 + number}))
        setattr(more, f"purchase_{name}", found)
        if number:
            with acting_as(holder):
                purchases.decide_purchase(by=holder, purchase=found, approve=True)
        with acting_as(worker):
            if number > 1:
                purchases.order_purchase(by=worker, purchase=found)
            if number > 2:
                purchases.receive_purchase(by=worker, purchase=found)
