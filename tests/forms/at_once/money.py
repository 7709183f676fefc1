"""Money: two who post at once wait for each other, and the second is asked of what the first left there."""

from collections.abc import Callable
from typing import Any

from hearth.foundation.core import clock
from hearth.records.money import actions
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.models import Account, AccountKind
from hearth.records.money.purchases import actions as purchases
from tests.forms.at_once import Two, fresh, row

KEEPER = ("commissioner", "commissioner")
ENTRY = ("fund", "share__fund", "share__area")


def _post(do: Callable[..., Any], name: str, pence: int, **told: Any) -> Callable[[Any, Any], Any]:
    return lambda by, thing: do(
        by=by, pence=pence, happened_on=clock.today(), words="At once", **({name: thing} | told)
    )


def _adds_up(town: Any, _: Any) -> bool:
    rows = Account.objects.filter(fund=town.find("fund"))
    return sum(rows.values_list("pence", flat=True)) == 0


def _pay(by: Any, purchase: Any) -> Any:
    return purchases.pay_purchase(by=by, purchase=purchase, pence=1_000, happened_on=clock.today())


def _change(most: int) -> Callable[[Any, Any], Any]:
    return lambda by, budget: budgets.change_budget(
        by=by, budget=budget, holder=budget.holder, by_rule_pence=0, most_pence=most
    )


WORKERS, HOLDERS = ("family_worker", "family_worker"), ("development_officer", "commissioner")
BOUGHT = ("budget__holder",)
MORE = {"year": 2026, "purpose": "Early support"}
TABLE = [
    Two("money.receive_money", row("fund"), _post(actions.receive_money, "fund", 100), comes="done", who=KEEPER, kept=_adds_up),
    Two("money.pass_elsewhere", row("fund"), _post(actions.pass_elsewhere, "fund", 3_000_000), comes="money.not_enough", who=KEEPER),
    Two("money.allocate_money", row("fund"), _post(actions.allocate_money, "fund", 1_500_000, **MORE), comes="money.not_enough", who=KEEPER),
    Two("money.commit_money", row("money_share", "fund", "area"), _post(actions.commit_money, "share", 3_000_000, with_whom="x"),
        comes="money.not_enough", who=KEEPER),
    Two("money.recover_money", row("commitment", *ENTRY), _post(actions.recover_money, "commitment", 60_000), comes="money.not_enough",
        who=KEEPER),
    Two("money.release_money", row("commitment", *ENTRY), _post(actions.release_money, "commitment", 150_000),
        _post(actions.release_money, "commitment", 300_000), comes="money.not_enough", who=KEEPER),
    Two("money.pay_money", row("commitment", *ENTRY), _post(actions.pay_money, "commitment", 200_000), comes="money.not_enough", who=KEEPER,
        kept=lambda town, _: Account.objects.get(commitment=town.find("commitment"), kind=AccountKind.COMMITTED).pence == 50_000),
    Two("money.reverse_entry", row("promised", *ENTRY), lambda by, e: actions.reverse_entry(by=by, entry=e, why="Twice"),
        comes="money.reversed_already", who=KEEPER),
    Two("money.delegate_money", row("budget"), _post(budgets.delegate_money, "budget", 800_000), comes="money.not_enough", who=KEEPER),
    Two("money.return_money", row("budget"), _post(budgets.return_money, "budget", 700_000), comes="money.not_enough", who=KEEPER),
    Two("money.end_budget", row("idle_budget"), lambda by, b: budgets.end_budget(by=by, budget=b, why="Over"), comes="money.budget_ended",
        who=KEEPER),
    Two("money.change_budget", row("budget", "share__area", "holder"), _change(90_000), _change(80_000), comes="done", who=KEEPER,
        kept=lambda town, _: fresh(town.find("budget")).most_pence == 80_000),
    Two("money.decide_purchase", row("purchase_asked", *BOUGHT), lambda by, p: purchases.decide_purchase(by=by, purchase=p, approve=True),
        comes="money.decided", who=HOLDERS),
    Two("money.order_purchase", row("purchase_approved", *BOUGHT), lambda by, p: purchases.order_purchase(by=by, purchase=p),
        comes="money.not_now", who=WORKERS),
    Two("money.receive_purchase", row("purchase_bought", *BOUGHT), lambda by, p: purchases.receive_purchase(by=by, purchase=p),
        comes="money.not_now", who=WORKERS),
    Two("money.pay_purchase", row("purchase_received", *BOUGHT), _pay, comes="money.not_now", who=KEEPER),
    Two("money.cancel_purchase", row("purchase_approved", *BOUGHT), lambda by, p: purchases.cancel_purchase(by=by, purchase=p, why="No"),
        comes="money.not_now", who=HOLDERS),
]  # fmt: skip
