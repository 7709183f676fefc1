"""Closing, reopening and moving a case."""

import datetime as dt

import pytest

from hearth.casework.cases import queries
from hearth.casework.cases.actions import close_case, move_family, name_lead, open_case, reopen_case
from hearth.casework.cases.models import Case, DueItem, TeamMember
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.areas import District
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access

CLOSED = {"reason": "outcomes_met", "outcome": "most_met", "family_view": "Mornings are calm now."}


def closed(by, case, **changed):
    return close_case(by=by, case=case, **{**CLOSED, **changed})


def test_a_case_closes_with_its_reason_outcome_and_the_familys_view(cast, case, as_):
    with as_(cast.family_worker):
        closed(cast.family_worker, case, closing_words="Six visits and a parenting course.")
        found = Case.objects.get(pk=case.pk)
    assert (found.stage, found.closure_reason, found.closure_outcome) == ("closed", "outcomes_met", "most_met")
    assert (found.family_view, found.closing_words) == ("Mornings are calm now.", "Six visits and a parenting course.")
    assert found.closed_on == clock.today()


def test_a_case_does_not_close_without_the_familys_view_where_the_reason_asks_for_it(cast, case, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="Write what the family says"):
        closed(cast.family_worker, case, family_view=" \n ")


def test_why_the_family_could_not_be_asked_takes_the_place_of_their_view(cast, case, as_):
    with as_(cast.family_worker):
        closed(cast.family_worker, case, family_view="", family_view_missing_because="moved_away")
        assert Case.objects.get(pk=case.pk).family_view_missing_because == "moved_away"


def test_a_reason_that_needs_no_view_closes_without_one(cast, case, as_):
    with as_(cast.family_worker):
        closed(cast.family_worker, case, reason="stepped_up", family_view="")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": "nonsense"}, "Choose why the case is closing"),
        ({"reason": ""}, "Choose why the case is closing"),
        ({"outcome": "nonsense"}, "Choose what came of the work"),
        ({"family_view": "", "family_view_missing_because": "nonsense"}, "could not be asked"),
    ],
)
def test_only_the_packs_own_words_close_a_case(cast, case, as_, changed, sentence):
    with as_(cast.family_worker), pytest.raises(Refused, match=sentence):
        closed(cast.family_worker, case, **changed)


def test_a_case_closes_once(cast, case, as_):
    with as_(cast.family_worker):
        closed(cast.family_worker, case)
        with pytest.raises(Refused, match="closed already"):
            closed(cast.family_worker, case)


def test_two_people_who_close_at_once_close_it_once(cast, case, as_):
    with as_(cast.family_worker):
        stale = Case.objects.get(pk=case.pk)
        closed(cast.family_worker, case)
        with pytest.raises(Refused, match="closed already"):
            closed(cast.family_worker, stale, reason="moved_away")
        assert Case.objects.get(pk=case.pk).closure_reason == "outcomes_met"


def test_only_the_lead_or_a_manager_of_the_area_closes(cast, case, as_):
    with as_(cast.development_officer), pytest.raises(Refused, match="Only the lead practitioner or a manager"):
        closed(cast.development_officer, case)
    with as_(cast.manager):
        closed(cast.manager, case)


def test_after_closing_only_the_area_and_for_a_time_the_lead_can_open_it(cast, case, as_):
    from hearth.casework.cases.actions import join_team

    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
        closed(cast.family_worker, case)
    seen = {}
    for who in (
        "family_worker",
        "manager",
        "front_door_officer",
        "development_officer",
        "other_family_worker",
        "other_manager",
    ):
        with as_(getattr(cast, who)):
            seen[who] = Case.objects.filter(pk=case.pk).exists()
    assert seen == {
        "family_worker": True,
        "manager": True,
        "front_door_officer": True,
        "development_officer": False,
        "other_family_worker": False,
        "other_manager": False,
    }
    with as_(cast.manager):
        row = Access.objects.get(family=case.family, user=cast.family_worker, why="lead_after_closing", ended_at=None)
    assert row.until_at.date() <= clock.today() + dt.timedelta(days=pack().access.lead_practitioner_days)


def test_nothing_is_due_for_a_closed_case(cast, case, as_):
    with as_(cast.family_worker):
        DueItem(case=case, family=case.family, kind="review", what="Review", due_on=clock.today()).save()
        closed(cast.family_worker, case)
        assert not DueItem.objects.filter(case=case, done_at=None).exists()
        assert Case.objects.get(pk=case.pk).next_due_on is None


