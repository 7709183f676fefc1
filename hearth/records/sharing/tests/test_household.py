"""Access follows the household: who moves in, is born, leaves, comes of age; at once, whichever page or import changed it."""

import datetime as dt

import pytest
from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.actions import add_person, change_membership, change_person, open_family
from hearth.records.people.facts.actions import move_home
from hearth.records.people.links.actions import link_people, undo_link
from hearth.records.people.models import Access, Membership
from hearth.records.people.queries import timeline_entries as people_entries
from hearth.records.sharing.actions import record_consent
from hearth.records.sharing.ages import PARENTAL
from hearth.records.sharing.models import Consent
from hearth.records.sharing.queries import basis_for
from hearth.records.sharing.tests.conftest import sees

JAKE_IS_CHILD = dt.date(
    2033, 9, 13
)  # the last day on which his mother decides for him: the first of the two to grow up
MIA_IS_CHILD = dt.date(2037, 1, 29)


def until(row, as_, cast):
    """The last day of an access row, in London; None where it has none."""
    with as_(cast.county_manager):
        row.refresh_from_db()
    return clock.in_london(row.until_at).date() - dt.timedelta(days=1) if row.until_at else None


def test_whoever_moves_in_is_asked_within_four_weeks_and_until_then_nothing_more_is_opened(
    cast, family, school, kelly, agree, join, as_
):
    agree(family, school, kelly)
    row = join(cast.practitioner)
    with as_(cast.practitioner):
        lee = add_person(by=cast.practitioner, family=family, role="partner", given_name="Lee", family_name="Marsh")
    assert sees(cast.practitioner, family, as_), "whoever writes down a newcomer does not lose the family by it"
    assert until(row, as_, cast) == clock.today() + dt.timedelta(days=28)
    with as_(cast.family_worker):
        assert "Lee Marsh" in basis_for(family, school).sentence, "nobody else of theirs is let in meanwhile"
    agree(family, school, lee, who_decided="adult", people=[lee])
    assert until(row, as_, cast) == JAKE_IS_CHILD


def test_a_newcomer_who_says_no_ends_access_at_once(cast, family, school, kelly, agree, join, as_):
    agree(family, school, kelly)
    join(cast.practitioner)
    with as_(cast.family_worker):
        lee = add_person(by=cast.family_worker, family=family, role="partner", given_name="Lee", family_name="Marsh")
    agree(family, school, lee, who_decided="adult", people=[lee], decision="refused")
    assert not sees(cast.practitioner, family, as_)


def test_four_weeks_after_a_birth_that_nobody_was_asked_about_access_is_over(
    cast, family, school, kelly, agree, join, as_
):
    with as_(cast.family_worker):
        baby = add_person(by=cast.family_worker, family=family, role="child", birth_precision="expected")
    agree(family, school, kelly)
    row = join(cast.practitioner)
    assert until(row, as_, cast) == JAKE_IS_CHILD, "an unborn child is nobody's to share yet"
    with as_(cast.family_worker):
        Consent.objects.update(created_at=clock.now() - dt.timedelta(days=90))
        born = {"given_name": "Ada", "born_on": clock.today(), "birth_precision": "full"}
        change_person(by=cast.family_worker, person=baby, seen_version=baby.version, **born)
    assert until(row, as_, cast) == clock.today() + dt.timedelta(days=28)


def test_when_the_only_one_who_was_not_asked_leaves_the_home_access_is_whole_again(
    cast, family, school, kelly, agree, join, as_
):
    agree(family, school, kelly)
    row = join(cast.practitioner)
    with as_(cast.family_worker):
        lee = add_person(by=cast.family_worker, family=family, role="partner", given_name="Lee", family_name="Marsh")
        assert until(row, as_, cast) == clock.today() + dt.timedelta(days=28)
        change_membership(by=cast.family_worker, membership=lee.memberships.get(), role="partner", lives_here=False)
    assert until(row, as_, cast) == JAKE_IS_CHILD


def test_when_nobody_who_agreed_is_left_in_the_home_access_ends(cast, family, school, kelly, jake, agree, join, as_):
    agree(family, school, kelly)
    join(cast.practitioner)
    with as_(cast.family_worker):
        for member in Membership.objects.filter(family=family):
            change_membership(by=cast.family_worker, membership=member, role=member.role, lives_here=False)
    assert not sees(cast.practitioner, family, as_)


