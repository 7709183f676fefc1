"""Who reads what something was worth, and who writes it: in their district or everywhere, by the product and by the database alike."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hearth.commissioning.value import actions
from hearth.commissioning.value.investing import actions as investing
from hearth.commissioning.value.models import Assumption, CareDays, Investment, Outcome, PriceIndex, Valuation, Version
from hearth.commissioning.value.tests.conftest import COUNTED, HAPPENED, INVESTED, VALUED
from hearth.commissioning.value.tests.test_valuing import RELEASE, code_of
from hearth.foundation.core.refusals import Refused

READ = (
    "commissioner",
    "strategic_lead",
    "board_member",
    "elected_member",
    "analyst",
    "development_officer",
    "senior_development_officer",
)
NEVER = (
    "family_worker",
    "manager",
    "front_door_officer",
    "practitioner",
    "provider",
    "police_officer",
    "quality_auditor",
    "administrator",
)
KINDS: tuple[Any, ...] = (Valuation, Outcome, Assumption, Investment, CareDays, Version, PriceIndex)


@pytest.fixture
def all_of_it(outcome: Outcome, investment: Investment, cast: Any, as_: Any) -> None:
    """A row of each kind, in the first district."""
    with as_(cast.commissioner):
        investing.record_care_days(by=cast.commissioner, investment=investment, **COUNTED)
        actions.load_price_index(by=cast.commissioner, **RELEASE)


@pytest.mark.parametrize("who", READ)
def test_those_who_steer_read_all_of_it(who: str, all_of_it: None, cast: Any, as_: Any) -> None:
    reader = getattr(cast, who)
    with as_(reader):
        for kind in KINDS:
            assert kind.objects.exists(), kind
            assert kind.objects.visible_to(reader).count() == kind.objects.count(), kind


@pytest.mark.parametrize("who", NEVER)
def test_others_read_none_of_it(who: str, all_of_it: None, cast: Any, as_: Any) -> None:
    reader = getattr(cast, who)
    with as_(reader):
        for kind in KINDS:
            assert not kind.objects.exists(), kind
            assert not kind.objects.visible_to(reader).exists(), kind


def test_a_district_reads_its_own_and_not_anothers_nor_the_whole_authoritys(
    cast: Any, other_area: Any, as_: Any, outcome: Outcome
) -> None:
    by, reader = cast.commissioner, cast.development_officer
    with as_(by):
        elsewhere = actions.add_valuation(by=by, area=other_area, **VALUED)
        whole = actions.add_valuation(by=by, **(VALUED | {"name": "Everywhere"}))
        for each in (elsewhere, whole):
            actions.add_valued_outcome(by=by, valuation=each, **HAPPENED)
        investing.add_investment(by=by, area=other_area, **INVESTED)
    with as_(reader):
        for rows in (Valuation.objects.all(), Valuation.objects.visible_to(reader)):
            assert [row.reference for row in rows] == [outcome.valuation.reference]
        assert {row.valuation_id for row in Outcome.objects.all()} == {outcome.valuation_id}
        assert {row.valuation_id for row in Version.objects.all()} == {outcome.valuation_id}
        assert not Investment.objects.exists()


@pytest.mark.parametrize("who", [each for each in READ if each not in ("commissioner", "strategic_lead")])
def test_those_who_only_read_write_nothing(
    who: str,
    all_of_it: None,
    valuation: Valuation,
    investment: Investment,
    outcome: Outcome,
    area: Any,
    cast: Any,
    as_: Any,
) -> None:
    by = getattr(cast, who)
    tries: list[Any] = [
        lambda: actions.add_valuation(by=by, area=area, **VALUED),
        lambda: actions.add_valued_outcome(by=by, valuation=valuation, **HAPPENED),
        lambda: actions.withdraw_valued_outcome(by=by, outcome=outcome, why="No"),
        lambda: investing.add_investment(by=by, area=area, **INVESTED),
        lambda: investing.record_care_days(by=by, investment=investment, **COUNTED),
    ]
    with as_(by):
        for each in tries:
            with pytest.raises(Refused) as refused:
                each()
            assert code_of(refused) == "value.not_here"
        with pytest.raises(Refused) as refused:
            actions.load_price_index(by=by, **RELEASE)
        assert code_of(refused) == "value.may_not_load"


def test_the_database_lets_nobody_who_only_reads_write_whatever_the_product_forgets(
    all_of_it: None, valuation: Valuation, outcome: Outcome, cast: Any, as_: Any
) -> None:
    with as_(cast.board_member):
        assert Valuation.objects.update(cost_pence=1) == 0
        assert Outcome.objects.update(number=1) == 0
        assert Assumption.objects.update(source="mine") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Version(valuation=valuation, number=9, what="x", made_by=cast.board_member).save(force_insert=True)


@pytest.mark.parametrize("column", ["area_id", "reference", "added_by_id"])
def test_what_a_valuation_is_of_is_never_changed(
    column: str, valuation: Valuation, other_area: Any, cast: Any, as_: Any
) -> None:
    told = {"area_id": other_area.pk, "reference": "VA-0000000", "added_by_id": cast.analyst.pk}
    with as_(cast.commissioner), pytest.raises(DatabaseError), transaction.atomic():
        Valuation.objects.filter(pk=valuation.pk).update(**{column: told[column]})


@pytest.mark.parametrize("kind", [Version, PriceIndex])
def test_versions_and_releases_are_only_ever_added(kind: Any, all_of_it: None, cast: Any, as_: Any) -> None:
    for change in (lambda: kind.objects.all().delete(), lambda: kind.objects.update(created_at=None)):
        with as_(cast.commissioner), pytest.raises(DatabaseError), transaction.atomic():
            change()
