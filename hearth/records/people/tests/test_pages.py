"""The pages of people over HTTP: the right person, the wrong person, and bad input."""

import datetime as dt
import re

import pytest

from hearth.foundation.core import clock
from hearth.records.people.actions import add_person
from hearth.records.people.facts.actions import add_identifier, add_name, move_home, record_relationship
from hearth.records.people.models import (
    Address,
    Identifier,
    Membership,
    MissingAnswer,
    Person,
    PersonName,
    Relationship,
)

NEW = {
    "given_name": "Dean", "family_name": "Ashworth", "birth_known": "known", "born-day": "", "born-month": "3", "born-year": "1988",
    "role": "parent", "lives_here": "no", "sex": "M", "ethnicity": "WBRI", "phone": "01632 960 777", "postcode": "bb11 1aa",
    "address": "9 Mill Lane, Burnley", "nhs_number": "999 123 4560", "kin_0": "ours:former_partner", "kin_1": "ours:father",
    "responsible_1": "yes", "responsible_0": "", "responsible_2": "", "kin_2": "",
}  # fmt: skip


def pages(family, people):
    """Every page about the Ashworths, by address."""
    kelly, jake = people["Kelly"].reference, people["Jake"].reference
    return [
        f"/families/{family.reference}/people/", f"/families/{family.reference}/people/add/", f"/families/{family.reference}/people/join/",
        f"/families/{family.reference}/name/", f"/families/{family.reference}/tree/", f"/families/{family.reference}/tree/father/",
        f"/families/{family.reference}/people/{jake}/", f"/families/{family.reference}/people/{jake}/left/",
        f"/people/{jake}/", f"/people/{jake}/change/", f"/people/{jake}/move/", f"/people/{jake}/names/add/",
        f"/people/{jake}/numbers/add/", f"/people/{jake}/relationships/add/", f"/people/{jake}/relationships/{kelly}/mother/end/",
        f"/people/{jake}/addresses/1/",
    ]  # fmt: skip


@pytest.fixture
def everything(family, ashworths, cast, as_):
    """An address and a relationship, so that every page has something to show."""
    by = cast.family_worker
    with as_(by):
        move_home(by=by, people=list(ashworths.values()), address="4 Tanner Street", postcode="BB11 1AA", uprn="000123")
        record_relationship(
            by=by, person=ashworths["Kelly"], other=ashworths["Jake"], kind="mother", parental_responsibility=True
        )
        add_name(by=by, person=ashworths["Jake"], kind="alias", given_name="Jakey", family_name="A")
        add_identifier(by=by, person=ashworths["Jake"], kind="upn", value="B801200005002")
    return ashworths


def test_the_worker_opens_every_page_and_each_opening_of_a_record_is_a_look(worker, family, everything, cast, as_):
    for address in pages(family, everything):
        assert worker.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "role",
    [
        "other_family_worker",
        "other_front_door_officer",
        "practitioner",
        "health_visitor",
        "elected_member",
        "administrator",
        "information_governance",
    ],
)
def test_whoever_may_not_open_the_family_is_told_nothing_on_any_page_by_get_or_post(
    role, family, everything, cast, as_client
):
    client = as_client(getattr(cast, role))
    before = {model: model.objects.count() for model in (Person, Membership)}
    for address in pages(family, everything):
        for method in (client.get, client.post):
            response = method(address, NEW)
            assert response.status_code == 404, address
            assert "Ashworth" not in response.content.decode(), address
    assert before == {model: model.objects.count() for model in (Person, Membership)}


def test_a_person_is_added_with_every_fact_on_one_page(worker, family, ashworths, cast, as_):
    page = worker.get(f"/families/{family.reference}/people/add/")
    order = re.findall(r'for="id_(kin_\d)"[^>]*>\s*([\w ]+)', page.content.decode())
    assert [name.split()[0] for _, name in order] == ["Kelly", "Jake", "Mia"]
    response = worker.post(f"/families/{family.reference}/people/add/", NEW)
    assert response.status_code == 302, response.content.decode()
    with as_(cast.family_worker):
        dean = Person.objects.get(given_name="Dean")
        assert (dean.born_on, dean.birth_precision, dean.ethnicity) == (dt.date(1988, 3, 1), "month", "WBRI")
        assert Membership.objects.get(person=dean).lives_here is False
        assert Address.objects.get(person=dean).postcode == "BB11 1AA"
        number = Identifier.objects.get(person=dean)
        assert (number.value, number.flag != "") == ("9991234560", True), "a wrong check digit is flagged and kept"
        ties = {
            (row.kind, row.other.given_name, row.parental_responsibility)
            for row in Relationship.objects.filter(person=dean)
        }
    assert ties == {("former_partner", "Kelly", None), ("father", "Jake", True)}