def test_what_a_parent_agreed_to_for_a_child_ends_on_the_eighteenth_birthday(
    cast, family, school, kelly, jake, agree, join, as_
):
    agree(family, school, kelly)
    row = join(cast.practitioner)
    turns = clock.today() + dt.timedelta(days=40)
    with as_(cast.family_worker):
        change_person(
            by=cast.family_worker, person=jake, seen_version=jake.version, born_on=turns.replace(year=turns.year - 18)
        )
    assert until(row, as_, cast) == turns - dt.timedelta(days=1)
    with as_(cast.family_worker), connection.cursor() as cursor:
        for day, kinds in ((turns - dt.timedelta(days=1), ["consent"]), (turns, [])):
            cursor.execute("select kind from hearth_basis(%s, %s, 'early_help', %s)", [family.id, school.id, day])
            assert [found for (found,) in cursor.fetchall()] == kinds
    agree(family, school, jake, who_decided="young_person", people=[jake])
    assert until(row, as_, cast) == MIA_IS_CHILD, "what he decided himself goes on"


def test_what_is_missing_says_that_a_child_has_come_of_age(cast, family, school, kelly, jake, agree, as_):
    agree(family, school, kelly, from_on=clock.today() - dt.timedelta(days=30))
    was_18 = clock.today() - dt.timedelta(days=3)
    with as_(cast.family_worker):
        change_person(
            by=cast.family_worker, person=jake, seen_version=jake.version, born_on=was_18.replace(year=was_18.year - 18)
        )
        said = basis_for(family, school).sentence
    assert "Jake Ashworth" in said and "18" in said and "Mia" not in said


def test_every_packs_right_by_parental_responsibility_ends_at_eighteen():
    from pathlib import Path

    from hearth.foundation.core.packs.load import load_pack

    for place in ("lancashire", "stockton", "essex"):
        rights = load_pack(Path("practice") / place).sharing.who_decides
        assert {right.code for right in rights if right.needs_parental_responsibility} == set(PARENTAL)


def test_writing_an_agreement_for_something_else_ends_nobodys_own_family(cast, area, school, agreed, as_):
    with as_(cast.practitioner):
        own = open_family(by=cast.practitioner, name="Moss", area=area)
        add_person(by=cast.practitioner, family=own, role="parent", given_name="Anna", family_name="Moss")
    agreed(school, purposes=["look_up"])
    assert sees(cast.practitioner, own, as_)
    with as_(cast.practitioner):
        assert until(Access.objects.get(user=cast.practitioner), as_, cast) == clock.today() + dt.timedelta(days=29)


@pytest.fixture
def linked(cast, area, jake, as_):
    """Jake's second record, in his father's family: `linked()` links the two as the district's manager."""
    by = cast.manager
    with as_(by):
        holts = open_family(by=by, name="Holt", area=area)
        other = add_person(by=by, family=holts, role="child", given_name="Jacob", family_name="Holt")
        move_home(by=by, people=[other], address="9 Mill Lane", postcode="BB11 1AA", from_on=dt.date(2025, 3, 1))

    def make():
        with as_(by):
            return link_people(by=by, person=jake, other=other, why="The same NHS number.")

    make.other, make.family = other, holts
    return make


def test_linking_to_a_record_whose_father_said_no_ends_access_at_once_and_undoing_lets_us_share_again(
    cast, family, school, kelly, agree, join, linked, as_
):
    agree(family, school, kelly)
    join(cast.practitioner)
    with as_(cast.manager):
        record_consent(
            by=cast.manager, family=linked.family, organisations=[school], people=[linked.other], decision="refused",
            who_decided="parent", decider_name="Dean Holt", recorded_how="spoken",
        )  # fmt: skip
    assert sees(cast.practitioner, family, as_)
    link = linked()
    assert not sees(cast.practitioner, family, as_)
    with as_(cast.manager):
        assert isinstance(basis_for(family, school), Refusal)
        undo_link(by=cast.manager, link=link, why="Two boys.")
        assert basis_for(family, school).kind == "consent"
    assert not sees(cast.practitioner, family, as_), (
        "what ended is given again by somebody, never by a link or its undoing"
    )


def test_a_link_never_opens_the_other_family_to_a_partner(cast, family, school, kelly, agree, join, linked, as_):
    agree(family, school, kelly)
    join(cast.practitioner)
    linked()
    assert sees(cast.practitioner, family, as_)
    assert not sees(cast.practitioner, linked.family, as_)
    with as_(cast.practitioner):
        told = [entry.title for entry in people_entries(cast.practitioner, family)]
    assert not any("Holt" in title or "BB11 1AA" in title for title in told)


def test_the_chronology_tells_what_is_on_the_linked_record_until_the_link_is_undone(cast, family, linked, as_):
    def titles():
        with as_(cast.manager):
            return [entry.title for entry in people_entries(cast.manager, family)]

    assert not any("Holt" in title for title in titles())
    link = linked()
    told = titles()
    assert "Jacob Holt moved to BB11 1AA" in told
    assert f"Jacob Holt ({linked.other.reference}) was put on record in the Holt family" in told
    with as_(cast.manager):
        undo_link(by=cast.manager, link=link, why="Two boys.")
    assert not any("moved to BB11 1AA" in title or "in the Holt family" in title for title in titles())
