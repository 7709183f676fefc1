"""A provider reads its own contracts, a district its part, the board all, a stranger nothing; the rows say the same as the product."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.contracts import actions, models
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import (
    Contract,
    ContractPart,
    Milestone,
    OutcomeClaim,
    Payment,
    PaymentTerm,
)
from hearth.commissioning.contracts.tests.conftest import milestone_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money.models import Entry

ALL = tuple(getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "objects"))
NOTHING = (
    "practitioner",
    "family_worker",
    "manager",
    "charity_worker",
    "charity_manager",
    "elected_member",
    "panel_chair",
    "administrator",
)


def same(user: Any, model: Any) -> list[Any]:
    """What `visible_to` shows, and the rows themselves: the same."""
    rows = list(model.objects.visible_to(user))
    assert set(rows) == set(model._default_manager.all()), model
    return rows


@pytest.mark.parametrize(
    "who",
    [
        "provider",
        "development_officer",
        "commissioner",
        "strategic_lead",
        "board_member",
        "analyst",
        "senior_development_officer",
        *NOTHING,
    ],
)
def test_the_rows_and_the_product_agree(who: str, verified: Any, certified: Any, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        found = {model.__name__: len(same(user, model)) for model in ALL}
        assert (found["Contract"] == 0) == (who in NOTHING), who
        assert (found["OutcomeClaim"] == 0) == (who in NOTHING)


def test_a_district_reads_its_own_part_and_the_whole_value(
    contract: Contract, other_officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    for user, pence, other in ((cast.development_officer, 1_500_001, "£5,000"), (other_officer, 500_000, "£15,000.01")):
        with as_(user):
            assert [part.pence for part in same(user, ContractPart)] == [pence] and same(user, Contract) == [contract]
        for page in (reverse("contracts"), reverse("contract", args=[contract.reference])):
            text = as_client(user).get(page).content.decode()
            assert "£20,000.01" in text and f"{other}<" not in text and f"{other}\n" not in text, user


@pytest.fixture
def of_all(write: Any, sign: Any, cast: Any, give: Any, as_: Any) -> Contract:
    """One that the first district and the whole authority pay for together."""
    whole, by, found = give(None, 500_000, purpose="Everywhere"), cast.commissioner, write(parts=(100_000, 0), cap=0)
    with as_(by):
        actions.add_part(by=by, contract=found, organisation=by.organisation, share=whole, pence=250_000)
        actions.add_milestone(by=by, contract=found, name="Open everywhere", due_on=clock.today(), pence=250_000)
    return sign(found)


def test_what_the_whole_authority_pays_each_district_sees_and_another_districts_part_none(
    of_all: Contract, other_officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    seen = {}
    for who, user in {"own": cast.development_officer, "other": other_officer, "board": cast.board_member}.items():
        with as_(user):
            seen[who] = sorted(part.pence for part in same(user, ContractPart))
            assert same(user, Contract) == [of_all]
            assert {row.contract_id for row in same(user, Milestone)} == {of_all.pk}
    assert seen == {"own": [100_000, 250_000], "other": [250_000], "board": [100_000, 250_000]}
    text = as_client(other_officer).get(reverse("contract", args=[of_all.reference])).content.decode()
    assert (
        "The whole authority" in text
        and "£2,500.00" in text
        and "£1,000.00" not in text.split("<main")[1].split("Milestones")[0]
    )


def test_whoever_sees_it_in_a_district_alone_neither_certifies_nor_reads_its_money(
    of_all: Contract, other_officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(other_officer):
        assert not Contract.objects.checked_by(other_officer).exists()
        milestone = Milestone.objects.get(name="Open everywhere")
        with pytest.raises(Refused):
            milestones.certify_milestone(by=other_officer, milestone=milestone, certify=True)
        assert Milestone.objects.filter(pk=milestone.pk).update(words="mine") == 0
        assert ContractPart.objects.update(pence=1) == 0
        assert not Entry.objects.filter(kind="committed").exists()
    for who in NOTHING:
        user = getattr(cast, who)
        with as_(user):
            assert not same(user, Contract) and not same(user, ContractPart), who
        assert as_client(user).get(reverse("contract", args=[of_all.reference])).status_code in (403, 404), who


def test_a_district_reads_nothing_of_a_contract_of_another(
    write: Any, sign: Any, other_officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    found = sign(write(parts=(100_000,), cap=0))
    with as_(other_officer):
        assert not any(same(other_officer, model) for model in (Contract, ContractPart, Milestone))
    assert as_client(other_officer).get(reverse("contract", args=[found.reference])).status_code == 404


def test_a_provider_reads_nothing_of_a_draft_nor_of_anothers(
    draft: Contract, sign: Any, other_provider: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    for user in (cast.provider, other_provider, cast.development_officer, cast.board_member):
        if user != cast.development_officer:
            with as_(user):
                assert not same(user, Contract), user
            assert as_client(user).get(reverse("contract", args=[draft.reference])).status_code == 404
    sign(draft)
    with as_(cast.provider):
        assert same(cast.provider, Contract) == [draft] and len(same(cast.provider, ContractPart)) == 2
    with as_(other_provider):
        assert not any(same(other_provider, model) for model in (Contract, ContractPart, Milestone, PaymentTerm))
    assert draft.title not in as_client(other_provider).get(reverse("contracts")).content.decode()
    assert (
        draft.title
        not in as_client(other_provider).post(reverse("download_contracts"), {"table": "contracts"}).content.decode()
    )


def test_a_provider_whose_role_ended_reads_nothing(contract: Contract, cast: Any, as_: Any) -> None:
    with as_(cast.administrator):
        cast.provider.appointments.update(ended_at=clock.now())
    user = type(cast.provider).objects.get(pk=cast.provider.pk)
    with as_(user):
        assert not same(user, Contract) and not same(user, Milestone)


def test_nobody_writes_past_the_product(contract: Contract, claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    with as_(cast.provider):
        for update in (
            lambda: Contract.objects.update(title="x"), lambda: ContractPart.objects.update(pence=1),
            lambda: PaymentTerm.objects.update(cap_pence=10**9),
        ):  # fmt: skip
            assert update() == 0
        for refused in (
            lambda: OutcomeClaim.objects.update(state="paid"), lambda: OutcomeClaim.objects.update(pence=5),
            lambda: Payment(
                reference="PY-MINE", contract=contract, claim=made, pence=1, paid_on=clock.today(), paid_by=cast.provider
            ).save(force_insert=True),
            lambda: Milestone.objects.update(pence=10**6),
            lambda: Contract.objects.filter(pk=contract.pk).delete(),
        ):  # fmt: skip
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                refused()
    with as_(cast.board_member):
        assert Milestone.objects.update(words="x") == 0 and OutcomeClaim.objects.update(words="x") == 0
    with as_(cast.development_officer):
        assert Contract.objects.update(document="x") == 0
        assert milestone_of(contract).pk