def test_an_unborn_child_needs_no_name_and_a_partial_date_is_kept_as_partial(worker, family, ashworths, cast, as_):
    due = clock.today() + dt.timedelta(days=60)
    response = worker.post(
        f"/families/{family.reference}/people/add/",
        {"birth_known": "expected", "expected_on-day": due.day, "expected_on-month": due.month, "expected_on-year": due.year,
         "role": "child", "lives_here": "yes", "sex": "U", "ethnicity": "NOBT", "kin_0": "theirs:mother"},
    )  # fmt: skip
    assert response.status_code == 302, response.content.decode()
    with as_(cast.family_worker):
        baby = Person.objects.get(birth_precision="expected")
        assert baby.born_on == due
        assert Relationship.objects.get(other=baby).person == ashworths["Kelly"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"given_name": "", "family_name": ""}, "Enter a first or a last name"),
        ({"given_name": "x" * 101}, "First name must be 100 characters or fewer"),
        ({"born-year": "2999", "born-month": ""}, "must have a year of 4 figures"),
        ({"born-year": "2090", "born-month": ""}, "must be today or in the past"),
        ({"born-month": "13"}, "must have a month from 1 to 12"),
        ({"postcode": "not one"}, "Enter a postcode in full"),
        ({"uprn": "12x"}, "1 to 12 figures"),
        ({"role": "king"}, "Choose who they are in this family"),
        ({"sex": "X"}, "Choose a sex, or not known"),
        ({"disabilities": ["NONE", "LD"]}, "alone, or take its tick away"),
        ({"kin_0": "ours:emperor"}, "Choose"),
        ({"email": "nobody"}, "name@example.org"),
        ({"died_on-day": "1", "died_on-month": "1", "died_on-year": "1970"}, "nor before the birth"),
    ],
    ids=str,
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_typed_is_lost(wrong, sentence, worker, family, ashworths):
    response = worker.post(
        f"/families/{family.reference}/people/add/", NEW | {"safe_to_contact": "text only <b>"} | wrong
    )
    page = response.content.decode()
    assert response.status_code in (403, 422)
    assert sentence in page
    assert "text only &lt;b&gt;" in page
    again = worker.get(f"/families/{family.reference}/people/add/").content.decode()
    assert "text only &lt;b&gt;" in again, "the typing is kept as a draft"


