"""A contract is written whole, signed by two, and its money is committed as the second signs: never over what the ledger has."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.contracts import actions, queries, rules
from hearth.commissioning.contracts.models import Contract, ContractState, PartCommitment
from hearth.commissioning.contracts.tests.conftest import VALUE, milestone_of, told
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.messages.models import Message
from hearth.records.money.tests.conftest import balanced
from hearth.records.money.tests.conftest import standing as stands


def test_the_second_signature_commits_each_part_from_its_own_share(
    contract: Contract, fund: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        contract.refresh_from_db()
        assert contract.state == ContractState.SIGNED and contract.value_pence == VALUE
        assert stands(fund)["committed"] == VALUE
        assert sorted(each.entry.pence for each in PartCommitment.objects.all()) == [500_000, 1_500_001]
        for each in PartCommitment.objects.select_related("entry__share", "part"):
            assert each.entry.share_id == each.part.share_id and each.entry.with_whom == "Lantern Family Support"
        balanced()


def test_one_signature_commits_nothing_and_the_same_person_does_not_sign_twice(
    draft: Contract, other_commissioner: Any, fund: Any, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    with as_(by):
        actions.sign_contract(by=by, contract=draft)
        with pytest.raises(Refused) as refused:
            actions.sign_contract(by=by, contract=draft)
        assert refused.value.refusal.code == "contracts.signed_by_you"
        assert draft.is_draft and not stands(fund).get("committed")
        assert [each.to_user_id for each in Message.objects.filter(template="contract_to_sign")] == [
            other_commissioner.pk
        ]
    with as_(cast.strategic_lead), pytest.raises(Refused) as refused:
        actions.sign_contract(by=cast.strategic_lead, contract=draft)
    assert refused.value.refusal.code == "contracts.second_keeps"
    with as_(other_commissioner):
        actions.sign_contract(by=other_commissioner, contract=draft)
        assert draft.state == ContractState.SIGNED


def test_a_contract_of_more_than_a_share_has_is_not_signed(
    write: Any, sign: Any, fund: Any, cast: Any, as_: Any
) -> None:
    draft = write(parts=(1_500_000, 1_000_001))
    with pytest.raises(Refused) as refused:
        sign(draft)
    assert refused.value.refusal.code == "money.not_enough"
    with as_(cast.commissioner):
        draft.refresh_from_db()
        assert draft.is_draft and not stands(fund).get("committed"), "the first part is not left committed"


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        ("part", "Say who pays which part of it."),
        ("milestone", "is paid for nothing"),
        ("target", "Add at least one target"),
    ],
)
def test_a_contract_that_is_not_whole_is_not_signed(
    without: str, sentence: str, write: Any, cast: Any, as_: Any
) -> None:
    draft = write(parts=(2_000_000,))
    by = cast.commissioner
    with as_(by):
        row = actions.PIECES[without].objects.get(contract=draft)
        actions.take_out_of_contract(by=by, contract=draft, piece=without, reference=row.reference)
        assert any(sentence in each for each in queries.lacks(draft))
        with pytest.raises(Refused):
            actions.sign_contract(by=by, contract=draft)


def test_what_is_promised_is_the_value_to_the_penny(draft: Contract, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        assert not queries.lacks(draft)
        actions.add_milestone(by=by, contract=draft, name="More", due_on=clock.today(), pence=1)
        assert "come to £20,000.02, and its parts to £20,000.01" in queries.lacks(draft)[0]


def test_a_draft_that_changed_is_signed_again(draft: Contract, cast: Any, as_: Any) -> None:
    by, lead = cast.commissioner, cast.strategic_lead
    with as_(lead):
        actions.sign_contract(by=lead, contract=draft)
    with as_(by):
        actions.change_contract(by=by, contract=draft, **told(cast, title="Something else"))
        draft.refresh_from_db()
        assert draft.first_signed_by_id is None and draft.title == "Something else"


def test_moved_days_ask_for_profiles_of_the_quarters_that_are_then(draft: Contract, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        actions.change_contract(by=by, contract=draft, **told(cast, ends_on=draft.ends_on + dt.timedelta(days=200)))
        assert "not of the quarters" in queries.lacks(draft)[0]
        actions.change_contract(by=by, contract=draft, **told(cast, starts_on=clock.today() + dt.timedelta(days=40)))


def test_two_who_change_a_draft_see_both_texts(draft: Contract, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        seen = queries.as_written(draft)["seen"]
        actions.change_contract(by=by, contract=draft, seen=seen, **told(cast, title="First"))
        with pytest.raises(Conflict):
            actions.change_contract(by=by, contract=draft, seen=seen, **told(cast, title="Second"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"no_tender_why": ""}, "contracts.no_tender"),
        ({"needs": []}, "contracts.needs"),
        ({"needs": ["xx"]}, "contracts.needs"),
        ({"title": " "}, "contracts.words"),
        ({"ends_on": dt.date(2000, 1, 1)}, "contracts.days"),
        ({"provider": None}, "contracts.provider"),
    ],
)
def test_a_contract_says_what_it_must(said: dict[str, Any], code: str, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by), pytest.raises(Refused) as refused:
        actions.write_contract(by=by, **told(cast, **said))
    assert refused.value.refusal.code == code


def test_the_authority_delivers_nothing_to_itself(cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by), pytest.raises(Refused) as refused:
        actions.write_contract(by=by, **told(cast, provider=by.organisation))
    assert refused.value.refusal.code == "contracts.provider"


def test_a_district_s_share_pays_in_that_district_alone_and_a_joint_commissioner_from_its_own_books(
    draft: Contract, share: Any, other_area: Any, cast: Any, as_: Any
) -> None:
    by, health = cast.commissioner, cast.health_visitor.organisation
    with as_(by):
        for said, code in (
            ({"organisation": by.organisation, "area": other_area, "share": share}, "contracts.other_district"),
            ({"organisation": by.organisation}, "contracts.no_share"),
            ({"organisation": health, "share": share}, "contracts.their_books"),
            ({"organisation": cast.provider.organisation}, "contracts.payer"),
        ):
            with pytest.raises(Refused) as refused:
                actions.add_part(by=by, contract=draft, pence=100, **said)
            assert refused.value.refusal.code == code


@pytest.mark.parametrize(
    "who", ["strategic_lead", "development_officer", "board_member", "provider", "analyst", "manager"]
)
def test_only_a_commissioner_writes(who: str, draft: Contract, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by):
        for do in (
            lambda: actions.write_contract(by=by, **told(cast)),
            lambda: actions.change_contract(by=by, contract=draft, **told(cast)),
            lambda: actions.add_milestone(by=by, contract=draft, name="x", due_on=clock.today(), pence=1),
            lambda: actions.take_out_of_contract(by=by, contract=draft, piece="milestone", reference="x"),
        ):
            with pytest.raises(Refused):
                do()


def test_whoever_would_be_paid_decides_nothing_of_it(contract: Contract, cast: Any) -> None:
    refusal = rules.why_not_of_provider(cast.charity_manager, contract)
    assert refusal is not None and refusal.code == "contracts.own_organisation"
    assert rules.why_not_of_provider(cast.commissioner, contract) is None


def test_a_page_sent_twice_writes_one_contract(cast: Any, as_: Any) -> None:
    by, key = cast.commissioner, cast.provider.pk
    with as_(by):
        first, second = (actions.write_contract(by=by, key=key, **told(cast)) for _ in range(2))
        assert first == second and Contract.objects.count() == 1


def test_a_signed_contract_stands_past_the_product_too(contract: Contract, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        with pytest.raises(Refused) as refused:
            actions.change_contract(by=by, contract=contract, **told(cast))
        assert refused.value.refusal.code == "contracts.signed"
        for said in (
            {"value_pence": 1}, {"title": "x"}, {"starts_on": clock.today()}, {"provider": cast.police_officer.organisation},
            {"signed_by": cast.strategic_lead}, {"state": "draft"}, {"state": "ended"},
        ):  # fmt: skip
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                Contract.objects.filter(pk=contract.pk).update(**said)
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            milestone_of(contract).__class__.objects.update(pence=1)
