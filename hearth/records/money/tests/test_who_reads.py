"""A district reads its share, the board all of it; who keeps the ledger writes in it; nobody else reads or writes anything."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.foundation.core.refusals import Refused
from hearth.records.money import actions
from hearth.records.money.models import Account, Entry, Fund, Line, Share
from hearth.records.money.tests.conftest import DAY, SAID

WHOLE = (
    "commissioner", "strategic_lead", "analyst", "board_member", "elected_member", "senior_development_officer",
)  # fmt: skip
NOTHING = (
    "practitioner", "family_worker", "other_family_worker", "manager", "charity_manager", "provider", "charity_worker",
    "panel_chair", "panel_coordinator", "information_governance", "administrator", "quality_auditor", "front_door_officer",
)  # fmt: skip
TABLES = (Fund, Share, Account, Entry, Line)


@pytest.fixture
def posted(share: Share, give: Any, commit: Any, other_area: Any) -> Entry:
    """Both districts have a share, and so has the whole authority; the first has promised some."""
    give(other_area, 1_000_000)
    give(None, 500_000)
    return commit(share, 100_00)


@pytest.mark.parametrize("who", WHOLE)
def test_whoever_answers_for_the_authority_reads_all_of_it(who: str, posted: Entry, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        for model in TABLES:
            assert model.objects.visible_to(user).count() == model._default_manager.count() > 0, model
        assert Share.objects.count() == 3 and Entry.objects.count() == 5


def test_a_district_reads_its_own_share_and_not_anothers(posted: Entry, share: Share, cast: Any, as_: Any) -> None:
    user = cast.development_officer
    with as_(user):
        assert list(Share.objects.all()) == list(Share.objects.visible_to(user)) == [share]
        assert {account.share_id for account in Account.objects.all()} == {share.pk}
        assert {line.account.share_id for line in Line.objects.select_related("account")} == {share.pk}
        kinds = sorted(Entry.objects.values_list("kind", flat=True))
        assert (
            kinds == sorted(Entry.objects.visible_to(user).values_list("kind", flat=True)) == ["allocated", "committed"]
        )


@pytest.mark.parametrize("who", NOTHING)
def test_nobody_else_reads_anything(who: str, posted: Entry, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        for model in TABLES:
            assert not model._default_manager.exists() and not model.objects.visible_to(user).exists(), model


def _everything(by: Any, fund: Fund, share: Share, entry: Entry) -> dict[str, Callable[[], Any]]:
    of = {"by": by, "pence": 1, **SAID}
    return {
        "add_fund": lambda: actions.add_fund(by=by, name="Mine", given_by="Me", begins_on=DAY),
        "receive_money": lambda: actions.receive_money(fund=fund, **of),
        "pass_elsewhere": lambda: actions.pass_elsewhere(fund=fund, **of),
        "allocate_money": lambda: actions.allocate_money(fund=fund, year=2011, purpose="Mine", **of),
        "allot_money": lambda: actions.allot_money(fund=fund, year=2011, purpose="Mine", parts=[], **of),
        "commit_money": lambda: actions.commit_money(share=share, with_whom="Me", **of),
        "pay_money": lambda: actions.pay_money(commitment=entry, **of),
        "release_money": lambda: actions.release_money(commitment=entry, **of),
        "recover_money": lambda: actions.recover_money(commitment=entry, **of),
        "reverse_entry": lambda: actions.reverse_entry(by=by, entry=entry, why="Mine"),
    }


@pytest.mark.parametrize(
    "who", [*WHOLE[1:], "development_officer", "provider", "manager", "practitioner", "administrator"]
)
def test_nobody_but_who_keeps_it_writes_in_it(
    who: str, posted: Entry, fund: Fund, share: Share, cast: Any, as_: Any
) -> None:
    user = getattr(cast, who)
    with as_(user):
        for name, do in _everything(user, fund, share, posted).items():
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.refusal.code == "money.may_not_keep", name
        for row in (
            Fund(reference="FD-4F7K3QX", name="Mine", given_by="Me", begins_on=DAY, added_by=user),
            Share(reference="SH-4F7K3QX", fund=fund, year=2012, purpose="Mine"),
            Account(kind="elsewhere", fund=fund),
            Entry(
                reference="LE-4F7K3QX", kind="received", fund=fund, pence=1, posted_by=user, key=uuid.uuid4(), **SAID
            ),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)


def test_an_account_begins_with_nothing_in_it(posted: Entry, fund: Fund, keeper: Any, as_: Any) -> None:
    with as_(keeper), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Account(kind="elsewhere", fund=fund, pence=5).save(force_insert=True)


def test_nobody_posts_in_anothers_name(posted: Entry, fund: Fund, keeper: Any, cast: Any, as_: Any) -> None:
    with as_(keeper), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Entry(
            reference="LE-4F7K3QX",
            kind="received",
            fund=fund,
            pence=1,
            posted_by=cast.strategic_lead,
            key=uuid.uuid4(),
            **SAID,
        ).save(force_insert=True)


def test_pages_open_for_those_whose_they_are(
    posted: Entry, fund: Fund, share: Share, give: Any, other_area: Any, cast: Any, as_client: Any
) -> None:
    theirs = give(other_area, 100)
    pages = {
        "ledger": (reverse("ledger"), 200, 200, 403),
        "fund": (reverse("fund", args=[fund.reference]), 200, 404, 404),
        "share": (reverse("money_share", args=[share.reference]), 200, 200, 404),
        "another's share": (reverse("money_share", args=[theirs.reference]), 200, 404, 404),
        "entry": (reverse("ledger_entry", args=[posted.reference]), 200, 200, 404),
        "pay": (reverse("pay_money", args=[posted.reference]), 403, 403, 403),
        "commit": (reverse("commit_money", args=[share.reference]), 403, 403, 403),
        "receive": (reverse("receive_money", args=[fund.reference]), 403, 403, 403),
        "reverse": (reverse("reverse_entry", args=[posted.reference]), 403, 403, 403),
        "add": (reverse("add_fund"), 403, 403, 403),
    }
    readers = (cast.board_member, cast.development_officer, cast.provider)
    for place, reader in enumerate(readers):
        client = as_client(reader)
        for name, (path, *statuses) in pages.items():
            assert client.get(path).status_code == statuses[place], (name, reader)


def test_who_keeps_the_ledger_is_appointed_by_an_administrator(cast: Any, as_: Any) -> None:
    from hearth.foundation.accounts.models import Appointment
    from hearth.foundation.accounts.roles import ROLES

    assert ROLES["commissioner"].reserved
    manager, person = cast.county_manager, cast.family_worker
    with as_(manager), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Appointment(user=person, role="commissioner", given_by=manager).save(force_insert=True)
