"""Something is asked for from a plan: by whoever writes in it, from the district's budget, and listed with the plan."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.plans.models import Plan
from hearth.desk.buying.actions import ask_from_plan
from hearth.foundation.core.refusals import Refused
from hearth.records.money.models import Budget, Purchase

TYPED = {
    "need": "transport", "what": "Bus passes for a term", "supplier": "Northshire Buses", "pence": "120",
    "why": "Zz so that they can come.",
}  # fmt: skip
SAID = TYPED | {"pence": 12_000}


def _typed(of: Budget, **told: str) -> dict[str, str]:
    return TYPED | {"budget": of.reference, "key": str(uuid.uuid4())} | told


def test_a_worker_asks_from_the_plan_and_finds_it_there(plan: Plan, budget: Budget, cast: Any, as_client: Any) -> None:
    client = as_client(cast.family_worker)
    assert (
        reverse("plan_purchases", args=[plan.reference])
        in client.get(reverse("plan_by_reference", args=[plan.reference])).content.decode()
    )
    page = client.get(reverse("ask_from_plan", args=[plan.reference])).content.decode()
    assert "Spot purchases" in page and "£500.00" not in page  # what is left is for its holder
    sent = client.post(reverse("ask_from_plan", args=[plan.reference]), _typed(budget))
    assert sent.status_code == 302
    assert "Zz so that they can come." in client.get(sent.headers["Location"]).content.decode()
    listed = client.get(reverse("plan_purchases", args=[plan.reference])).content.decode()
    assert "Bus passes for a term" in listed and "Asked for" in listed


def test_asked_twice_from_one_page_it_is_asked_once(
    plan: Plan, budget: Budget, cast: Any, as_client: Any, as_: Any
) -> None:
    client, typed = as_client(cast.family_worker), _typed(budget)
    for _ in range(2):
        assert client.post(reverse("ask_from_plan", args=[plan.reference]), typed).status_code == 302
    with as_(cast.family_worker):
        assert Purchase.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"pence": "lots"}, "Enter a number from 0.01"),
        ({"need": "moon"}, "Choose what is needed"),
        ({"budget": "BU-0000000"}, "Choose the budget"),
        ({"supplier": ""}, "Say from whom"),
        ({"key": "x"}, "out of date"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, str],
    sentence: str,
    plan: Plan,
    budget: Budget,
    cast: Any,
    as_client: Any,
) -> None:
    page = as_client(cast.family_worker).post(reverse("ask_from_plan", args=[plan.reference]), _typed(budget, **told))
    assert (
        page.status_code == 422
        and sentence in page.content.decode()
        and "Zz so that they can come." in page.content.decode()
    )


def test_nobody_else_asks_from_a_plan(plan: Plan, budget: Budget, cast: Any, as_client: Any, as_: Any) -> None:
    for who, status in {
        "colleague": 404, "other_family_worker": 404, "provider": 404, "commissioner": 404, "board_member": 404,
    }.items():  # fmt: skip
        user = getattr(cast, who)
        client = as_client(user)
        assert client.get(reverse("ask_from_plan", args=[plan.reference])).status_code in (status, 403), who
        assert client.post(reverse("ask_from_plan", args=[plan.reference]), _typed(budget)).status_code in (403, 404), (
            who
        )
    with as_(cast.commissioner), pytest.raises(Refused):
        ask_from_plan(by=cast.commissioner, plan=plan, budget=budget, **SAID)


def test_with_no_budget_the_page_says_what_to_do(plan: Plan, cast: Any, as_client: Any) -> None:
    page = as_client(cast.family_worker).get(reverse("ask_from_plan", args=[plan.reference]))
    assert page.status_code == 200 and "no budget that you can ask from" in page.content.decode()