def test_reopening_opens_a_case_that_follows_with_the_same_lead(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        closed(by, case)
        following = reopen_case(by=by, case=case, because="same_need")
        following = Case.objects.get(pk=following.pk)
        assert (following.reopened_from_id, following.lead, following.opened_because) == (case.pk, by, "same_need")
        assert Case.objects.get(pk=case.pk).stage == "closed"
        assert TeamMember.objects.filter(case=following, is_lead=True, user=by).exists()


def test_reopening_after_the_lead_has_gone_leaves_naming_one_as_the_first_thing_due(cast, case, as_):
    with as_(cast.manager):
        closed(cast.manager, case)
        User.objects.filter(pk=cast.family_worker.pk).update(is_active=False)
        following = reopen_case(by=cast.manager, case=case, because="new_need")
        assert Case.objects.get(pk=following.pk).lead is None
        assert DueItem.objects.filter(case=following, kind="lead_practitioner", done_at=None).exists()


def test_a_reason_that_the_pack_does_not_have_reopens_nothing(cast, case, as_):
    with as_(cast.family_worker):
        closed(cast.family_worker, case)
        with pytest.raises(Refused, match="Choose why the case is opened again"):
            reopen_case(by=cast.family_worker, case=case, because="nonsense")


def test_an_open_case_and_one_that_is_not_the_latest_cannot_be_reopened(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        with pytest.raises(Refused, match="open already"):
            reopen_case(by=by, case=case, because="same_need")
        closed(by, case)
        following = reopen_case(by=by, case=case, because="same_need")
        with pytest.raises(Refused, match="another open case"):
            reopen_case(by=by, case=case, because="same_need")
        closed(by, following)
        with pytest.raises(Refused, match="later case"):
            reopen_case(by=by, case=case, because="same_need")


def test_moving_a_family_moves_its_case_and_who_may_open_it(cast, case, as_, other_area):
    with as_(cast.manager):
        move_family(by=cast.manager, case=case, area=other_area)
        assert Case.objects.get(pk=case.pk).area == other_area
        assert Case.objects.get(pk=case.pk).family.area == other_area
    seen = {}
    for who in ("other_manager", "other_front_door_officer", "front_door_officer", "family_worker", "manager"):
        with as_(getattr(cast, who)):
            seen[who] = Case.objects.filter(pk=case.pk).exists()
    # The lead stays in the team, and the mover has seven days to hand over.
    assert seen == {
        "other_manager": True,
        "other_front_door_officer": True,
        "front_door_officer": False,
        "family_worker": True,
        "manager": True,
    }
    with as_(cast.other_manager):
        assert DueItem.objects.filter(case=case, kind="moved", done_at=None).exists()


def test_only_who_allocates_in_the_area_moves_a_family_and_only_to_an_open_district(cast, case, as_, area, other_area):
    with as_(cast.family_worker), pytest.raises(Refused, match="Only a manager or the front door"):
        move_family(by=cast.family_worker, case=case, area=other_area)
    locality = Area.objects.filter(children__isnull=False).first()
    with as_(cast.manager):
        with pytest.raises(Refused, match="already"):
            move_family(by=cast.manager, case=case, area=area)
        if locality is not None:
            with pytest.raises(Refused, match="Choose a district"):
                move_family(by=cast.manager, case=case, area=locality)
        closed(cast.manager, case)
        with pytest.raises(Refused, match="closed"):
            move_family(by=cast.manager, case=case, area=other_area)


def test_a_family_cannot_be_moved_to_a_district_where_early_help_has_not_begun(
    cast, case, as_, other_area, monkeypatch
):
    monkeypatch.setattr(District, "is_live", lambda district, on: district.code != other_area.code)
    with as_(cast.manager):
        assert other_area not in queries.districts(cast.manager, case)
        with pytest.raises(Refused, match="has not begun"):
            move_family(by=cast.manager, case=case, area=other_area)


def test_a_case_without_a_lead_says_that_one_must_be_named(cast, family, as_):
    with as_(cast.manager):
        case = open_case(by=cast.manager, family=family, because="assessment")
        assert case.next_due_what == "Name a lead practitioner"
        name_lead(by=cast.manager, case=case, lead=cast.family_worker)
        assert not DueItem.objects.filter(case=case, kind="lead_practitioner", done_at=None).exists()
