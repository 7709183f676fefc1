"""A refusal: nobody learns from it of somebody who is hidden from them, nor the refused organisation in whose words it came."""

import datetime as dt

import pytest
from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import add_person
from hearth.records.people.models import Restriction
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction
from hearth.records.sharing.actions import settle_disagreement
from hearth.records.sharing.models import Consent
from hearth.records.sharing.queries import basis_for, timeline_entries

WORDS = "I do not want the school to know."


@pytest.fixture
def dean(family, cast, as_):
    """The father, who lives elsewhere."""
    with as_(cast.family_worker):
        return add_person(by=cast.family_worker, family=family, role="parent", given_name="Dean", lives_here=False)


@pytest.fixture
def refused(family, school, kelly, jake, dean, agree):
    """Kelly agreed, and Dean said no about Jake."""
    agree(family, school, kelly)
    return agree(family, school, dean, people=[jake], decision="refused", words=WORDS)[0]


def told(reader, family):
    """What the chronology says of sharing."""
    with acting_as(reader):
        return " | ".join(entry.title for entry in timeline_entries(reader, family))


@pytest.fixture
def sharing(family, as_client):
    """The page, as somebody."""
    return lambda reader: as_client(reader).get(f"/families/{family.reference}/sharing/").content.decode()


def restrict(cast, dean):
    """Information governance hides him from everybody who is not on his list."""
    by = cast.information_governance
    with acting_as(by):
        place_restriction(by=by, reference=dean.reference, reason="A refuge.")


def test_what_a_restricted_person_decided_is_hidden_with_them_and_still_holds(
    family, school, dean, refused, cast, sharing
):
    assert WORDS in sharing(cast.family_worker) and "said no" in told(cast.family_worker, family)
    restrict(cast, dean)
    for reader in (cast.family_worker, cast.manager):
        page = sharing(reader)
        assert WORDS not in page and "Dean" not in page and "Says no" not in page and "Said no" not in page
        assert "said no" not in told(reader, family)
        with acting_as(reader):
            assert not Consent.objects.filter(pk=refused.pk).exists()
            assert not Consent.objects.visible_to(reader).filter(pk=refused.pk).exists()
            assert basis_for(family, school).code.startswith("sharing.")
        assert page.count("Not shared") == 1


def test_whoever_is_on_the_list_reads_it(family, dean, refused, cast, sharing):
    restrict(cast, dean)
    by = cast.information_governance
    with acting_as(by):
        grant_restricted_access(
            by=by, restriction=Restriction.objects.get(), reference=dean.reference, user=cast.family_worker,
            reason="Works with them", until_on=clock.today() + dt.timedelta(days=30),
        )  # fmt: skip
    assert WORDS in sharing(cast.family_worker)


def test_the_history_of_it_is_hidden_too(refused, dean, cast):
    restrict(cast, dean)
    with acting_as(cast.family_worker), connection.cursor() as cursor:
        cursor.execute("select count(*) from sharing_consentevent where pgh_obj_id = %s", [refused.pk])
        assert cursor.fetchone() == (0,)


def test_an_organisation_that_is_refused_is_not_told_in_whose_words(
    family, trust, jake, kelly, dean, agree, agreed, join, cast, sharing
):
    agreed(trust)
    join(cast.health_visitor)
    agree(family, trust, kelly, people=[kelly], decision="refused", words=WORDS)
    page = sharing(cast.family_worker)
    assert WORDS in page
    theirs = sharing(cast.health_visitor)
    assert WORDS not in theirs


def test_where_an_officer_decided_it_says_so_and_what_to_do_next(family, school, jake, refused, cast, sharing):
    with acting_as(cast.front_door_officer):
        settle_disagreement(
            by=cast.front_door_officer,
            family=family,
            person=jake,
            organisation=school,
            shares=True,
            reason="His interest.",
        )
    page = sharing(cast.family_worker)
    assert f"{cast.front_door_officer.full_name} decided</strong>" in page
    assert "The family agreed</strong>" not in page
    assert "add whoever is to help to the team" in page
    assert f"Decided where two disagree: we share with {school.name} (Jake)" in told(cast.family_worker, family)


def test_a_disagreement_stands_on_the_desk_of_those_who_decide_until_it_is_decided(
    family, school, jake, kelly, dean, agree, refused, cast, as_client
):
    address = f"/families/{family.reference}/sharing/disagreements/{refused.reference}/"
    deciding, others = (
        (cast.front_door_officer, cast.manager),
        (cast.family_worker, cast.other_manager, cast.practitioner),
    )
    assert all(address in as_client(one).get("/").content.decode() for one in deciding)
    assert not any(address in as_client(one).get("/").content.decode() for one in others)
    assert "1 disagreement about sharing to decide" in as_client(cast.manager).get("/").content.decode()
    with acting_as(cast.manager):
        settle_disagreement(
            by=cast.manager, family=family, person=jake, organisation=school, shares=False, reason="His."
        )
    assert address not in as_client(cast.manager).get("/").content.decode()
    again = agree(family, school, dean, people=[jake], decision="refused")[0]
    assert again.reference in as_client(cast.manager).get("/").content.decode()
    agree(family, school, dean, people=[jake])
    assert "disagreement" not in as_client(cast.manager).get("/").content.decode()
