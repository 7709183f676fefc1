"""A contract is settled after its last day, or de-commissioned before: decided by somebody else, the rest released, families kept in sight."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.claims import actions as claims
from hearth.commissioning.contracts.endings import actions, queries
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import (
    Contract,
    ContractState,
    Decommissioning,
    FamilyDestination,
    OutcomeClaim,
)
from hearth.commissioning.contracts.queries import targets_of
from hearth.commissioning.contracts.tables import profiles
from hearth.commissioning.contracts.tests.conftest import CAP, PRICE, VALUE, milestone_of
from hearth.commissioning.contracts.told import contracts_bought
from hearth.commissioning.needs.tests.conftest import draft as draft_intention  # noqa: F401 - fixture
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.money.tests.conftest import balanced
from hearth.records.money.tests.conftest import standing as stands

WHY: dict[str, Any] = {"reasons": "Nobody comes", "lost": "Saturday visits", "instead": "The family hub", "families": 3}


@pytest.fixture
def unmet(cast: Any, area: Any, as_: Any) -> Any:
    """A theme of unmet need of the first district."""
    with as_(cast.development_officer):
        made = Theme(
            reference="TH-BOUGHT",
            area=area,
            title="Nobody visits on Saturdays",
            priority="high",
            started_by=cast.development_officer,
        )
        made.save(force_insert=True)
    return made


@pytest.fixture
def ask(contract: Contract, cast: Any, as_: Any) -> Any:
    """`ask(last_day=...)` asks that it end ten days from now, as the district's officer."""

    def make(by: Any = None, **said: Any) -> Decommissioning:
        by, today = by or cast.development_officer, clock.today()
        days = {"notice_on": today, "last_day": today + dt.timedelta(days=10)}
        with as_(by):
            return actions.ask_to_decommission(by=by, contract=contract, **(WHY | days | said))

    return make


@pytest.fixture
def decide(cast: Any, as_: Any) -> Any:
    """`decide(ending)` ends it, as the commissioner."""

    def make(found: Decommissioning, end: bool = True, words: str = "Agreed", by: Any = None) -> Decommissioning:
        by = by or cast.commissioner
        with as_(by):
            return actions.decide_decommissioning(by=by, ending=found, end=end, words=words)

    return make


def test_what_is_not_needed_until_the_last_day_is_released(
    contract: Contract, ask: Any, decide: Any, fund: Any, cast: Any, as_: Any
) -> None:
    made = decide(ask())
    with as_(cast.commissioner):
        contract.refresh_from_db()
        assert contract.state == ContractState.DECOMMISSIONED and contract.ends_on == clock.today() + dt.timedelta(
            days=10
        )
        assert milestone_of(contract).state == "cancelled", "it was due after the last day"
        assert made.released_pence == VALUE - CAP and stands(fund)["committed"] == CAP, (
            "outcomes may still happen until then"
        )
        balanced()


