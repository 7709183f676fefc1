"""Spot purchases: asked, approved by rule, bought, received and paid, never beyond the budget; for whom, only the plan's readers see."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money import actions as ledger
from hearth.records.money.budgets.queries import budget_figures
from hearth.records.money.models import Budget, Entry, Purchase, PurchaseWords
from hearth.records.money.purchases import actions
from hearth.records.money.tests.conftest import ASKED, balanced


def _refused(do: Callable[..., Any], **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(**told)
    return refused.value.refusal.code


@pytest.fixture
def does(as_: Any) -> Callable[..., Purchase]:
    """`does(cast.manager, actions.order_purchase, purchase)` does it as that person."""

    def make(by: Any, do: Any, purchase: Purchase, **told: Any) -> Purchase:
        with as_(by):
            done: Purchase = do(by=by, purchase=Purchase.objects.select_related("budget").get(pk=purchase.pk), **told)
        return done

    return make


def test_a_purchase_goes_from_asking_to_paying_and_what_is_not_needed_goes_back(
    ask: Any,
    does: Any,
    budget: Budget,
    keeper: Any,
    cast: Any,
    as_: Any,
) -> None:
    purchase = ask()
    worker, holder = cast.family_worker, cast.development_officer
    assert (purchase.state, purchase.by_rule, purchase.commitment) == ("asked", False, None)
    does(holder, actions.decide_purchase, purchase, approve=True)
    with as_(holder):
        figures = budget_figures(holder, budget)
        assert (figures.available, figures.committed) == (38_000, 12_000)
    does(worker, actions.order_purchase, purchase)
    does(worker, actions.receive_purchase, purchase)
    paid = does(keeper, actions.pay_purchase, purchase, pence=11_250, happened_on=clock.today(), voucher="INV 7")
    assert (paid.state, paid.paid_pence) == ("paid", 11_250)
    with as_(keeper):
        balanced()
        figures = budget_figures(keeper, budget)
        assert (figures.available, figures.committed, figures.paid) == (38_750, 0, 11_250)
        verbs = set(AuditEvent.objects.filter(subject=purchase.reference).values_list("verb", flat=True))
    assert {"money.purchase_paid"} <= verbs


def test_what_the_budgets_rule_allows_its_holder_is_approved_at_once(
    ask: Any,
    own_budget: Budget,
    cast: Any,
    as_: Any,
) -> None:
    small = ask(budget=own_budget, pence=3_000)
    assert (small.state, small.by_rule, small.decided_by) == ("approved", True, None)
    above = ask(budget=own_budget, pence=3_001)
    assert (above.state, above.by_rule) == ("asked", False)
    with as_(cast.family_worker):
        figures = budget_figures(cast.family_worker, own_budget)
        assert (figures.available, figures.committed) == (7_000, 3_000)


def test_the_rule_never_approves_beyond_what_is_left(ask: Any, own_budget: Budget, cast: Any) -> None:
    for _ in range(3):
        ask(budget=own_budget, pence=3_000)
    with pytest.raises(Refused) as refused:
        ask(budget=own_budget, pence=1_001)
    assert refused.value.refusal.code == "money.not_enough"
    assert ask(budget=own_budget, pence=1_000).by_rule


def test_the_holder_approves_up_to_their_limit_and_nobody_their_own(
    ask: Any,
    does: Any,
    own_budget: Budget,
    keeper: Any,
    cast: Any,
) -> None:
    holder, decide = cast.development_officer, actions.decide_purchase
    large, own = ask(pence=20_001), ask(budget=own_budget, pence=5_000)
    for by, purchase, code in (
        (holder, large, "money.above_limit"),
        (cast.family_worker, large, "money.own_purchase"),
        (cast.family_worker, own, "money.own_purchase"),
    ):
        with pytest.raises(Refused) as refused:
            does(by, decide, purchase, approve=True)
        assert refused.value.refusal.code == code
    assert does(keeper, decide, large, approve=True).state == "approved"
    assert does(keeper, decide, own, approve=False, words="Ask the school first").state == "declined"
    with pytest.raises(Refused) as refused:
        does(keeper, decide, own, approve=True)
    assert refused.value.refusal.code == "money.decided"


def test_more_than_is_left_is_never_approved(ask: Any, does: Any, budget: Budget, cast: Any, as_: Any) -> None:
    holder = cast.development_officer
    asked = [ask(pence=20_000) for _ in range(3)]
    for purchase in asked[:2]:
        does(holder, actions.decide_purchase, purchase, approve=True)
    with pytest.raises(Refused) as refused:
        does(holder, actions.decide_purchase, asked[2], approve=True)
    assert refused.value.refusal.code == "money.not_enough" and "£100.00" in refused.value.refusal.sentence
    with as_(holder):
        assert Purchase.objects.get(pk=asked[2].pk).state == "asked"


def test_each_step_is_its_own_persons_and_in_its_turn(ask: Any, does: Any, keeper: Any, cast: Any) -> None:
    purchase, worker, holder = ask(), cast.family_worker, cast.development_officer
    pay = {"pence": 12_000, "happened_on": clock.today()}

    def code(by: Any, do: Any, **told: Any) -> str:
        with pytest.raises(Refused) as refused:
            does(by, do, purchase, **told)
        return refused.value.refusal.code

    assert code(worker, actions.order_purchase) == code(worker, actions.receive_purchase) == "money.not_now"
    assert code(keeper, actions.pay_purchase, **pay) == "money.not_now"
    does(holder, actions.decide_purchase, purchase, approve=True)
    assert code(keeper, actions.order_purchase) == "money.not_asker"
    assert code(worker, actions.cancel_purchase, why="x") == "money.not_cancel"
    does(worker, actions.order_purchase, purchase)
    assert code(worker, actions.order_purchase) == "money.not_now"
    assert code(keeper, actions.pay_purchase, **pay) == "money.not_now"  # nobody has said that it came
    does(worker, actions.receive_purchase, purchase)
    assert code(holder, actions.cancel_purchase, why="x") == "money.not_now"
    assert (
        code(worker, actions.pay_purchase, **pay) == code(holder, actions.pay_purchase, **pay) == "money.may_not_keep"
    )
    assert code(keeper, actions.pay_purchase, **(pay | {"pence": 12_001})) == "money.above_approved"
    does(keeper, actions.pay_purchase, purchase, **pay)
    assert code(keeper, actions.pay_purchase, **pay) == "money.not_now"


def test_what_is_cancelled_is_available_again(ask: Any, does: Any, budget: Budget, cast: Any, as_: Any) -> None:
    purchase, holder = ask(), cast.development_officer
    does(holder, actions.decide_purchase, purchase, approve=True)
    does(holder, actions.cancel_purchase, purchase, why="They moved away")
    with as_(holder):
        balanced()
        figures = budget_figures(holder, budget)
        assert (figures.available, figures.committed) == (50_000, 0)


def test_a_purchases_money_is_moved_with_the_purchase_alone(
    ask: Any,
    does: Any,
    keeper: Any,
    cast: Any,
    as_: Any,
) -> None:
    purchase = ask()
    does(cast.development_officer, actions.decide_purchase, purchase, approve=True)
    with as_(keeper):
        commitment = Entry.objects.get(purchase=purchase)
        told = {"by": keeper, "commitment": commitment, "pence": 1, "happened_on": clock.today(), "words": "x"}
        for do in (ledger.pay_money, ledger.release_money):
            assert _refused(do, **told) == "money.of_purchase"
        assert _refused(ledger.reverse_entry, by=keeper, entry=commitment, why="x") == "money.of_purchase"


def test_what_was_paid_for_a_purchase_and_came_back_is_available_in_its_budget(
    ask: Any,
    does: Any,
    budget: Budget,
    keeper: Any,
    cast: Any,
    as_: Any,
) -> None:
    purchase, worker = ask(), cast.family_worker
    does(cast.development_officer, actions.decide_purchase, purchase, approve=True)
    does(worker, actions.order_purchase, purchase)
    does(worker, actions.receive_purchase, purchase)
    does(keeper, actions.pay_purchase, purchase, pence=12_000, happened_on=clock.today())
    with as_(keeper):
        commitment = Entry.objects.get(purchase=purchase)
        ledger.recover_money(
            by=keeper, commitment=commitment, pence=2_000, happened_on=clock.today(), words="One was returned"
        )
        balanced()
        assert budget_figures(keeper, budget).available == 40_000


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"need": "moon"}, "money.need"),
        ({"what": " "}, "money.what"),
        ({"supplier": ""}, "money.what"),
        ({"why": "\u202e"}, "money.why"),
        ({"pence": 0}, "money.amount"),
        ({"pence": -1}, "money.amount"),
    ],
)
def test_what_cannot_be_asked_is_refused(told: dict[str, Any], code: str, ask: Any) -> None:
    with pytest.raises(Refused) as refused:
        ask(**told)
    assert refused.value.refusal.code == code


def test_nobody_asks_from_anothers_budget_or_of_another_district(
    ask: Any,
    own_budget: Budget,
    other_area: Any,
    cast: Any,
) -> None:
    officer = cast.front_door_officer
    for by, told, code in (
        (officer, {"budget": own_budget}, "core.gone"),  # they do not even see that there is one
        (None, {"area": other_area}, "money.not_this_budget"),
    ):
        with pytest.raises(Refused) as refused:
            ask(by, **told)
        assert refused.value.refusal.code == code


def test_whoever_would_be_paid_neither_asks_nor_approves(ask: Any, does: Any, cast: Any) -> None:
    lantern = cast.charity_worker.organisation.name
    with pytest.raises(Refused) as refused:
        ask(cast.colleague, supplier=cast.colleague.organisation.name.upper())
    assert refused.value.refusal.code == "money.own_organisation"
    assert ask(supplier=lantern).state == "asked"  # the council's own worker may


def test_the_same_page_sent_twice_asks_once(ask: Any) -> None:
    key = uuid.uuid4()
    assert ask(key=key) == ask(key=key) != ask(key=key, pence=1)


def test_whose_it_is_is_read_with_the_plan_and_the_rest_by_those_whose_money_it_is(
    ask: Any,
    does: Any,
    keeper: Any,
    cast: Any,
    as_: Any,
) -> None:
    purchase = ask()
    sees_words = {
        "family_worker",
        "manager",
        "front_door_officer",
        "county_manager",
        "development_officer",
        "senior_development_officer",
    }
    sees = sees_words | {"commissioner"}
    for who in (
        *sees, "colleague", "practitioner", "other_family_worker", "other_manager", "provider", "charity_manager", "board_member",
        "elected_member", "strategic_lead", "analyst", "administrator", "health_visitor",
    ):  # fmt: skip
        user = getattr(cast, who)
        with as_(user):
            assert Purchase.objects.exists() is Purchase.objects.visible_to(user).exists() is (who in sees), who
            assert (
                PurchaseWords.objects.exists() is PurchaseWords.objects.visible_to(user).exists() is (who in sees_words)
            ), who
    does(cast.development_officer, actions.decide_purchase, purchase, approve=True)
    with as_(keeper):
        entry = Entry.objects.get(purchase=purchase)
        assert (
            entry.words == "Spot purchase: A way to get there" and "Bus passes" not in f"{entry.words}{entry.with_whom}"
        )


def test_the_database_lets_nobody_rewrite_a_purchase_or_add_one_in_anothers_name(
    ask: Any,
    budget: Budget,
    cast: Any,
    as_: Any,
) -> None:
    purchase = ask()
    with as_(cast.family_worker):
        for sql in (
            "update money_purchase set pence = 1",
            "update money_purchasewords set why = 'x'",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
        with connection.cursor() as cursor:
            cursor.execute("delete from money_purchase")
            assert cursor.rowcount == 0
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update money_purchase set state = 'approved'")
    for who in ("colleague", "other_family_worker", "provider"):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("update money_purchase set state = 'cancelled' where id = %s", [purchase.pk])
            assert cursor.rowcount == 0, who
    said = {name: ASKED[name] for name in ("need", "what", "supplier", "pence")}
    theirs = Purchase(reference="SP-4F7K3QX", budget=budget, asked_by=cast.family_worker, key=uuid.uuid4(), **said)
    with as_(cast.colleague), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        theirs.save(force_insert=True)


def test_pages_are_for_those_whose_they_are(ask: Any, cast: Any, keeper: Any, as_client: Any) -> None:
    purchase = ask()
    page = reverse("purchase", args=[purchase.reference])
    for who, status in {
        "family_worker": 200, "development_officer": 200, "commissioner": 200, "manager": 200, "colleague": 404,
        "other_family_worker": 404, "provider": 404, "board_member": 404, "elected_member": 404,
    }.items():  # fmt: skip
        assert as_client(getattr(cast, who)).get(page).status_code == status, who
    assert (
        "The Ashworth" in as_client(cast.family_worker).get(page).content.decode()
        or "Ashworth" in as_client(cast.family_worker).get(page).content.decode()
    )
    assert "Ashworth" not in as_client(keeper).get(page).content.decode()
    assert as_client(cast.family_worker).get(reverse("decide_purchase", args=[purchase.reference])).status_code == 403
    assert (
        as_client(cast.development_officer).get(reverse("pay_purchase", args=[purchase.reference])).status_code == 403
    )
    assert as_client(cast.colleague).post(reverse("order_purchase", args=[purchase.reference])).status_code == 404


def test_it_is_decided_bought_received_and_paid_on_pages(
    ask: Any, keeper: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    purchase = ask()
    holder, worker, finance = as_client(cast.development_officer), as_client(cast.family_worker), as_client(keeper)
    at = [purchase.reference]
    assert "to decide" in holder.get(reverse("purchases")).content.decode()
    assert holder.post(reverse("decide_purchase", args=at), {"approve": "no", "words": ""}).status_code == 422
    assert holder.post(reverse("decide_purchase", args=at), {"approve": "yes"}).status_code == 302
    assert worker.post(reverse("order_purchase", args=at)).status_code == 302
    assert worker.post(reverse("receive_purchase", args=at)).status_code == 302
    assert "to pay" in finance.get(reverse("purchases")).content.decode()
    today = clock.today()
    when = {"happened_on-day": today.day, "happened_on-month": today.month, "happened_on-year": today.year}
    too_much = finance.post(reverse("pay_purchase", args=at), {"pence": "120.01", **when})
    assert too_much.status_code == 403 and "£120.00 was approved" in too_much.content.decode()
    assert finance.post(reverse("pay_purchase", args=at), {"pence": "120.00", **when}).status_code == 302
    assert "£120.00" in worker.get(reverse("purchase", args=at)).content.decode()
    text = holder.post(reverse("download_budgets"), {"table": "purchases", "as": "csv"}).content.decode()
    assert "Northshire Buses" in text and "Ashworth" not in text and "What this is" in text


def test_the_list_costs_the_same_for_one_and_for_ten(ask: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.development_officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("purchases")).status_code == 200
        return len(found)

    ask()
    cost()
    one = cost()
    for number in range(10):
        ask(pence=100 + number)
    assert cost() == one
