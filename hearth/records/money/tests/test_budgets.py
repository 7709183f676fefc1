"""Budgets: part of a share, held by one person within limits; what stands in them the ledger says."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money import actions as ledger
from hearth.records.money.budgets import actions, queries
from hearth.records.money.models import Account, AccountKind, Budget, Entry, Line, Purchase, Share
from hearth.records.money.purchases.actions import decide_purchase
from hearth.records.money.tests.conftest import SAID, balanced, standing


def _refused(do: Callable[..., Any], **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(**told)
    return refused.value.refusal.code


def test_money_goes_into_a_budget_and_back_and_it_adds_up(keeper: Any, share: Share, budget: Budget, as_: Any) -> None:
    with as_(keeper):
        actions.return_money(by=keeper, budget=budget, pence=10_000, **SAID)
        balanced()
        assert queries.budget_figures(keeper, budget).available == 40_000
        assert standing(share.fund)["available"] == 8_000_000
        for do, pence in ((actions.return_money, 40_001), (actions.delegate_money, 8_000_000)):
            assert _refused(do, by=keeper, budget=budget, pence=pence, **SAID) == "money.not_enough"


def test_what_is_in_a_budget_cannot_be_promised_from_its_share(
    keeper: Any, share: Share, budget: Budget, as_: Any
) -> None:
    with as_(keeper):
        told = {"by": keeper, "share": share, "with_whom": "Somebody", **SAID}
        assert _refused(ledger.commit_money, pence=7_950_001, **told) == "money.not_enough"
        ledger.commit_money(pence=7_950_000, **told)


OPENED: dict[str, Any] = {"name": "Another", "kind": "district", "by_rule_pence": 0, "most_pence": 1_000}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " "}, "money.budget_name"),
        ({"name": "SPOT purchases"}, "money.budget_twice"),
        ({"kind": "mine"}, "money.budget_name"),
        ({"by_rule_pence": 1_001}, "money.limits"),
        ({"by_rule_pence": -1}, "money.limits"),
        ({"most_pence": 0}, "money.limits"),
        ({"ends_on": clock.today() - dt.timedelta(days=1)}, "money.ended_before"),
        ({"holder": "provider"}, "money.may_not_hold"),
        ({"holder": "other_practitioner"}, "money.may_not_hold"),
        ({"holder": None}, "money.no_holder"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(
    told: dict[str, Any],
    code: str,
    keeper: Any,
    share: Share,
    budget: Budget,
    cast: Any,
    as_: Any,
) -> None:
    said = {"holder": "development_officer"} | OPENED | told
    said["holder"] = getattr(cast, said["holder"]) if said["holder"] else None
    with as_(keeper):
        assert _refused(actions.open_budget, by=keeper, share=share, **said) == code


def test_a_districts_budget_is_of_a_districts_share(keeper: Any, give: Any, cast: Any, as_: Any) -> None:
    share = give(None, 100)
    with as_(keeper):
        told = {"by": keeper, "share": share, "holder": cast.development_officer, **OPENED}
        assert _refused(actions.open_budget, **told) == "money.no_district"
        assert actions.open_budget(**(told | {"kind": "practitioner"})).area is None


def test_an_ended_budget_gives_back_what_is_left_and_takes_nothing(
    keeper: Any,
    share: Share,
    budget: Budget,
    ask: Any,
    cast: Any,
    as_: Any,
) -> None:
    waits = ask()
    with as_(keeper):
        assert _refused(actions.end_budget, by=keeper, budget=budget, why="The year is over") == "money.still_open"
    from hearth.records.money.purchases.actions import cancel_purchase

    with as_(cast.family_worker):
        cancel_purchase(by=cast.family_worker, purchase=waits, why="Not needed")
    with as_(keeper):
        assert _refused(actions.end_budget, by=keeper, budget=budget, why=" ") == "money.no_reason"
        actions.end_budget(by=keeper, budget=budget, why="The year is over")
        balanced()
        assert queries.budget_figures(keeper, budget).allocated == 0
        assert _refused(actions.delegate_money, by=keeper, budget=budget, pence=1, **SAID) == "money.budget_ended"
        assert _refused(actions.end_budget, by=keeper, budget=budget, why="Again") == "money.budget_ended"
    with pytest.raises(Refused):
        ask()


def test_a_holder_reads_what_is_in_their_budget_and_nothing_beside_it(
    share: Share,
    budget: Budget,
    own_budget: Budget,
    give: Any,
    commit: Any,
    cast: Any,
    as_: Any,
) -> None:
    commit(share, 77_700)
    user = cast.family_worker
    with as_(user):
        assert {account.budget_id for account in Account.objects.all()} == {own_budget.pk}
        assert list(Budget.objects.visible_to(user)) == [own_budget]
        assert {line.account.budget_id for line in Line.objects.select_related("account")} == {own_budget.pk}
        assert Entry.objects.count() == 1 and not Share.objects.visible_to(user).exists()
        assert queries.budget_figures(user, own_budget).available == 10_000
    for who in (
        "colleague",
        "health_visitor",
        "charity_worker",
        "provider",
        "other_practitioner",
        "other_family_worker",
    ):
        other = getattr(cast, who)
        with as_(other):
            assert not Account.objects.exists() and not Budget.objects.visible_to(other).exists(), who
            assert not Line.objects.exists() and not Entry.objects.exists(), who


def test_who_may_ask_from_a_budget_sees_its_name_and_not_what_is_in_it(
    budget: Budget,
    own_budget: Budget,
    area: Any,
    other_area: Any,
    cast: Any,
    as_: Any,
) -> None:
    names = {
        "family_worker": {budget, own_budget},
        "colleague": {budget},
        "practitioner": {budget},
        "other_family_worker": set(),
    }
    for who, found in names.items():
        user = getattr(cast, who)
        with as_(user):
            assert set(queries.offered(user, area)) == found, who
            assert not set(queries.offered(user, other_area)) - {own_budget}, who


def test_a_holder_whose_role_or_account_ended_holds_nothing(
    own_budget: Budget,
    cast: Any,
    as_: Any,
) -> None:
    from hearth.foundation.accounts.models import Appointment

    with as_(cast.administrator):
        Appointment.objects.filter(user=cast.family_worker).update(ended_at=clock.now())
    with as_(cast.family_worker):
        assert not Account.objects.exists() and not Entry.objects.exists()


def test_a_holder_moves_no_money_out_of_their_budget(
    share: Share,
    own_budget: Budget,
    budget: Budget,
    cast: Any,
    as_: Any,
) -> None:
    user = cast.family_worker
    with as_(user):
        mine = Account.objects.get(budget=own_budget, kind=AccountKind.AVAILABLE)
        fund = share.fund
        for kind in ("delegated", "returned", "paid", "allocated", "received"):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                _entry(user, fund, share, own_budget, kind)
        for do in (actions.delegate_money, actions.return_money):
            assert _refused(do, by=user, budget=own_budget, pence=1, **SAID) == "money.may_not_keep"
        with pytest.raises(IntegrityError, match="do not balance"):
            _one_sided(user, fund, share, own_budget, mine)
        with connection.cursor() as cursor:
            cursor.execute("select id from money_account where budget_id = %s", [budget.pk])
            assert cursor.fetchall() == []


def _one_sided(by: Any, fund: Any, share: Share, of: Budget, account: Account) -> None:
    with transaction.atomic():
        entry = _entry(by, fund, share, of, "committed")
        Line(entry=entry, account=account, pence=-5).save(force_insert=True)
        balanced()


def _entry(by: Any, fund: Any, share: Share, of: Budget, kind: str) -> Entry:
    entry = Entry(
        reference="LE-4F7K3QX",
        kind=kind,
        fund=fund,
        share=share,
        budget=of,
        pence=5,
        posted_by=by,
        key=uuid.uuid4(),
        **SAID,
    )
    entry.save(force_insert=True)
    return entry


def test_a_budget_is_opened_filled_and_ended_on_pages(
    share: Share, keeper: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    client = as_client(keeper)
    typed = {
        "name": "Panel's own", "kind": "district", "holder": cast.development_officer.email, "by_rule_pence": "0",
        "most_pence": "250",
    }  # fmt: skip
    page = client.post(reverse("open_budget", args=[share.reference]), typed | {"most_pence": "lots"})
    assert page.status_code == 422 and "Panel&#39;s own" in page.content.decode().replace("&#x27;", "&#39;")
    assert client.post(reverse("open_budget", args=[share.reference]), typed).status_code == 302
    with as_(keeper):
        found = Budget.objects.get()
    today = clock.today()
    move = {
        "pence": "100", "words": "For the year", "key": "6d0d3c53-3f5c-4c1e-9a55-5a1b1f0f7d2e", "voucher": "",
        "happened_on-day": today.day, "happened_on-month": today.month, "happened_on-year": today.year,
    }  # fmt: skip
    assert client.post(reverse("delegate_money", args=[found.reference]), move).status_code == 302
    assert client.post(reverse("return_money", args=[found.reference]), move | {"pence": "30"}).status_code == 302
    for who in (keeper, cast.development_officer, cast.board_member):
        assert "£70.00" in as_client(who).get(reverse("budgets")).content.decode(), who
        assert "£70.00" in as_client(who).get(reverse("budget", args=[found.reference])).content.decode(), who
    assert as_client(cast.practitioner).get(reverse("budget", args=[found.reference])).status_code == 404
    for name in ("delegate_money", "return_money", "end_budget"):
        assert as_client(cast.development_officer).get(reverse(name, args=[found.reference])).status_code == 403, name
    assert client.post(reverse("end_budget", args=[found.reference]), {"why": "Over"}).status_code == 302


def test_the_table_of_budgets_is_taken_away(budget: Budget, cast: Any, as_client: Any) -> None:
    for who in (cast.commissioner, cast.development_officer):
        text = as_client(who).post(reverse("download_budgets"), {"table": "budgets", "as": "csv"}).content.decode()
        assert "Spot purchases" in text and "500" in text and "What this is" in text
    text = as_client(cast.practitioner).post(reverse("download_budgets"), {"table": "budgets"}).content.decode()
    assert "Spot purchases" not in text


def test_the_list_costs_the_same_for_one_budget_and_for_ten(
    budget: Budget,
    share: Share,
    keeper: Any,
    cast: Any,
    as_client: Any,
    as_: Any,
) -> None:
    client = as_client(cast.development_officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("budgets")).status_code == 200
        return len(found)

    cost()
    one = cost()
    with as_(keeper):
        for number in range(10):
            told = OPENED | {"name": f"Budget {number}"}
            actions.open_budget(by=keeper, share=share, holder=cast.development_officer, **told)
    assert cost() == one


CHANGED: dict[str, Any] = {"by_rule_pence": 2_000, "most_pence": 40_000}


def test_a_budgets_limits_and_its_holder_change_and_what_was_approved_stays(
    keeper: Any, budget: Budget, ask: Any, cast: Any, as_: Any
) -> None:
    purchase, before, after = ask(), cast.development_officer, cast.manager
    with as_(before):
        decide_purchase(by=before, purchase=Purchase.objects.get(pk=purchase.pk), approve=True)
    with as_(keeper):
        actions.change_budget(by=keeper, budget=_again(budget), holder=after, **CHANGED)
        assert _again(budget).most_pence == 40_000
        assert Purchase.objects.get(pk=purchase.pk).state == "approved"
    with as_(before):
        assert [row.pk for row in queries.budgets_held(before)] == []
    with as_(after):
        assert [row.available for row in queries.budgets_held(after)] == [38_000]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"by_rule_pence": 40_001}, "money.limits"),
        ({"holder": "provider"}, "money.may_not_hold"),
        ({"ends_on": clock.today() - dt.timedelta(days=1)}, "money.ended_before"),
    ],
)
def test_what_a_budget_cannot_become(
    told: dict[str, Any], code: str, keeper: Any, budget: Budget, cast: Any, as_: Any
) -> None:
    said = {"holder": cast.manager} | CHANGED | told
    said["holder"] = getattr(cast, said["holder"]) if isinstance(said["holder"], str) else said["holder"]
    with as_(keeper):
        assert _refused(actions.change_budget, by=keeper, budget=_again(budget), **said) == code
    with as_(cast.development_officer):
        told = {"by": cast.development_officer, "budget": budget, "holder": cast.manager, **CHANGED}
        assert _refused(actions.change_budget, **told) == "money.may_not_keep"


def test_a_budget_that_has_ended_is_changed_no_more_and_one_whose_day_has_passed_is(
    keeper: Any, budget: Budget, cast: Any, as_: Any
) -> None:
    with as_(keeper):
        actions.change_budget(by=keeper, budget=_again(budget), holder=cast.manager, ends_on=clock.today(), **CHANGED)
        with clock.frozen(clock.today() + dt.timedelta(days=2)):
            told = {"holder": cast.manager, "ends_on": clock.today() + dt.timedelta(days=30), **CHANGED}
            assert actions.change_budget(by=keeper, budget=_again(budget), **told).is_open
            actions.end_budget(by=keeper, budget=_again(budget), why="Over")
            assert _refused(actions.change_budget, by=keeper, budget=_again(budget), **told) == "money.budget_ended"


def test_the_page_begins_with_the_limits_in_pounds_and_changes_them(
    keeper: Any, budget: Budget, cast: Any, as_: Any, as_client: Any
) -> None:
    client, where = as_client(keeper), reverse("change_budget", args=[budget.reference])
    page = client.get(where).content.decode()
    assert 'value="10.00"' in page and 'value="200.00"' in page
    sent = client.post(
        where, {"holder": cast.development_officer.email, "by_rule_pence": "£15", "most_pence": "250.50", "ends_on": ""}
    )
    assert sent.status_code == 302
    with as_(keeper):
        assert (_again(budget).by_rule_pence, _again(budget).most_pence) == (1_500, 25_050)
    for who in (cast.development_officer, cast.provider, cast.family_worker):
        assert as_client(who).get(where).status_code in (403, 404)


def _again(budget: Budget) -> Budget:
    return Budget.objects.select_related("share__area").get(pk=budget.pk)