def test_what_was_planned_after_the_last_day_counts_no_more(
    contract: Contract, ask: Any, decide: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        assert targets_of(cast.commissioner, contract)[0]["together"] == str(10 * len(contract.quarters))
    decide(ask())
    with as_(cast.commissioner):
        contract.refresh_from_db()
        (found,) = targets_of(cast.commissioner, contract)
        assert found["together"] == str(10 * len(contract.quarters)) and len(contract.quarters) < 5
        assert len(profiles(cast.commissioner).rows) == len(contract.quarters)


def test_outcomes_until_the_last_day_are_still_paid(
    contract: Contract, ask: Any, decide: Any, claim: Any, fund: Any, cast: Any, as_: Any
) -> None:
    decide(ask())
    made = claim()
    with as_(cast.development_officer):
        claims.look_at_claim(by=cast.development_officer, claim=made, verify=True)
    with as_(cast.commissioner):
        claims.pay_outcome(by=cast.commissioner, claim=OutcomeClaim.objects.get(pk=made.pk), paid_on=clock.today())
        assert stands(fund)["paid"] == PRICE
    with clock.frozen(clock.now() + dt.timedelta(days=11)), as_(cast.commissioner):
        contract.refresh_from_db()
        actions.settle_contract(by=cast.commissioner, contract=contract)
        assert (
            contract.state == ContractState.DECOMMISSIONED
            and not stands(fund)["committed"]
            and stands(fund)["paid"] == PRICE
        )


def test_whoever_asked_does_not_decide(
    contract: Contract, ask: Any, decide: Any, cast: Any, as_: Any, other_commissioner: Any
) -> None:
    made = ask(by=cast.commissioner)
    with pytest.raises(Refused) as refused:
        decide(made)
    assert refused.value.refusal.code == "contracts.own_ending"
    for who in ("strategic_lead", "development_officer", "board_member"):
        with pytest.raises(Refused):
            decide(made, by=getattr(cast, who))
    with pytest.raises(Refused) as refused:
        decide(made, by=other_commissioner, words=" ")
    assert refused.value.refusal.code == "contracts.no_reason"
    assert decide(made, by=other_commissioner, end=False, words="Not now").state == "declined"
    assert ask(reasons="Once more").state == "asked"


def test_everybody_it_concerns_is_told(
    contract: Contract,
    ask: Any,
    decide: Any,
    draft_intention: Any,  # noqa: F811
    cast: Any,
    as_: Any,
) -> None:
    intention = draft_intention()
    with as_(cast.commissioner):
        Contract.objects.filter(pk=contract.pk).update(intention=intention)
    decide(ask())
    told = {intention.owner.pk, cast.development_officer.pk, cast.provider.pk} - {cast.commissioner.pk}
    for user in (cast.development_officer, cast.provider):
        with as_(cast.commissioner):
            assert told == set(Message.objects.filter(template="contract_ends").values_list("to_user_id", flat=True)), (
                user
            )


def test_you_said_we_bought_says_that_it_ends(
    contract: Contract,
    ask: Any,
    decide: Any,
    draft_intention: Any,  # noqa: F811
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    intention = draft_intention()
    with as_(cast.commissioner):
        Contract.objects.filter(pk=contract.pk).update(intention=intention)
    for early in (False, True):
        if early:
            decide(ask())
        for who in ("practitioner", "panel_chair", "strategic_lead"):
            with as_(getattr(cast, who)):
                (found,) = contracts_bought([intention])[intention.reference]
                assert found["title"] == contract.title and found["early"] is early, who
        page = as_client(cast.strategic_lead).get(reverse("intention", args=[intention.reference])).content.decode()
        assert contract.title in page and ("before its time" in page) is early
    with as_(cast.administrator):
        assert not contracts_bought([intention])


def test_a_theme_and_its_panel_read_what_answers_it(
    contract: Contract, unmet: Any, ask: Any, decide: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.commissioner):
        Contract.objects.filter(pk=contract.pk).update(theme=unmet)
    decide(ask())
    page = as_client(cast.development_officer).get(reverse("unmet_theme", args=[unmet.reference])).content.decode()
    assert contract.title in page and "before its time" in page


def test_the_provider_reads_it_once_it_is_decided(
    contract: Contract, ask: Any, decide: Any, cast: Any, as_: Any
) -> None:
    made = ask()
    for reads in (0, 1):
        if reads:
            decide(made)
        with as_(cast.provider):
            assert Decommissioning.objects.count() == reads


def test_where_a_family_goes_is_read_with_its_plan_and_counted_for_others(
    contract: Contract, ask: Any, decide: Any, helped: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider), pytest.raises(Refused) as refused:
        actions.place_family(by=cast.provider, contract=contract, case=helped, to="x", words="x")
    assert refused.value.refusal.code == "contracts.does_not_end"
    decide(ask())
    with as_(cast.provider):
        for said, code in (({"case": None}, "contracts.no_case"), ({"to": " "}, "contracts.destination")):
            with pytest.raises(Refused) as refused:
                actions.place_family(
                    by=cast.provider, contract=contract, **({"case": helped, "to": "Hub", "words": "x"} | said)
                )
            assert refused.value.refusal.code == code
        actions.place_family(by=cast.provider, contract=contract, case=helped, to="Hub", words="Zzplaced")
        actions.place_family(by=cast.provider, contract=contract, case=helped, to="The hub", words="Zzplaced again")
        assert [row.to for row in FamilyDestination.objects.all()] == ["The hub"]
    for who, reads in (("development_officer", 1), ("commissioner", 0), ("board_member", 0)):
        user = getattr(cast, who)
        with as_(user):
            assert len(queries.destinations(user, Contract.objects.get(pk=contract.pk))) == reads
            assert queries.families_placed(contract) == 1
    with as_(cast.administrator):
        assert queries.families_placed(contract) == 0, "nor is it counted for whoever does not read the contract"


@pytest.mark.parametrize(
    ("many", "opened", "words"), [(0, 0, "0"), (1, 0, "fewer than 5"), (4, 3, "fewer than 5"), (4, 4, "4"), (5, 0, "5")]
)
def test_few_families_are_not_told(many: int, opened: int, words: str) -> None:
    assert queries.few(many, opened) == words


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"lost": " "}, "contracts.ending_words"),
        ({"notice_on": dt.date(2001, 1, 1)}, "contracts.notice"),
        ({"last_day": dt.date(2300, 1, 1)}, "contracts.not_sooner"),
    ],
)
def test_asking_says_what_it_must(said: dict[str, Any], code: str, ask: Any) -> None:
    with pytest.raises(Refused) as refused:
        ask(**said)
    assert refused.value.refusal.code == code


