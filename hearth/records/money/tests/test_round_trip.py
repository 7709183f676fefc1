"""The ledger taken away loads into an empty one, with its budgets, and gives the same balances to the penny."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse

from hearth.foundation.core.refusals import Refused
from hearth.foundation.core.spreadsheet import xlsx_file
from hearth.records.money import actions, queries
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.loading.reading import read
from hearth.records.money.models import Account, Budget, Entry, Share
from hearth.records.money.purchases import actions as purchases
from hearth.records.money.queries import Wanted
from hearth.records.money.tables import WHOLE
from hearth.records.money.tests.conftest import DAY, SAID, balanced


def balances() -> dict[tuple[Any, ...], int]:
    """What stands where, by names and no key: of each share, budget and kind of account."""
    found: dict[tuple[Any, ...], int] = {}
    for each in Account.objects.select_related("fund", "share__area", "budget"):
        where = (each.fund.name, str(each.share or ""), each.budget.name if each.budget else "", each.kind)
        found[where] = found.get(where, 0) + each.pence
    return {where: pence for where, pence in found.items() if pence}


@pytest.fixture
def story(
    fund: Any,
    share: Share,
    budget: Budget,
    own_budget: Budget,
    other_share: Any,
    keeper: Any,
    commit: Any,
    ask: Any,
    cast: Any,
    as_: Any,
) -> None:
    """Everything that may happen: moves between budgets, purchases, a payment that was wrong, its voucher used again, a budget that ended."""
    promised = commit(share, 30_000)
    with as_(keeper):
        said = SAID | {"voucher": "INV 7"}
        wrong = actions.pay_money(by=keeper, commitment=promised, pence=10_001, **said)
        actions.reverse_entry(by=keeper, entry=wrong, why="The wrong amount")
        paid = actions.pay_money(by=keeper, commitment=promised, pence=10_000, **said)
        actions.recover_money(by=keeper, commitment=promised, pence=33, **SAID)
        actions.release_money(by=keeper, commitment=promised, pence=1, **SAID)
        assert paid.pk != wrong.pk
        for _ in range(2):  # two that say the same
            budgets.delegate_money(by=keeper, budget=budget, pence=2_500, **SAID)
        budgets.return_money(by=keeper, budget=budget, pence=1_007, **SAID)
        budgets.end_budget(by=keeper, budget=own_budget, why="She left =cmd")
        budgets.open_budget(
            by=keeper, share=share, name="Nothing in it yet", kind="practitioner", holder=cast.family_worker, by_rule_pence=0, most_pence=100
        )  # fmt: skip
    asked = ask(pence=900)
    holder = cast.development_officer
    with as_(holder):
        purchases.decide_purchase(by=holder, purchase=asked, approve=True)
        purchases.order_purchase(by=holder, purchase=asked)
        purchases.receive_purchase(by=holder, purchase=asked)
    with as_(keeper):
        purchases.pay_purchase(by=keeper, purchase=asked, pence=850, happened_on=DAY, voucher="SP 1")


@pytest.fixture
def other_share(give: Any, other_area: Any) -> Share:
    """The second district's."""
    return give(other_area, 123_457, purpose="Odd pennies")


def whole(keeper: Any) -> bytes:
    """The workbook that is taken away."""
    return xlsx_file([table(keeper, Wanted()) for table in WHOLE])


@pytest.fixture
def taken_away(
    request: pytest.FixtureRequest, keeper: Any, case: Any, as_: Any
) -> tuple[bytes, dict[tuple[Any, ...], int]]:
    """A ledger in which everything happened, as a workbook, with its balances; and then there is no ledger any more."""
    kept = transaction.savepoint()
    request.getfixturevalue("story")
    with as_(keeper):
        balanced()
        found = whole(keeper), balances()
    transaction.savepoint_rollback(kept)
    with as_(keeper):
        assert not Entry.objects.exists() and not Budget.objects.exists()
    return found


def test_the_ledger_loads_into_an_empty_one_with_the_same_balances_to_the_penny(
    taken_away: Any,
    load: Any,
    keeper: Any,
    as_: Any,
) -> None:
    content, before = taken_away
    assert any(name == "Spot purchases" for _, _, name, _ in before)
    assert load(content) > 15
    with as_(keeper):
        balanced()
        assert balances() == before
        kinds = set(Entry.objects.values_list("kind", flat=True))
        assert kinds >= {"delegated", "returned", "committed", "paid", "recovered", "released", "reversed"}
        found = {each.name: each for each in Budget.objects.select_related("holder")}
        assert set(found) == {"Spot purchases", "Joanne's", "Nothing in it yet"}
        assert (found["Joanne's"].ended_at is not None, found["Joanne's"].ended_why) == (True, "She left =cmd")
        assert (found["Spot purchases"].by_rule_pence, found["Spot purchases"].most_pence) == (1_000, 20_000)
        again = whole(keeper)
    told = [_rows(each, "Entries") for each in (content, again)]
    assert [row[:11] for row in told[0]] == [row[:11] for row in told[1]], "in the same order, saying the same"


def _rows(content: bytes, name: str) -> list[Any]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))


