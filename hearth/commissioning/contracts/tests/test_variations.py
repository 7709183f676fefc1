"""A signed contract is varied by both parties: asked by one, agreed by the other, in force with its money in the ledger."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.contracts.models import Contract, ContractPart, Milestone, Profile, Variation, VariationState
from hearth.commissioning.contracts.tests.conftest import VALUE
from hearth.commissioning.contracts.variations import actions
from hearth.foundation.core.refusals import Refused
from hearth.records.money.tests.conftest import balanced
from hearth.records.money.tests.conftest import standing as stands


@pytest.fixture
def ask(contract: Contract, cast: Any, as_: Any) -> Any:
    """`ask(by=..., parts=...)` asks, as the commissioner."""

    def make(by: Any = None, **said: Any) -> Variation:
        by = by or cast.commissioner
        with as_(by):
            return actions.ask_for_variation(by=by, contract=contract, **({"why": "Families asked for it"} | said))

    return make


def more(contract: Contract, pence: int) -> dict[str, Any]:
    """The first district pays so much more, for a further milestone."""
    part = ContractPart.objects.order_by("-pence").filter(contract=contract)[0]
    return {
        "parts": {part.reference: part.pence + pence},
        "milestone": {"name": "Five more", "due_on": contract.ends_on, "pence": pence},
    }


def test_the_provider_agrees_and_a_commissioner_brings_it_in(
    contract: Contract, ask: Any, fund: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        asked = more(contract, 50_000)
    made = ask(**asked)
    with as_(cast.provider):
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
        assert made.state == VariationState.AGREED
        with pytest.raises(Refused):
            actions.bring_in_variation(by=cast.provider, variation=made)
    with as_(cast.commissioner):
        assert stands(fund)["committed"] == VALUE, "what is agreed is not in force"
        actions.bring_in_variation(by=cast.commissioner, variation=made)
        contract.refresh_from_db()
        assert contract.value_pence == VALUE + 50_000 == stands(fund)["committed"]
        assert Milestone.objects.get(name="Five more").pence == 50_000
        assert [each["what"] for each in made.told] == [
            "Paid by Lancashire County Council, Burnley",
            "Value of the whole",
            "A further milestone",
        ]
        assert made.told[1] == {"what": "Value of the whole", "before": "£20,000.01", "after": "£20,500.01"}
        balanced()


def test_what_a_provider_asks_a_commissioner_agrees_and_it_is_in_force(
    contract: Contract, ask: Any, cast: Any, as_: Any
) -> None:
    made = ask(by=cast.provider, what="Visits at home, and by telephone")
    with as_(cast.provider), pytest.raises(Refused) as refused:
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
    assert refused.value.refusal.code == "contracts.own_variation"
    with as_(cast.commissioner):
        actions.answer_variation(by=cast.commissioner, variation=made, agree=True)
        contract.refresh_from_db()
        assert made.state == VariationState.IN_FORCE and contract.what == "Visits at home, and by telephone"


def test_nobody_agrees_to_their_own(contract: Contract, ask: Any, other_commissioner: Any, cast: Any, as_: Any) -> None:
    made = ask(what="Otherwise")
    with as_(cast.commissioner):
        with pytest.raises(Refused) as refused:
            actions.answer_variation(by=cast.commissioner, variation=made, agree=True, letter="L 1")
        assert refused.value.refusal.code == "contracts.own_variation"
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Variation.objects.update(state="agreed", answered_by=cast.commissioner)
    with as_(other_commissioner):
        with pytest.raises(Refused) as refused:
            actions.answer_variation(by=other_commissioner, variation=made, agree=True)
        assert refused.value.refusal.code == "contracts.no_letter"
        actions.answer_variation(by=other_commissioner, variation=made, agree=True, letter="Letter of 4 May")
        assert made.state == VariationState.IN_FORCE and made.letter == "Letter of 4 May"


def test_less_is_released_and_never_below_what_is_paid(
    contract: Contract, ask: Any, fund: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        asked = more(contract, 50_000)
    made = ask(**asked)
    with as_(cast.provider):
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
    with as_(cast.commissioner):
        actions.bring_in_variation(by=cast.commissioner, variation=made)
        part = ContractPart.objects.get(pk=ContractPart.objects.order_by("-pence")[0].pk)
        with pytest.raises(Refused) as refused:
            actions.ask_for_variation(
                by=cast.commissioner, contract=contract, why="x", parts={part.reference: part.pence - 1}
            )
        assert refused.value.refusal.code == "contracts.does_not_agree", "its milestones would be worth more than it"
        assert stands(fund)["committed"] == VALUE + 50_000


def test_a_longer_contract_needs_profiles_of_its_new_quarters(
    contract: Contract, ask: Any, cast: Any, as_: Any
) -> None:
    later = contract.ends_on + dt.timedelta(days=92)
    with pytest.raises(Refused) as refused:
        ask(ends_on=later)
    assert "Families that begin: Enter" in refused.value.refusal.sentence
    with as_(cast.commissioner):
        target = contract.targets.get()
    figures = [10] * len(contract.quarters) + [7]
    made = ask(ends_on=later, profiles={target.reference: figures})
    with as_(cast.provider):
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
    with as_(cast.commissioner):
        actions.bring_in_variation(by=cast.commissioner, variation=made)
        contract.refresh_from_db()
        assert contract.ends_on == later
        assert list(Profile.objects.filter(target=target).values_list("planned", flat=True)) == figures


def test_one_at_a_time_and_only_what_differs(contract: Contract, ask: Any, cast: Any, as_: Any) -> None:
    for said, code in (({}, "contracts.changes_nothing"), ({"what": "x", "why": " "}, "contracts.no_reason")):
        with pytest.raises(Refused) as refused:
            ask(**said)
        assert refused.value.refusal.code == code
    made = ask(what="Otherwise")
    with pytest.raises(Refused) as refused:
        ask(what="Otherwise again")
    assert refused.value.refusal.code == "contracts.one_variation"
    with as_(cast.provider):
        with pytest.raises(Refused) as refused:
            actions.withdraw_variation(by=cast.provider, variation=made)
        assert refused.value.refusal.code == "contracts.other_party"
    with as_(cast.commissioner):
        actions.withdraw_variation(by=cast.commissioner, variation=made)
    assert ask(what="Otherwise again").number == 2


def test_a_milestone_is_not_left_after_the_last_day(contract: Contract, ask: Any) -> None:
    with pytest.raises(Refused) as refused:
        ask(ends_on=contract.starts_on + dt.timedelta(days=95))
    assert refused.value.refusal.code == "contracts.milestone_after"


def test_more_than_the_share_has_is_not_brought_in(
    contract: Contract, ask: Any, fund: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        part = ContractPart.objects.order_by("pence").filter(contract=contract)[
            0
        ]  # of the second district, which has £10,000
    made = ask(
        parts={part.reference: 1_000_001}, milestone={"name": "More", "due_on": contract.ends_on, "pence": 500_001}
    )
    with as_(cast.provider):
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
    with as_(cast.commissioner):
        with pytest.raises(Refused) as refused:
            actions.bring_in_variation(by=cast.commissioner, variation=made)
        assert refused.value.refusal.code == "money.not_enough"
        contract.refresh_from_db()
        made.refresh_from_db()
        assert made.state == VariationState.AGREED and contract.value_pence == VALUE == stands(fund)["committed"]


@pytest.mark.parametrize("who", ["strategic_lead", "development_officer", "board_member"])
def test_only_the_two_parties_vary(who: str, contract: Contract, ask: Any, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with pytest.raises(Refused):
        ask(by=by, what="Otherwise")
    made = ask(what="Otherwise")
    with as_(by), pytest.raises(Refused):
        actions.answer_variation(by=by, variation=made, agree=True)


def test_history_is_kept_of_each_change(contract: Contract, ask: Any, cast: Any, as_: Any) -> None:
    made = ask(what="Visits by telephone")
    with as_(cast.provider):
        actions.answer_variation(by=cast.provider, variation=made, agree=True)
    with as_(cast.commissioner):
        actions.bring_in_variation(by=cast.commissioner, variation=made)
        history = type(contract).pgh_event_model if hasattr(type(contract), "pgh_event_model") else None
        from hearth.commissioning.contracts import models

        rows = (history or models.contracts.ContractEvent).objects.filter(pgh_obj_id=contract.pk).order_by("pgh_id")
        assert [row.what for row in rows][-2:] == ["Visits at home.", "Visits by telephone"]
