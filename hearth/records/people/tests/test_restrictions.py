"""Restricted people and families: hidden everywhere, opened only by name and for a time, and looks told to the desk."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui.filters import short_day
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.models import Family, Person, RestrictedAccess, RestrictedSearch, Restriction
from hearth.records.people.restrictions.actions import (
    end_restricted_access,
    grant_restricted_access,
    lift_restriction,
    place_restriction,
)
from hearth.records.people.restrictions.queries import (
    could_open,
    governed,
    lifted_restrictions,
    restriction_of,
    restrictions,
)
from hearth.records.people.search.queries import Wanted, find_people


@pytest.fixture
def ig(cast):
    """Who governs restrictions."""
    return cast.information_governance


@pytest.fixture
def restrict(ig, as_):
    """Restrict a record."""

    def make(record):
        with as_(ig):
            return place_restriction(by=ig, reference=record.reference, reason="A refuge.")

    return make


@pytest.fixture
def name_them(ig, as_):
    """Put somebody on the list."""

    def make(restriction, record, user, days=10):
        with as_(ig):
            return grant_restricted_access(
                by=ig, restriction=restriction, reference=record.reference, user=user, reason="Her worker.",
                until_on=clock.today() + dt.timedelta(days=days),
            )  # fmt: skip

    return make


def sees(user, person, as_):
    """By the bare policy and by visible_to, which must agree."""
    with as_(user):
        bare = Person.objects.filter(pk=person.pk).exists()
        asked = Person.objects.visible_to(user).filter(pk=person.pk).exists()
    assert bare == asked
    return bare


def test_a_restricted_child_is_gone_for_everybody_even_the_lead_and_comes_back_for_whoever_is_named(
    ashworths, restrict, name_them, ig, cast, as_
):
    mia = ashworths["Mia"]
    row = restrict(mia)
    for user in (cast.family_worker, cast.manager, cast.county_manager, cast.front_door_officer, ig):
        assert not sees(user, mia, as_)
    name_them(row, mia, cast.family_worker)
    assert sees(cast.family_worker, mia, as_)
    assert not sees(cast.manager, mia, as_)
    with as_(ig):
        end_restricted_access(by=ig, restriction=row, reference=mia.reference, user=cast.family_worker)
    assert not sees(cast.family_worker, mia, as_)


def test_being_named_opens_nothing_that_one_could_not_open_otherwise(ashworths, restrict, name_them, cast, as_):
    row = restrict(ashworths["Mia"])
    name_them(row, ashworths["Mia"], cast.other_family_worker)
    assert not sees(cast.other_family_worker, ashworths["Mia"], as_)


def test_a_restricted_family_is_closed_to_all_but_those_named_and_opened_again_when_lifted(
    family, restrict, name_them, ig, cast, as_
):
    row = restrict(family)

    def opens(user):
        with as_(user):
            return (
                Family.objects.filter(pk=family.pk).exists()
                and Family.objects.visible_to(user).filter(pk=family.pk).exists()
            )

    assert not opens(cast.family_worker) and not opens(cast.manager)
    name_them(row, family, cast.family_worker)
    assert opens(cast.family_worker) and not opens(cast.manager)
    with as_(ig):
        lift_restriction(by=ig, restriction=row, reference=family.reference, reason="They have moved.")
    assert opens(cast.manager)


def test_a_grant_that_has_run_out_opens_nothing(ashworths, restrict, name_them, cast, as_, ig):
    row = restrict(ashworths["Mia"])
    given = name_them(row, ashworths["Mia"], cast.family_worker)
    with as_(ig):
        RestrictedAccess.objects.filter(pk=given.pk).update(until_at=clock.now() - dt.timedelta(minutes=1))
    assert not sees(cast.family_worker, ashworths["Mia"], as_)


@pytest.mark.parametrize(("days", "fine"), [(0, True), (90, True), (91, False), (-1, False)])
def test_a_grant_ends_within_the_packs_days(ashworths, restrict, name_them, cast, days, fine):
    row = restrict(ashworths["Mia"])
    if fine:
        assert name_them(row, ashworths["Mia"], cast.family_worker, days).until_at
    else:
        with pytest.raises(Refused, match="90 days"):
            name_them(row, ashworths["Mia"], cast.family_worker, days)


def test_nobody_names_themselves(ashworths, restrict, name_them, ig):
    row = restrict(ashworths["Mia"])
    with pytest.raises(Refused, match="Somebody else"):
        name_them(row, ashworths["Mia"], ig)


@pytest.mark.parametrize(
    "role", ["family_worker", "manager", "safeguarding_hub_social_worker", "administrator", "elected_member"]
)
def test_nobody_else_restricts_reads_the_list_or_learns_a_name(role, ashworths, restrict, cast, as_):
    row, user = restrict(ashworths["Mia"]), getattr(cast, role)
    with as_(user):
        with pytest.raises(Refused, match="Information governance"):
            place_restriction(by=user, reference=ashworths["Jake"].reference, reason="x")
        assert not Restriction.objects.exists()
        assert governed(user, ashworths["Jake"].reference) is None
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_could_open(%s)", [row.id])
            assert cursor.fetchone() == (0,)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Restriction(person=ashworths["Jake"], reason="x", placed_by=user).save(force_insert=True)


def test_governance_sees_what_is_restricted_by_name_and_who_could_open_it_before(
    ashworths, restrict, name_them, ig, cast, as_
):
    row = restrict(ashworths["Mia"])
    with as_(ig):
        [(listed, named)] = restrictions(ig)
        assert (listed, named.name, named.reference) == (row, "Mia Ashworth", ashworths["Mia"].reference)
        assert could_open(ig, row) == [cast.family_worker]
    name_them(row, ashworths["Mia"], cast.family_worker)
    with as_(ig):
        assert could_open(ig, row) == []
        assert restriction_of(ig, ashworths["Mia"].reference)[0] == row


def test_a_record_is_restricted_once_and_lifted_once_for_a_reason(ashworths, restrict, ig, cast, as_):
    row, lift = restrict(ashworths["Mia"]), {"reference": ashworths["Mia"].reference, "reason": "He is in prison."}
    with pytest.raises(Refused, match="restricted already"):
        restrict(ashworths["Mia"])
    with as_(cast.manager), pytest.raises(Refused, match="Information governance restricts"):
        lift_restriction(by=cast.manager, restriction=row, **lift)
    with as_(ig):
        with pytest.raises(Refused, match="Say why it may be opened again"):
            lift_restriction(by=ig, restriction=row, **lift | {"reason": " "})
        lift_restriction(by=ig, restriction=row, **lift)
        with pytest.raises(Refused, match="lifted already"):
            lift_restriction(by=ig, restriction=row, **lift)
        event = AuditEvent.objects.get(verb="people.restriction_lifted")
        assert (event.actor_id, event.subject, event.detail) == (ig.id, ashworths["Mia"].reference, {})
        [lifted] = lifted_restrictions(ig).rows
        assert (lifted.named.name, lifted.reason, lifted.lifted_because) == (
            "Mia Ashworth",
            "A refuge.",
            "He is in prison.",
        )
    with as_(cast.manager), pytest.raises(Refused, match="Information governance restricts"):
        lifted_restrictions(cast.manager)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted("Mia Ashworth"), True),
        (Wanted("ashworth mia", PartialDate(2019)), True),
        (Wanted("Mia Ashworth", PartialDate(1970)), False),
        (Wanted("Mia"), False),
        (Wanted("Ashworth"), False),
        (Wanted("Jake Ashworth"), False),
    ],
    ids=str,
)
def test_a_search_that_would_have_met_her_finds_nobody_and_is_told_to_the_desk_once(
    wanted, told, ashworths, restrict, cast, as_
):
    restrict(ashworths["Mia"])
    for user in (cast.manager, cast.other_manager):
        with as_(user):
            for _ in range(2):
                assert ashworths["Mia"] not in find_people(user, wanted).rows
    with as_(cast.safeguarding_hub_social_worker):
        assert RestrictedSearch.objects.count() == (2 if told else 0)


def test_searching_by_her_reference_is_told_too(ashworths, restrict, cast, as_):
    restrict(ashworths["Mia"])
    with as_(cast.manager):
        assert find_people(cast.manager, Wanted(ashworths["Mia"].reference)).rows == []
    with as_(cast.information_governance):
        assert RestrictedSearch.objects.get().searched_by_id == cast.manager.id


def test_the_pages_of_governance_place_name_and_lift(ashworths, family, cast, as_client, as_):
    client, mia = as_client(cast.information_governance), ashworths["Mia"].reference
    last = clock.today() + dt.timedelta(days=5)
    assert client.post("/restrictions/place/", {"reference": "PE-3333333", "reason": "x"}).status_code == 403
    assert client.post("/restrictions/place/", {"reference": mia, "reason": ""}).status_code == 422
    sent = {"reference": mia.lower(), "reason": "A refuge."}
    asked = client.post("/restrictions/place/", sent)
    assert "Is this Mia Ashworth, of the Ashworth family (nobody leads)?" in asked.content.decode()
    with as_(cast.information_governance):
        assert not Restriction.objects.exists(), "nothing is restricted before that is answered"
    another = client.post("/restrictions/place/", sent | {"reference": family.reference, "meant": mia})
    assert "Is this the Ashworth family (3 people, nobody leads)?" in another.content.decode()
    assert "There is a problem" not in another.content.decode()
    placed = client.post("/restrictions/place/", sent | {"meant": mia})
    assert placed["Location"] == f"/restrictions/{mia}/"
    page = client.get(f"/restrictions/{mia}/").content.decode()
    assert "Joanne Pickup" in page and "Nobody may open this record" in page
    assert "Joanne Pickup" in client.get(f"/restrictions/{mia}/grant/").content.decode()
    body = {
        "email": cast.family_worker.email,
        "reason": "Her worker.",
        "until_on-day": last.day,
        "until_on-month": last.month,
        "until_on-year": last.year,
    }
    assert client.post(f"/restrictions/{mia}/grant/", body | {"email": "nobody@example.org"}).status_code == 403
    assert client.post(f"/restrictions/{mia}/grant/", body).status_code == 302
    assert as_client(cast.family_worker).get(f"/people/{mia}/").status_code == 200
    for address in (f"/restrictions/{mia}/", "/restrictions/"):
        assert short_day(last) in client.get(address).content.decode(), "the last day, not the midnight after it"
    assert client.post(f"/restrictions/{mia}/end/", {"email": cast.family_worker.email}).status_code == 302
    assert as_client(cast.family_worker).get(f"/people/{mia}/").status_code == 404
    assert client.get("/restrictions/").status_code == 200
    assert client.get(f"/restrictions/{mia}/end/").status_code == 404
    assert client.post(f"/restrictions/{mia}/lift/", {"sure": "yes"}).status_code == 422
    assert client.post(f"/restrictions/{mia}/lift/", {"sure": "yes", "reason": "It is over."}).status_code == 302
    assert "It is over." in client.get("/restrictions/").content.decode()
    assert as_client(cast.family_worker).get(f"/people/{mia}/").status_code == 200


def test_what_was_lifted_before_is_told_where_a_record_is_restricted_again(ashworths, restrict, cast, as_, as_client):
    mia, ig = ashworths["Mia"], cast.information_governance
    row = restrict(mia)
    with as_(ig):
        lift_restriction(by=ig, restriction=row, reference=mia.reference, reason="He is in prison.")
    restrict(ashworths["Jake"])
    restrict(mia)
    client = as_client(ig)
    assert "He is in prison." in client.get(f"/restrictions/{mia.reference}/").content.decode()
    assert "Restricted before" not in client.get(f"/restrictions/{ashworths['Jake'].reference}/").content.decode()


def test_the_lead_practitioner_is_named_before_a_family_is_restricted(case, family, cast, as_client):
    sent = {"reference": family.reference, "reason": "A refuge."}
    page = as_client(cast.information_governance).post("/restrictions/place/", sent).content.decode()
    assert "Is this the Ashworth family (3 people, lead Joanne Pickup)?" in page


@pytest.mark.parametrize("role", ["manager", "family_worker"])
def test_whose_record_it_is_is_told_to_governance_alone(role, case, family, cast, as_):
    with as_(getattr(cast, role)), connection.cursor() as cursor:
        cursor.execute("select families, people, lead from hearth_governed_home(%s)", [family.reference])
        assert cursor.fetchone() == (None, 0, None)


def test_the_safeguarding_desk_reads_who_looked_and_marks_it_read(ashworths, restrict, cast, as_client, as_):
    restrict(ashworths["Mia"])
    as_client(cast.manager).get("/people/find/?words=Mia+Ashworth")
    desk = as_client(cast.safeguarding_hub_social_worker)
    page = desk.get("/restrictions/searches/").content.decode()
    assert "Yvonne Barlow" in page and "Mia Ashworth" in page and "New" in page
    assert desk.post("/restrictions/searches/read/").status_code == 302
    assert "Read by Claire Whitworth" in desk.get("/restrictions/searches/").content.decode()
    for role in ("manager", "family_worker", "elected_member"):
        assert as_client(getattr(cast, role)).get("/restrictions/searches/").status_code == 403
        assert as_client(getattr(cast, role)).post("/restrictions/searches/read/").status_code == 403


def test_the_trail_of_the_family_tells_nobody_that_a_restricted_person_is_there(
    ashworths, family, restrict, ig, cast, as_, as_client
):
    mia, address = ashworths["Mia"], f"/families/{family.reference}/who-looked/"
    client = as_client(cast.manager)
    client.get(f"/people/{mia.reference}/")
    assert mia.reference in client.get(address).content.decode()
    restrict(mia)
    page = client.get(address).content.decode()
    assert "Family opened" in page and mia.reference not in page
    assert mia.reference in as_client(ig).get(address).content.decode()
    with as_(cast.front_door_officer):
        assert not AuditEvent.objects.filter(subject=mia.reference).exists(), "nor through what was done"
    with as_(ig):
        assert AuditEvent.objects.filter(subject=mia.reference, verb="people.person_added").exists()
