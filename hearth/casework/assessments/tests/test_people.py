"""Identifying details come from the record, on the page that is read and on paper, and nobody types them again."""

import pytest

from hearth.casework.assessments import overview, paper, queries
from hearth.casework.assessments.people import people_on, who_it_is_about
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction


@pytest.fixture
def told(cast, case, assessment, as_):
    """`told(user)`: each person's facts, by name, as that user is shown them."""

    def read(by):
        with as_(by):
            return {
                each.name: dict(each.facts)
                for each in who_it_is_about(by, queries.assessment_of(by, assessment.reference))
            }

    return read


def test_each_person_is_named_with_what_the_form_asks_for(cast, told, as_):
    with as_(cast.family_worker):
        Person.objects.filter(given_name="Jake").update(
            known_as="Jay",
            first_language="Polish",
            interpreter_language="Polish",
            ethnicity="WBRI",
            disabilities=["HEAR"],
        )
    jake = told(cast.family_worker)["Jake Ashworth"]
    assert jake["In the family"].startswith("Child, lives here") and jake["Born"] == "14 September 2015, aged 11"
    assert (jake["Also known as"], jake["First language"], jake["Interpreter"]) == ("Jay", "Polish", "Polish")
    assert "British" in jake["Ethnicity"] and "earing" in jake["Disability"]
    assert "Kelly" in jake["Parental responsibility"] or jake["Parental responsibility"] == "Not recorded"


def test_nobody_is_said_to_have_parental_responsibility_who_is_not_on_record_as_having_it(cast, told):
    assert "Parental responsibility" not in told(cast.family_worker)["Kelly Ashworth"]


def test_somebody_restricted_is_not_named(cast, told, as_):
    with as_(cast.family_worker):
        mia = Person.objects.get(given_name="Mia")
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=mia.reference, reason="The placement is secret.")
    assert "Mia Ashworth" not in told(cast.manager)


def test_the_page_and_the_paper_have_them(cast, assessment, as_, as_client):
    page = as_client(cast.family_worker).get(f"/assessments/{assessment.reference}/").content.decode()
    assert "The people as they are on record today." in page and "Parental responsibility" in page
    with as_(cast.family_worker):
        whole = overview.whole(cast.family_worker, queries.assessment_of(cast.family_worker, assessment.reference))
    with_people, without = paper.pdf_of(**whole), paper.pdf_of(**(whole | {"people": []}))
    assert with_people.startswith(b"%PDF") and len(with_people) > len(without)


def test_a_signed_off_assessment_says_that_its_people_are_those_of_today(cast, signed_off, as_, as_client):
    with as_(cast.family_worker):
        Person.objects.filter(given_name="Jake").update(first_language="Polish")
    page = as_client(cast.family_worker).get(f"/assessments/{signed_off.reference}/").content.decode()
    says = "as they are on record today, which may differ from the day it was signed off"
    assert says in page and page.index(says) < page.index("Polish")
    with as_(cast.family_worker):
        now = queries.assessment_of(cast.family_worker, signed_off.reference)
    assert "on record on 1 December 2026, which may differ" in people_on(now, "on 1 December 2026")
