"""Two records of one person are linked and unlinked; no record changes, and nobody sees more than before."""

import pytest
from django.db import transaction
from django.db.utils import Error

from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.links.actions import link_people, undo_link
from hearth.records.people.links.queries import linked_records, links_of, timeline_entries
from hearth.records.people.models import Link, Membership, Person
from hearth.records.people.restrictions.actions import lift_restriction, place_restriction


@pytest.fixture
def jake(family, cast, as_):
    """Jake in his mother's family."""
    with as_(cast.manager):
        return Person.objects.get(given_name="Jake", memberships__family=family)


@pytest.fixture
def other_jake(cast, area, as_):
    """Jacob, the same boy, on record with his father's family in the same district."""
    with as_(cast.family_worker):
        father = open_family(by=cast.family_worker, name="Holt", area=area)
        return add_person(by=cast.family_worker, family=father, role="child", given_name="Jacob", family_name="Holt")


@pytest.fixture
def far_jake(cast, other_area, as_):
    """A third record of him, in another district."""
    with as_(cast.other_family_worker):
        far = open_family(by=cast.other_family_worker, name="Moss", area=other_area)
        return add_person(by=cast.other_family_worker, family=far, role="child", given_name="J", family_name="Moss")


@pytest.fixture
def link(cast, as_):
    """Link two records as somebody (the district's manager)."""

    def make(one, other, by=None):
        user = by or cast.manager
        with as_(user):
            return link_people(by=user, person=one, other=other, why="The same NHS number.")

    return make


def test_linking_gives_both_records_one_cluster_and_changes_nothing_else(jake, other_jake, link, cast, as_):
    before = (jake.full_name, jake.version, other_jake.full_name, other_jake.version)
    link(jake, other_jake)
    with as_(cast.manager):
        jake.refresh_from_db()
        other_jake.refresh_from_db()
        assert jake.cluster_id == other_jake.cluster_id
        assert before == (jake.full_name, jake.version, other_jake.full_name, other_jake.version)
        assert linked_records(cast.manager, jake) == [other_jake]


def test_undoing_gives_each_its_own_cluster_again(jake, other_jake, link, cast, as_):
    made = link(jake, other_jake)
    with as_(cast.manager):
        undo_link(by=cast.manager, link=made, why="Two boys.")
        jake.refresh_from_db()
        other_jake.refresh_from_db()
        assert jake.cluster_id == jake.id
        assert other_jake.cluster_id == other_jake.id
        assert linked_records(cast.manager, jake) == []
        assert links_of(cast.manager, jake) == []


def test_three_records_make_one_cluster_and_undoing_one_link_leaves_the_other_two_together(
    jake, other_jake, far_jake, link, cast, as_
):
    first = link(jake, other_jake)
    link(other_jake, far_jake, by=cast.county_manager)
    with as_(cast.county_manager):
        rows = Person.objects.in_bulk([jake.id, other_jake.id, far_jake.id])
        assert len({row.cluster_id for row in rows.values()}) == 1
        undo_link(by=cast.county_manager, link=first, why="Two boys.")
        rows = Person.objects.in_bulk([jake.id, other_jake.id, far_jake.id])
    assert rows[other_jake.id].cluster_id == rows[far_jake.id].cluster_id
    assert rows[jake.id].cluster_id == jake.id


def test_a_link_opens_nothing_to_anybody(jake, far_jake, link, cast, as_):
    link(jake, far_jake, by=cast.county_manager)
    with as_(cast.manager):
        assert not Person.objects.filter(pk=far_jake.pk).exists()
        assert linked_records(cast.manager, jake) == []
        assert links_of(cast.manager, jake) == []
        assert not Link.objects.exists(), "not even that there is a link"
    with as_(cast.other_family_worker):
        assert not Person.objects.filter(pk=jake.pk).exists()


def test_linking_to_a_restricted_record_hides_both_and_undoing_shows_the_free_one_again(
    jake, other_jake, link, cast, as_
):
    made = link(jake, other_jake)
    ig = cast.information_governance
    with as_(ig):
        restriction = place_restriction(by=ig, reference=other_jake.reference, reason="A refuge.")
    for user in (cast.manager, cast.family_worker):
        with as_(user):
            assert not Person.objects.filter(pk__in=[jake.pk, other_jake.pk]).exists()
            assert not Membership.objects.filter(person_id=jake.pk).exists()
    with as_(ig):
        lift_restriction(by=ig, restriction=restriction, reference=other_jake.reference, reason="It is over.")
    with as_(cast.manager):
        assert Person.objects.filter(pk__in=[jake.pk, other_jake.pk]).count() == 2
        undo_link(by=cast.manager, link=made, why="Two boys.")
    with as_(ig):
        place_restriction(by=ig, reference=other_jake.reference, reason="A refuge.")
    with as_(cast.manager):
        assert list(Person.objects.filter(pk__in=[jake.pk, other_jake.pk])) == [jake]


def test_a_link_and_its_undoing_are_told_in_the_chronology_of_both_families(jake, other_jake, link, cast, family, as_):
    made = link(jake, other_jake)
    with as_(cast.manager):
        undo_link(by=cast.manager, link=made, why="Two boys.")
        for one in (family, other_jake.memberships.get().family):
            titles = [entry.title for entry in timeline_entries(cast.manager, one)]
            assert len(titles) == 2
            assert "linked" in titles[0] and "undone" in titles[1]


@pytest.mark.parametrize("role", ["family_worker", "practitioner", "elected_member", "administrator"])
def test_only_those_who_hold_the_permission_link(jake, other_jake, cast, as_, role):
    user = getattr(cast, role)
    with as_(user):
        with pytest.raises(Refused, match="front door officer or a manager"):
            link_people(by=user, person=jake, other=other_jake, why="I think so.")
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Link(one=jake, other=other_jake, why="x", made_by=user).save(force_insert=True)


def test_a_record_that_cannot_be_opened_cannot_be_linked(jake, far_jake, cast, as_):
    with as_(cast.manager):
        from hearth.records.people.links.queries import record_to_link

        assert record_to_link(cast.manager, far_jake.reference) is None
        with pytest.raises(Refused, match="You can open no record"):
            link_people(by=cast.manager, person=jake, other=None, why="x")
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Link(one=jake, other=far_jake, why="x", made_by=cast.manager).save(force_insert=True)


def test_the_same_two_are_linked_once_and_nobody_to_themselves(jake, other_jake, link, cast, as_):
    link(jake, other_jake)
    with as_(cast.manager):
        jake.refresh_from_db()
        other_jake.refresh_from_db()
    with as_(cast.manager), pytest.raises(Refused, match="linked already"):
        link_people(by=cast.manager, person=jake, other=other_jake, why="Again.")
    with as_(cast.manager), pytest.raises(Refused, match="same record"):
        link_people(by=cast.manager, person=jake, other=jake, why="Again.")