def test_a_contract_is_settled_after_its_last_day_once_nothing_waits(
    reached: Any, contract: Contract, fund: Any, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    with as_(by), pytest.raises(Refused) as refused:
        actions.settle_contract(by=by, contract=contract)
    assert refused.value.refusal.code == "contracts.runs"
    with clock.frozen(clock.now() + dt.timedelta(days=300)):
        with as_(by), pytest.raises(Refused) as refused:
            actions.settle_contract(by=by, contract=contract)
        assert refused.value.refusal.code == "contracts.unpaid"
        with as_(cast.development_officer):
            milestones.certify_milestone(by=cast.development_officer, milestone=milestone_of(contract), certify=True)
        with as_(by):
            milestones.pay_milestone(by=by, milestone=milestone_of(contract), paid_on=clock.today())
            actions.settle_contract(by=by, contract=contract, words="It went well")
            assert contract.state == ContractState.ENDED and not stands(fund)["committed"]
            balanced()
        with as_(cast.provider), pytest.raises(Refused) as refused:
            claims.claim_outcome(
                by=cast.provider,
                contract=contract,
                term=contract.terms.get(),
                case=None,
                happened_on=contract.ends_on,
                evidence="x",
                words="x",
            )
        assert refused.value.refusal.code == "contracts.settled"


def test_a_joint_commissioner_pays_no_more_than_is_needed_either(
    write: Any, sign: Any, cast: Any, as_: Any, fund: Any
) -> None:
    found = sign(write(parts=(900_000,), cap=100_000, price=1, more=[(cast.health_visitor.organisation, 100_000)]))
    by, today = cast.development_officer, clock.today()
    with as_(by):
        made = actions.ask_to_decommission(
            by=by, contract=found, **WHY, notice_on=today, last_day=today + dt.timedelta(days=1)
        )
    with as_(cast.commissioner):
        actions.decide_decommissioning(by=cast.commissioner, ending=made, end=True, words="x")
        left = booking.left_of(booking.parts_of(found))
        assert sorted(left.values()) == [10_000, 90_000] and stands(fund)["committed"] == 90_000
