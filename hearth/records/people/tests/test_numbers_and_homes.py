"""Numbers of other services, and homes: what is checked, what warns, and what two homes or an earlier one do to each other."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.facts.actions import add_identifier, correct_address, move_home, verify_identifier
from hearth.records.people.facts.queries import homes_of, numbers_of
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Identifier
from hearth.records.people.restrictions.actions import place_restriction


@pytest.fixture
def nhs():
    """A number of the invented range with the right check digit."""
    from stdnum.gb import nhs as library

    return next(number for number in (f"9990000{tail:03}" for tail in range(10, 99)) if library.is_valid(number))


@pytest.fixture
def far_dean(cast, other_area, as_, nhs):
    """Dean, on record in another district, with a number."""
    by = cast.other_family_worker
    with as_(by):
        far = open_family(by=by, name="Moss", area=other_area)
        dean = add_person(by=by, family=far, role="parent", given_name="Dean", family_name="Moss")
        add_identifier(by=by, person=dean, kind="nhs", value=nhs)
    return dean


def test_a_number_says_who_gave_it_and_against_what_it_was_checked_and_by_whom(worker, ashworths, nhs, fresh, cast):
    jake = ashworths["Jake"]
    address = f"/people/{jake.reference}"
    added = {"kind": "nhs", "value": f" {nhs[:3]}-{nhs[3:6]} {nhs[6:]}", "source": "His mother"}
    assert worker.post(f"{address}/numbers/add/", added).status_code == 302
    page = worker.get(f"{address}/").content.decode()
    assert f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}" in page and "from His mother" in page and "It was checked" in page
    assert worker.post(f"{address}/numbers/1/check/", {"against": ""}).status_code == 422
    assert worker.post(f"{address}/numbers/1/check/", {"against": "The red book"}).status_code == 302
    page = worker.get(f"{address}/").content.decode()
    assert "checked against The red book by Joanne Pickup" in page and "It was checked<" not in page
    assert worker.post(f"{address}/numbers/1/check/", {"against": "Again"}).status_code == 403
    assert worker.get(f"{address}/numbers/2/check/").status_code == 404


def test_a_number_that_fails_its_check_cannot_be_said_to_be_right(ashworths, cast, as_):
    with as_(cast.family_worker):
        row = add_identifier(by=cast.family_worker, person=ashworths["Jake"], kind="upn", value="A801200005001")
        assert row.flag
        with pytest.raises(Refused, match="Something is wrong with this number"):
            verify_identifier(by=cast.family_worker, person=ashworths["Jake"], identifier=row, against="A letter")


@pytest.mark.parametrize(
    ("value", "said"), [("B801200005001", False), ("M80120000500A", True), ("X80120000500A", False)]
)
def test_a_temporary_pupil_number_is_told_from_a_lasting_one(value, said, ashworths, cast, as_):
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=ashworths["Jake"], kind="upn", value=value)
        [number] = numbers_of(cast.family_worker, ashworths["Jake"])
    assert ("temporary" in number.kind) == said


def test_the_same_number_on_two_records_warns_until_they_are_linked(worker, ashworths, nhs, cast, as_):
    jake, mia = ashworths["Jake"], ashworths["Mia"]
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=mia, kind="nhs", value=nhs)
    said = worker.post(f"/people/{jake.reference}/numbers/add/", {"kind": "nhs", "value": nhs}, follow=True)
    assert "Mia Ashworth has the same number: look at both records" in said.content.decode()
    for one, other in ((jake, mia), (mia, jake)):
        page = worker.get(f"/people/{one.reference}/").content.decode()
        assert "On two records" in page and other.reference in page
    with as_(cast.manager):
        link_people(by=cast.manager, person=jake, other=mia, why="One child.")
    assert "On two records" not in worker.get(f"/people/{jake.reference}/").content.decode()


def test_a_number_on_a_record_that_cannot_be_opened_warns_the_council_names_nobody_and_tells_a_partner_nothing(
    ashworths, nhs, far_dean, family, cast, as_, as_client
):
    jake = ashworths["Jake"]
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=jake, kind="nhs", value=nhs)
        [number] = numbers_of(cast.family_worker, jake)
    assert number.elsewhere and number.others == ()
    page = as_client(cast.family_worker).get(f"/people/{jake.reference}/").content.decode()
    assert "Another record, which you cannot open, has the same number" in page
    assert far_dean.reference not in page and "Dean" not in page
    from hearth.records.people.access.actions import give_access

    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=cast.practitioner, why="team_around_family")
    with as_(cast.practitioner):
        assert not numbers_of(cast.practitioner, jake)[0].elsewhere


def test_a_restricted_record_with_the_same_number_is_never_hinted_at(ashworths, nhs, far_dean, cast, as_):
    jake = ashworths["Jake"]
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=jake, kind="nhs", value=nhs)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=far_dean.reference, reason="A refuge.")
    with as_(cast.family_worker):
        [number] = numbers_of(cast.family_worker, jake)
    assert not number.elsewhere and number.others == ()


def test_somebody_who_may_not_open_a_record_gets_nothing_from_the_databases_own_function(ashworths, nhs, cast, as_):
    from django.db import connection

    with as_(cast.family_worker):
        for person in (ashworths["Jake"], ashworths["Mia"]):
            add_identifier(by=cast.family_worker, person=person, kind="nhs", value=nhs)
    with as_(cast.other_family_worker), connection.cursor() as cursor:
        cursor.execute("select * from hearth_numbers_elsewhere(%s)", [ashworths["Jake"].id])
        assert cursor.fetchall() == []
        assert not Identifier.objects.exists()


# --- homes ---


@pytest.fixture
def home(cast, as_):
    """`home(jake, "4 Tanner Street", from_on=...)` records a home as the family's worker."""

    def make(person, address, **more):
        with as_(cast.family_worker):
            [row] = move_home(by=cast.family_worker, people=[person], address=address, **more)
        return row

    return make


