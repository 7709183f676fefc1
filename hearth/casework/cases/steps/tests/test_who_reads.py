"""Who sees a step and opens its pack, asked through the product and straight at the database."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.casework.cases.models import Case
from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.actions import decline_step_up
from hearth.casework.cases.steps.freezing import digest_of
from hearth.casework.cases.steps.models import BasisCheck, CareStep, FrozenItem, Status
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.foundation.core import clock
from hearth.records.people.models import Access, Family, Person
from tests.security.test_spine import EVERYBODY, MAY_OPEN

HUB = "safeguarding_hub_social_worker"


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_step_up_is_seen_by_the_familys_own_and_by_the_hub(who: str, up: CareStep, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        bare = [model.objects.exists() for model in (CareStep, BasisCheck, FrozenItem)]
        asked = [model.objects.visible_to(user).exists() for model in (CareStep, BasisCheck, FrozenItem)]
    assert bare == asked == [who in {*MAY_OPEN, HUB}] * 3


def test_the_hub_sees_what_was_sent_and_nothing_else_of_the_family(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        assert [step.reference for step in queries.waiting_step_ups(hub).rows] == [up.reference]
        assert [item.title for item in queries.items_of(hub, up)] == ["The people of the family", "Home visit"]
        for model in (Family, Case, Person):
            assert not model.objects.exists()


def test_after_declining_the_hub_opens_the_pack_no_more(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        decline_step_up(by=hub, step=up, decline_reason="threshold_not_met", answer="Carry on.")
        assert queries.step_of(hub, up.reference).status == Status.DECLINED
        assert queries.items_of(hub, up) == [] and not FrozenItem.objects.exists()
    with as_(cast.family_worker):
        assert len(queries.items_of(cast.family_worker, up)) == 2


def test_the_pack_is_to_the_letter_what_was_sent(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        items = queries.items_of(hub, up)
        assert queries.is_whole(queries.step_of(hub, up.reference), items)
        items[1].html += " "
        assert not queries.is_whole(up, items)
        assert not queries.is_whole(up, queries.items_of(hub, up)[:1])


def _refused(statement: str, *values: Any) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


@pytest.mark.parametrize("who", ["family_worker", HUB])
def test_neither_side_can_change_or_remove_what_travelled(who: str, up: CareStep, cast: Any, as_: Any) -> None:
    with as_(getattr(cast, who)):
        for table in ("steps_frozenitem", "steps_basischeck", "steps_receipt"):
            _refused(f"update {table} set id = id")  # noqa: S608 - names of ours
            _refused(f"delete from {table}")  # noqa: S608 - names of ours
        _refused("delete from steps_carestep")
        for column in ("words", "pack_sha256", "family_name", "reason"):
            _refused(f"update steps_carestep set {column} = 'x'")  # noqa: S608 - names of ours
        _refused("update steps_carestep set pack_items = 99")


def test_nothing_is_added_to_a_pack_that_was_sent(up: CareStep, cast: Any, as_: Any) -> None:
    for who in ("family_worker", HUB):
        with as_(getattr(cast, who)), pytest.raises(ProgrammingError), transaction.atomic():
            FrozenItem(
                step=up,
                number=3,
                kind="note",
                title="Late",
                data={},
                html="",
                sha256=digest_of("note", "Late", "", {}),
                basis="consent",
            ).save(force_insert=True)


@pytest.mark.parametrize("who", ["family_worker", "manager", "front_door_officer"])
def test_nobody_answers_for_the_hub_in_the_database_either(who: str, up: CareStep, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        for decider in (user.pk, cast.safeguarding_hub_social_worker.pk):
            _refused("update steps_carestep set status = 'accepted', decided_by_id = %s, decided_at = now()", decider)


def test_the_hub_opens_a_family_to_itself_only_by_accepting(up: CareStep, cast: Any, as_: Any) -> None:
    hub, other = cast.safeguarding_hub_social_worker, cast.other_manager

    def opening(user: Any, basis: Any) -> Access:
        return Access(family=Family(pk=up.family_id), user=user, why="step_up", basis=basis, from_at=clock.now())

    with as_(hub):
        for user, basis in ((hub, up.pk), (hub, None), (other, up.pk)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                opening(user, basis).save(force_insert=True)


def test_having_accepted_it_opens_the_family_to_nobody_else(accepted: CareStep, cast: Any, as_: Any) -> None:
    for who in ("other_manager", "practitioner", "elected_member"):
        user = getattr(cast, who)
        with as_(user), pytest.raises(ProgrammingError), transaction.atomic():
            Access(
                family=Family(pk=accepted.family_id), user=user, why="step_up", basis=accepted.pk, from_at=clock.now()
            ).save(force_insert=True)


@pytest.mark.parametrize("who", ["practitioner", "other_manager", "elected_member", HUB])
def test_nobody_asks_for_a_family_they_may_not_open(who: str, case: Any, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user), pytest.raises(ProgrammingError), transaction.atomic():
        CareStep(
            reference="SU-4F7K3QX",
            direction="up",
            case=case,
            family_id=case.family_id,
            family_name="x",
            case_reference=case.reference,
            case_stage=case.stage,
            area=case.area,
            reason="needs_not_met",
            words="x",
            requested_by=user,
            answer_by_on=clock.today(),
            pack_sha256="x",
        ).save(force_insert=True)


def test_a_declined_hub_worker_is_not_let_in_by_accepting_afterwards(up: CareStep, cast: Any, as_: Any) -> None:
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        decline_step_up(by=hub, step=up, decline_reason="threshold_not_met", answer="Carry on.")
        with connection.cursor() as cursor:
            cursor.execute("update steps_carestep set status = 'accepted' where id = %s", [up.pk])
            assert cursor.rowcount == 0
    assert AGREED.kind == "consent"