def test_html_and_direction_overrides_in_a_name_are_shown_as_plain_text(worker, family, ashworths, cast, as_):
    worker.post(
        f"/families/{family.reference}/people/add/",
        NEW | {"given_name": "<script>alert(1)</script>", "family_name": "\u202eevil"},
    )
    page = worker.get(f"/families/{family.reference}/people/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    with as_(cast.family_worker):
        assert Person.objects.get(given_name__startswith="<script>").family_name == "evil"


def test_two_people_change_one_record_and_the_second_sees_both_texts(worker, family, ashworths, cast, as_client, fresh):
    jake = ashworths["Jake"]
    first = {"given_name": "Jake", "family_name": "Ashworth-Holt", "birth_known": "known", "born-day": "14", "born-month": "9",
             "born-year": "2015", "sex": "M", "ethnicity": "WBRI", "seen_version": "1", "first_language": ""}  # fmt: skip
    assert as_client(cast.manager).post(f"/people/{jake.reference}/change/", first).status_code == 302
    response = worker.post(f"/people/{jake.reference}/change/", first | {"family_name": "Holt", "sex": "U"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ashworth-Holt" in page and "Holt" in page
    assert "Not known or not stated" in page, "choices are compared in words"
    assert fresh(jake).family_name == "Ashworth-Holt", "nothing was overwritten"
    version = re.search(r"<input[^>]*seen_version[^>]*>", page)[0].split('value="')[1].split('"')[0]
    assert (
        worker.post(
            f"/people/{jake.reference}/change/", first | {"family_name": "Holt", "seen_version": version}
        ).status_code
        == 302
    )
    assert fresh(jake).family_name == "Holt"


def test_moving_home_takes_the_children_along_and_keeps_the_home_before(worker, family, everything, cast, as_, seen_on):
    kelly, jake = everything["Kelly"], everything["Jake"]
    path = f"/people/{kelly.reference}/move/"
    typed = {"lines": "1 New Road", "postcode": "BB12 6AB", "how": "only", "with_them": [jake.reference]}
    response = worker.post(path, typed | {"seen": seen_on(worker, path)})
    assert response.status_code == 302
    with as_(cast.family_worker):
        for person, homes in ((kelly, 2), (jake, 2), (everything["Mia"], 1)):
            rows = list(Address.objects.filter(person=person).order_by("created_at"))
            assert len(rows) == homes
            assert rows[-1].until_on is None
        assert Address.objects.filter(person=jake).order_by("created_at").first().until_on is not None


def test_names_and_numbers_are_added_and_taken_away(worker, family, everything, cast, as_):
    jake = everything["Jake"].reference
    assert (
        worker.post(
            f"/people/{jake}/names/add/", {"kind": "former", "given_name": "Jacob", "family_name": "Holt"}
        ).status_code
        == 302
    )
    assert (
        worker.post(
            f"/people/{jake}/names/add/", {"kind": "former", "given_name": "JACOB", "family_name": "holt"}
        ).status_code
        == 403
    )
    assert worker.post(f"/people/{jake}/numbers/add/", {"kind": "nhs", "value": "943 476 5919"}).status_code == 302
    with as_(cast.family_worker):
        assert Identifier.objects.get(kind="nhs").flag == ""
        name, number = PersonName.objects.get(given_name="Jacob"), Identifier.objects.get(kind="upn")
        assert "check digit" in number.flag
    assert worker.post(f"/people/{jake}/names/remove/", {"name": str(name.id)}).status_code == 302
    assert worker.post(f"/people/{jake}/names/remove/", {"name": str(name.id)}).status_code == 404
    assert (
        worker.post(f"/people/{everything['Mia'].reference}/numbers/remove/", {"number": str(number.id)}).status_code
        == 404
    )
    assert worker.get(f"/people/{jake}/names/remove/").status_code == 404


def test_a_child_of_two_homes_belongs_to_both_families(worker, family, ashworths, area, cast, as_):
    from hearth.records.people.actions import open_family

    with as_(cast.family_worker):
        other = open_family(by=cast.family_worker, name="Holt", area=area)
    body = {"reference": ashworths["Jake"].reference.lower(), "role": "child", "lives_here": "yes"}
    assert worker.post(f"/families/{other.reference}/people/join/", body).status_code == 302
    again = worker.post(f"/families/{other.reference}/people/join/", body)
    assert again.status_code == 403
    assert "in this family already" in again.content.decode()
    unknown = worker.post(f"/families/{other.reference}/people/join/", body | {"reference": "PE-3333333"})
    assert "You can open no record with that reference" in unknown.content.decode()
    assert "Holt" in worker.get(f"/people/{ashworths['Jake'].reference}/").content.decode()


def test_typing_about_one_person_is_not_shown_where_another_was_asked_for(
    worker, ashworths, as_client, cast, area, as_
):
    from hearth.records.people.actions import open_family

    with as_(cast.family_worker):
        other = open_family(by=cast.family_worker, name="Holt", area=area)
    jake, mia, kelly = (ashworths[name].reference for name in ("Jake", "Mia", "Kelly"))
    for client, path, name in (
        (worker, f"/families/{other.reference}/people/join/?person=", "reference"),
        (as_client(cast.front_door_officer), f"/people/{kelly}/link/?other=", "other"),
    ):
        assert client.post(f"{path}{jake}", {name: jake, "draft_form": jake}).status_code == 422
        assert f'value="{mia}"' in client.get(f"{path}{mia}").content.decode()
        assert f'value="{jake}"' in client.get(f"{path}{jake}").content.decode()


def test_somebody_leaves_but_never_the_last_one(worker, family, ashworths, cast, as_):
    today = clock.today()
    day = {"until_on-day": today.day, "until_on-month": today.month, "until_on-year": today.year}
    for name, status in (("Mia", 302), ("Jake", 302), ("Kelly", 403)):
        response = worker.post(f"/families/{family.reference}/people/{ashworths[name].reference}/left/", day)
        assert response.status_code == status
    assert "the only one on record" in response.content.decode()
    assert "Mia Ashworth" in worker.get(f"/families/{family.reference}/people/").content.decode(), (
        "under those who were in it before"
    )


def test_who_is_missing_is_answered_on_its_page_and_asked_again(worker, family, ashworths, cast, as_):
    tree = f"/families/{family.reference}/tree/"
    assert "No father is shown for Jake and Mia" in worker.get(tree).content.decode()
    body = {"children": [ashworths["Jake"].reference, ashworths["Mia"].reference], "answer": "not_known"}
    assert worker.post(f"{tree}father/", body).status_code == 302
    page = worker.get(tree).content.decode()
    assert "No father is shown for Jake and Mia" not in page
    assert worker.get(f"{tree}father/").status_code == 404, "what is answered is not asked"
    assert (
        worker.post(f"{tree}ask-again/", {"question": "father", "child": ashworths["Mia"].reference}).status_code == 302
    )
    with as_(cast.family_worker):
        assert MissingAnswer.objects.filter(taken_back_at=None).count() == 1


def test_the_family_page_costs_the_same_for_three_people_and_for_twenty(
    worker, family, ashworths, cast, as_, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert worker.get(f"/families/{family.reference}/people/").status_code == 200
        return len(queries)

    worker.get(f"/families/{family.reference}/people/")
    few = cost()
    with as_(cast.family_worker):
        for number in range(17):
            person = add_person(
                by=cast.family_worker, family=family, role="child", given_name=f"Child {number}", family_name="Ashworth"
            )
            move_home(by=cast.family_worker, people=[person], address=f"{number} Mill Lane")
    assert cost() == few


def test_a_new_family_is_added_by_any_practitioner_of_a_partner_too(cast, as_client, area):
    client = as_client(cast.practitioner)
    response = client.post("/families/new/", {"name": "Birtwistle", "area": area.code})
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert as_client(cast.elected_member).get("/families/new/").status_code == 403
    assert client.post("/families/new/", {"name": "", "area": "atlantis"}).status_code == 422