def _days(person, cast, as_):
    with as_(cast.family_worker):
        return {row.lines: (row.from_on, row.until_on) for row in homes_of(person)}


def test_a_move_ends_the_home_before_on_the_day_it_begins(ashworths, home, cast, as_):
    jake, moved = ashworths["Jake"], clock.today() - dt.timedelta(days=20)
    home(jake, "4 Tanner Street")
    home(jake, "9 Mill Lane", from_on=moved)
    assert _days(jake, cast, as_) == {"4 Tanner Street": (None, moved), "9 Mill Lane": (moved, None)}


def test_a_child_of_two_homes_lives_at_both(ashworths, family, home, cast, as_, worker):
    jake = ashworths["Jake"]
    home(jake, "4 Tanner Street")
    home(jake, "9 Mill Lane", only_home=False)
    assert [until for _, until in _days(jake, cast, as_).values()] == [None, None]
    page = worker.get(f"/families/{family.reference}/people/").content.decode()
    assert "9 Mill Lane; and 4 Tanner Street" in page


def test_an_earlier_home_leaves_the_one_of_now_alone(ashworths, home, cast, as_):
    jake, before = ashworths["Jake"], clock.today() - dt.timedelta(days=900)
    now = clock.today() - dt.timedelta(days=400)
    home(jake, "4 Tanner Street", from_on=now)
    home(jake, "1 Old Row", from_on=before, until_on=now)
    assert _days(jake, cast, as_) == {"4 Tanner Street": (now, None), "1 Old Row": (before, now)}


def test_an_only_home_that_began_before_one_on_record_is_refused_with_what_to_say_instead(ashworths, home, cast, as_):
    jake, now = ashworths["Jake"], clock.today() - dt.timedelta(days=10)
    home(jake, "4 Tanner Street", postcode="BB11 1AA", from_on=now)
    with pytest.raises(Refused, match="On record is a later home, BB11 1AA"):
        home(jake, "1 Old Row", from_on=now - dt.timedelta(days=300))
    with pytest.raises(Refused, match="must not be before the first"):
        home(jake, "1 Old Row", from_on=now, until_on=now - dt.timedelta(days=1))
    assert _days(jake, cast, as_) == {"4 Tanner Street": (now, None)}


@pytest.mark.parametrize("how", ["only", "both", "before"])
def test_the_page_records_a_home_of_now_a_second_one_and_one_of_the_past(
    how, ashworths, home, worker, cast, as_, seen_on
):
    jake, day = ashworths["Jake"], clock.today() - dt.timedelta(days=5)
    home(jake, "4 Tanner Street", from_on=day - dt.timedelta(days=50))
    typed = {"lines": "9 Mill Lane", "postcode": "", "uprn": "", "from_on": str(day - dt.timedelta(9)), "how": how}
    typed |= {"until_on": str(day)} if how == "before" else {}
    path = f"/people/{jake.reference}/move/"
    response = worker.post(path, typed | {"seen": seen_on(worker, path)})
    assert response.status_code == 302, response.content.decode()
    kept = _days(jake, cast, as_)
    assert (kept["4 Tanner Street"][1] is not None) == (how == "only")
    assert (kept["9 Mill Lane"][1] is not None) == (how == "before")


@pytest.mark.parametrize("typed", ["12x", "1234567890123", "0", "-12", "1.5", "١٢٣", "UPRN 100"])
def test_a_property_number_that_is_none_is_refused_and_nothing_is_kept(typed, ashworths, cast, as_):
    by, jake = cast.family_worker, ashworths["Jake"]
    with as_(by):
        with pytest.raises(Refused, match="1 to 12 figures") as refused:
            move_home(by=by, people=[jake], address="4 Tanner Street", postcode="BB11 1AA", uprn=typed)
        assert refused.value.refusal.code == "people.uprn"
        assert homes_of(jake) == []


def test_a_property_number_is_kept_without_spaces_and_leading_noughts_and_a_correction_is_held_to_the_same(
    ashworths, cast, as_
):
    by, jake = cast.family_worker, ashworths["Jake"]
    with as_(by):
        (home,) = move_home(by=by, people=[jake], address="4 Tanner Street", uprn=" 000 100 012 345")
        assert home.uprn == "100012345"
        said = {"lines": "4 Tanner Street", "postcode": "", "from_on": None, "until_on": None}
        with pytest.raises(Refused, match="1 to 12 figures"):
            correct_address(by=by, address=home, uprn="none", **said)
        correct_address(by=by, address=home, uprn="", **said)
        home.refresh_from_db()
        assert home.uprn == ""
