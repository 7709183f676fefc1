"""A district adds its own targets to the authority's: who, from when, why; and they stand on the scorecard from their quarter on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.oversight.performance.agreements import actions, queries
from hearth.oversight.performance.agreements.rules import may_be_aimed_for
from hearth.oversight.performance.models import LocalTarget, LocalTargetEvent
from hearth.oversight.performance.quarters import Quarter
from hearth.oversight.performance.queries import aim_of, local_targets

NOW = dt.date(2026, 11, 2)
THIS, NEXT = dt.date(2026, 10, 1), dt.date(2027, 1, 1)
WHY = "Many move here in the autumn; the sub-group agreed it."


@pytest.fixture
def set_one(cast: Any, area: Any, as_: Any) -> Callable[..., LocalTarget]:
    """`set_one()` sets 98% of requests in time from this quarter on, as the district's development officer."""

    def make(by: Any = None, **told: Any) -> LocalTarget:
        by = by or cast.development_officer
        said = {"area": area, "measure": "requests_decided_in_time", "from_on": THIS, "figure": 98, "why": WHY} | told
        with clock.frozen(NOW), as_(by):
            return actions.set_local_target(by=by, **said)

    return make


def test_it_stands_in_place_of_the_authoritys_from_its_quarter_on(set_one: Any, cast: Any, as_: Any, area: Any, other_area: Any) -> None:  # fmt: skip
    set_one()
    set_one(from_on=NEXT, figure=99)
    measure = pack().measures.measure("requests_decided_in_time")
    assert measure is not None
    with as_(cast.board_member):
        targets = local_targets(cast.board_member)
    days = [dt.date(2026, 7, 1), THIS, NEXT, dt.date(2028, 1, 1)]
    here = [aim_of(measure, Quarter(day), area.code, targets) for day in days]
    assert [(aim.figure, aim.is_local) for aim in here if aim] == [(95, False), (98, True), (99, True), (99, True)]
    there = [aim_of(measure, Quarter(day), other_area.code, targets) for day in days]
    assert {(aim.figure, aim.is_local) for aim in there if aim} == {(95, False)}


def test_the_page_shows_both_with_who_set_it_and_why(set_one: Any, cast: Any, as_client: Any, area: Any) -> None:
    set_one()
    with clock.frozen(NOW):
        page = (
            as_client(cast.elected_member).get(reverse("service_level_agreement"), {"area": area.code}).content.decode()
        )
    assert "95%" in page and "98%" in page and WHY in page and cast.development_officer.full_name in page
    assert "October to December 2026" in page and reverse("set_local_target", args=[area.code]) not in page


def test_a_change_keeps_what_it_was_and_two_at_once_see_each_other(set_one: Any, cast: Any, as_: Any) -> None:
    target, by = set_one(), cast.development_officer
    with clock.frozen(NOW), as_(by):
        seen = queries.as_set(target)["seen"]
        actions.change_local_target(by=by, target=target, figure=97, why="Two are ill.", seen=seen)
        with pytest.raises(Conflict):
            actions.change_local_target(by=by, target=target, figure=96, why="Three are ill.", seen=seen)
        kept = LocalTargetEvent.objects.filter(pgh_obj_id=target.pk).order_by("pgh_id")
        assert [(each.figure, each.why) for each in kept] == [(98, WHY), (97, "Two are ill.")]


def test_once_its_first_quarter_is_over_it_stays_what_was_aimed_for(set_one: Any, cast: Any, as_: Any) -> None:
    target, by = set_one(), cast.development_officer
    with clock.frozen(dt.date(2026, 12, 31)), as_(by):
        actions.change_local_target(by=by, target=target, figure=97, why="The last day.")
    with clock.frozen(dt.date(2027, 1, 1)), as_(by), pytest.raises(Refused, match="first quarter is over"):
        actions.change_local_target(by=by, target=target, figure=50, why="It looks better.")


def test_set_twice_it_is_done_once_and_another_of_that_quarter_is_refused(set_one: Any) -> None:
    assert set_one() == set_one()
    with pytest.raises(Refused, match="one from that quarter already"):
        set_one(figure=97)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"measure": "nothing"}, "more or less is better"),
        ({"measure": "cases_opened"}, "more or less is better"),
        ({"from_on": dt.date(2026, 7, 1)}, "Choose the quarter"),
        ({"from_on": dt.date(2026, 10, 2)}, "Choose the quarter"),
        ({"from_on": dt.date(2028, 1, 1)}, "Choose the quarter"),
        ({"figure": 101}, "a percentage from 1 to 100"),
        ({"figure": 0}, "a percentage from 1 to 100"),
        ({"measure": "wait_for_plan", "figure": 0}, "a number of days from 1"),
        ({"why": "  "}, "Write which local need"),
    ],
)
def test_what_cannot_be_aimed_for_is_refused_with_a_sentence(told: dict[str, Any], sentence: str, set_one: Any) -> None:
    with pytest.raises(Refused, match=sentence):
        set_one(**told)


SET = {"development_officer", "senior_development_officer", "strategic_lead"}
READ = {"manager", "commissioner", "analyst", "board_member", "elected_member", "quality_auditor"}
NOT = {"practitioner", "family_worker", "front_door_officer", "provider", "administrator", "information_governance"}


@pytest.mark.parametrize("who", sorted(SET | READ | NOT))
def test_who_sets_and_who_reads(who: str, set_one: Any, cast: Any, as_: Any, as_client: Any, area: Any) -> None:
    set_one()
    user, client = getattr(cast, who), as_client(getattr(cast, who))
    with clock.frozen(NOW):
        assert client.get(reverse("service_level_agreement")).status_code == (403 if who in NOT else 200)
        path = reverse("change_local_target", args=[area.code, "requests_decided_in_time", THIS.isoformat()])
        for address in (reverse("set_local_target", args=[area.code]), path):
            assert client.get(address).status_code == (
                200 if who in SET else 404 if who in NOT and address == path else 403
            )
    with as_(user):
        rows = list(LocalTarget.objects.visible_to(user))
        assert rows == list(LocalTarget.objects.all()) and bool(rows) == (who not in NOT)
    if who not in SET:
        with pytest.raises(Refused):
            set_one(by=user, from_on=NEXT)
        told = {"measure": "wait_for_plan", "area": area, "from_on": THIS, "figure": 9, "why": WHY}
        with as_(user), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            LocalTarget(set_by=user, **told).save(force_insert=True)


def test_a_development_officer_sets_none_for_another_district(
    set_one: Any, cast: Any, other_area: Any, as_client: Any
) -> None:
    with pytest.raises(Refused, match=f"development officer of {other_area.name}"):
        set_one(area=other_area)
    client = as_client(cast.development_officer)
    assert client.get(reverse("set_local_target", args=[other_area.code])).status_code == 403
    assert client.get(reverse("set_local_target", args=["nowhere"])).status_code == 404


def test_what_says_how_much_there_is_has_no_target() -> None:
    assert not [
        each.code for each in pack().measures.measures if may_be_aimed_for(each) and each.direction == "neither"
    ]
