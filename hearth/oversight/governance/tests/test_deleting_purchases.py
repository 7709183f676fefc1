"""For whom something was bought goes with the family; what was bought, and its money, stay in the ledger and name nobody."""

from collections.abc import Callable
from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.models import Disposal
from hearth.oversight.governance.tests.test_deleting import delete
from hearth.records.money.models import Budget, Purchase, PurchaseWords
from hearth.records.money.purchases.actions import ask_for_purchase, decide_purchase
from hearth.records.money.tests.conftest import ASKED, budget, fund, give, keeper, share, standing  # noqa: F401 - fixtures


def test_for_whom_it_was_bought_goes_and_the_ledger_still_adds_up(
    make: Any,
    due: Callable[..., Disposal],
    closed_case: Any,
    cast: Any,
    area: Any,
    budget: Budget,  # noqa: F811
) -> None:
    family, worker, holder = make("Oldroyd", 1998), cast.family_worker, cast.development_officer

    def bought(case: Any) -> None:
        purchase = ask_for_purchase(by=worker, budget=budget, family=case.family, area=case.area, **ASKED)
        with acting_as(holder):
            decide_purchase(by=holder, purchase=purchase, approve=True)

    closed_case(family, bought)
    delete(cast, due(family))
    with acting_as(holder):
        assert Purchase.objects.get().state == "approved" and not PurchaseWords.objects.exists()
    with acting_as(cast.commissioner):
        assert standing(budget.share.fund)["committed"] == ASKED["pence"]