def test_loaded_twice_it_is_refused_whole(taken_away: Any, load: Any, keeper: Any, as_: Any) -> None:
    content, before = taken_away
    load(content)
    with pytest.raises(Refused, match="Nothing was loaded"):
        load(content)
    with as_(keeper):
        assert balances() == before


def changed(content: bytes, sheet: str, head: str, value: Any, what: str = "") -> bytes:
    """The workbook with a cell that somebody changed: of the first row of that kind."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    heads = [cell.value for cell in page[1]]
    row = next(n for n in range(2, page.max_row + 1) if not what or page.cell(n, 1).value == what)
    page.cell(row, heads.index(head) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRONG = [
    ("Entries", "Amount", "=500+100", "Put into a budget", "Amount holds a formula"),
    ("Entries", "Date", "31/02/2011", "Put into a budget", "Date is not a day: 31/02/2011"),
    ("Entries", "Budget", "", "Put into a budget", "Budget is empty"),
    ("Entries", "Budget", "Nobody's", "Put into a budget", "no budget called Nobody's"),
    ("Entries", "Budget", "=cmd|' /C calc'!A0", "Put into a budget", "Budget holds a formula"),
    ("Entries", "Year", "", "Put into a budget", "Year is not a financial year"),
    ("Entries", "Amount", 90_000, "Put into a budget", "is available"),
    ("Budgets", "Whose", "Mine", "", "Whose must be one of"),
    ("Budgets", "Held by", "nobody@example.org", "", "Enter the e-mail address"),
    ("Budgets", "By rule up to", 5_000, "", "approved by rule must not be more"),
    ("Budgets", "By rule up to", "=1", "", "By rule up to holds a formula"),
    ("Budgets", "Last day", "some day", "", "Last day is not a day"),
    ("Budgets", "District", "Atlantis", "", "no district called Atlantis"),
    ("Budgets", "Approves up to", 0, "", "Approves up to must be from"),
]


@pytest.mark.parametrize(("sheet", "head", "value", "what", "sentence"), WRONG, ids=[row[-1] for row in WRONG])
def test_a_wrong_row_is_refused_in_a_sentence_and_nothing_of_the_file_is_loaded(
    sheet: str,
    head: str,
    value: Any,
    what: str,
    sentence: str,
    taken_away: Any,
    load: Callable[..., int],
    keeper: Any,
    as_: Any,
) -> None:
    content, before = taken_away
    with pytest.raises(Refused) as refused:
        load(changed(content, sheet, head, value, what))
    assert sentence in refused.value.refusal.sentence
    with as_(keeper):
        assert not Entry.objects.exists() and not Budget.objects.exists() and not Share.objects.exists()
    load(content)
    with as_(keeper):
        assert balances() == before


@pytest.mark.parametrize(("sheet", "sentence"), [("Entries", "the reference of"), ("Budgets", "names the budget of")])
def test_a_row_that_stands_twice_is_refused(
    sheet: str, sentence: str, taken_away: Any, load: Any, keeper: Any, as_: Any
) -> None:
    content, _ = taken_away
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet].append([cell.value for cell in book[sheet][3]])
    out = io.BytesIO()
    book.save(out)
    with as_(keeper):
        found = read(out.getvalue(), queries.district_codes(queries.districts()))
    assert any(sentence in fault for fault in found.faults)
    with pytest.raises(Refused):
        load(out.getvalue())


def test_the_whole_ledger_is_taken_away_by_whoever_keeps_it_alone(story: Any, cast: Any, as_client: Any) -> None:
    address = reverse("download_ledger")
    found = as_client(cast.commissioner).post(address, {"table": "whole"})
    assert found.status_code == 200 and "ledger-" in found.headers["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(found.content)).sheetnames[:3] == ["Sources", "Budgets", "Entries"]
    for who in ("elected_member", "development_officer", "family_worker", "provider"):
        assert as_client(getattr(cast, who)).post(address, {"table": "whole"}).status_code in (302, 403), who


def test_entries_of_a_share_are_taken_away_by_whoever_sees_it_and_by_nobody_else(
    share: Share, commit: Any, other_share: Share, cast: Any, as_client: Any
) -> None:
    promised, address = commit(share, 10_000, words="=1+1"), reverse("download_ledger")
    officer = as_client(cast.development_officer)
    found = officer.post(address, {"table": "share", "of": share.reference}).content.decode()
    assert "'=1+1" in found and promised.reference in found and "What this is" in found
    assert promised.reference in officer.post(address, {"table": "entry", "of": promised.reference}).content.decode()
    for table, of in (
        ("share", other_share.reference),
        ("entry", "LE-0000000"),
        ("nothing", share.reference),
        ("share", ""),
    ):
        assert officer.post(address, {"table": table, "of": of}).status_code == 302, (table, of)
    whole = as_client(cast.elected_member).post(address, {"table": "fund", "of": share.fund.reference}).content.decode()
    assert "Received" in whole and "Allocated" in whole
    assert as_client(cast.family_worker).post(address, {"table": "share", "of": share.reference}).status_code == 403
