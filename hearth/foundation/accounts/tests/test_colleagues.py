"""The pages about people who sign in, and finding a name from any page."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.hashers import make_password
from django.test import Client

from hearth.foundation.accounts import queries
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.accounts.roles import PERMISSIONS, ROLES
from hearth.foundation.accounts.tests.conftest import invite
from hearth.foundation.core.reader import acting_as

pytestmark = pytest.mark.django_db


def crowd(by: User, number: int, area: Any) -> None:
    """That many more colleagues."""
    with acting_as(by):
        for one in range(number):
            person = User(
                full_name="Crowd",
                email=f"c{number}.{one}@example.org",
                organisation=by.organisation,
                password=make_password(None),
            )
            person.save(force_insert=True)
            Appointment(user=person, role="practitioner", area=area, given_by=by).save(force_insert=True)


def test_colleagues_are_those_of_ones_own_organisation(as_client: Any, cast: Any) -> None:
    page = as_client(cast.practitioner).get("/colleagues/").content.decode()
    assert "Tom Brierley" in page
    assert "Joanne Pickup" not in page
    assert "Invite somebody" not in page


def test_an_administrator_lists_everybody_and_narrows_it(as_client: Any, cast: Any) -> None:
    client = as_client(cast.administrator)
    page = client.get("/colleagues/?words=tom").content.decode()
    assert "Tom Brierley" in page
    assert "Joanne Pickup" not in page
    page = client.get("/colleagues/?organisation=Harbour+Homes").content.decode()
    assert "Tom Brierley" not in page
    assert "Nobody matches" in page


@pytest.mark.parametrize("words", ["AMINA", "yusuf am", "pastoral", "amina.yusuf", "ÂMÎNA"])
def test_a_name_is_found_by_the_beginnings_of_its_words(as_client: Any, cast: Any, words: str) -> None:
    assert "Amina Yusuf" in as_client(cast.colleague).get("/colleagues/", {"words": words}).content.decode()


@pytest.mark.parametrize("words", ["mina", "%", "_", "\\", "'", "x" * 500, "\u202e", "<b>", "\x00"])
def test_what_is_no_name_finds_nobody_and_breaks_nothing(as_client: Any, cast: Any, words: str) -> None:
    answer = as_client(cast.colleague).get("/colleagues/", {"words": words})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().replace("<body", "")


def test_the_list_takes_as_many_queries_for_twenty_people_as_for_one(
    as_client: Any, cast: Any, area: Any, django_assert_num_queries: Any
) -> None:
    client = as_client(cast.county_manager)
    client.get("/colleagues/?words=crowd")
    crowd(cast.county_manager, 1, area)
    with django_assert_num_queries(7) as few:
        assert client.get("/colleagues/?words=crowd").content.count(b"crowd") >= 1
    crowd(cast.county_manager, 20, area)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/colleagues/?words=crowd")


def test_a_colleagues_page_is_for_their_own_organisation(as_client: Any, cast: Any) -> None:
    path = f"/colleagues/{cast.practitioner.reference}/"
    assert as_client(cast.colleague).get(path).status_code == 200
    assert as_client(cast.administrator).get(path).status_code == 200
    for stranger in (cast.manager, cast.charity_manager, cast.information_governance):
        assert as_client(stranger).get(path).status_code == 404
    assert as_client(cast.colleague).get("/colleagues/PR-AAAAAAA/").status_code == 404
    assert as_client(cast.colleague).get(f"/colleagues/{cast.practitioner.id}/").status_code == 404


def test_a_manager_is_offered_what_they_may_do_and_nothing_else(as_client: Any, cast: Any) -> None:
    manager = as_client(cast.manager)
    own = manager.get(f"/colleagues/{cast.family_worker.reference}/").content.decode()
    assert "Give another role" in own
    assert "Close the account" in own
    beyond = manager.get(f"/colleagues/{cast.information_governance.reference}/").content.decode()
    assert "Close the account" not in beyond
    plain = as_client(cast.front_door_officer).get(f"/colleagues/{cast.family_worker.reference}/").content.decode()
    assert "Give another role" not in plain


CHANGES = ("give-role/", "end-role/", "close/", "open/", "send-link/", "second-step-again/")


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_an_account_that_is_not_theirs_to_look_after(as_client: Any, cast: Any, change: str) -> None:
    person = cast.family_worker
    path = f"/colleagues/{person.reference}/{change}"
    for stranger in (cast.practitioner, cast.charity_manager):
        assert as_client(stranger).post(path, {"role": "manager", "area": "everywhere"}).status_code == 404
    for colleague in (cast.front_door_officer, cast.other_manager, person):
        answer = as_client(colleague).post(path, {"role": "manager", "area": "everywhere"})
        assert answer.status_code in (403, 422), (colleague.full_name, change)
    assert Client().post(path).status_code == 401
    assert User.objects.get(pk=person.pk).is_active
    assert [held.role for held in User.objects.get(pk=person.pk).appointments_now()] == ["practitioner"]


def test_somebody_is_invited_over_http(as_client: Any, cast: Any, area: Any) -> None:
    client = as_client(cast.manager)
    page = client.get("/colleagues/invite/").content.decode()
    assert area.name in page
    assert "The whole authority" not in page  # this manager has one district
    assert ">Administrator<" not in page
    typed = {
        "full_name": "Zadie Quill",
        "email": "zadie@example.org",
        "role": "practitioner",
        "area": area.code,
        "team": "Family support",
    }
    answer = client.post("/colleagues/invite/", typed)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Zadie Quill is invited. The link in the e-mail works for 7 days." in page
    assert "Invited" in page
    assert "Send the invitation again" in page
    assert client.post(answer.url + "send-link/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "not an address"}, "name@example.org"),
        ({"email": ""}, "Enter their e-mail address"),
        ({"full_name": "   "}, "Enter their name"),
        ({"full_name": "x" * 300}, "200 characters or fewer"),
        ({"role": "administrator"}, "Choose a role"),
        ({"area": "everywhere"}, "Choose an area"),
        ({"area": "pendle-of-nowhere"}, "Choose an area"),
        ({"team": "Lantern outreach"}, ""),
        ({"until_on-day": "1", "until_on-month": "1", "until_on-year": "2020"}, "There is a problem"),
        ({"email": "amina.yusuf@school.example.org"}, "is here already"),
    ],
)
def test_a_bad_invitation_is_a_sentence_and_nothing_typed_is_lost(
    as_client: Any, cast: Any, area: Any, changes: dict[str, str], sentence: str
) -> None:
    typed = {
        "full_name": "Zadie Quill",
        "email": "zadie@example.org",
        "role": "practitioner",
        "area": area.code,
        "job_title": "Kept words",
    }
    answer = as_client(cast.manager).post("/colleagues/invite/", typed | changes)
    assert answer.status_code in (403, 422)
    page = answer.content.decode()
    assert sentence in page
    assert "Kept words" in page
    assert not User.objects.filter(email="zadie@example.org").exists()


def test_a_name_with_a_direction_override_is_cleaned(as_client: Any, cast: Any, area: Any) -> None:
    typed = {
        "full_name": "Zadie\u202e <i>Quill</i>",
        "email": "zadie@example.org",
        "role": "practitioner",
        "area": area.code,
    }
    answer = as_client(cast.manager).post("/colleagues/invite/", typed)
    person = User.objects.get(email="zadie@example.org")
    assert person.full_name == "Zadie <i>Quill</i>"
    assert b"<i>Quill" not in as_client(cast.manager).get(answer.url).content


def test_an_administrator_chooses_the_organisation_first(as_client: Any, cast: Any) -> None:
    client = as_client(cast.administrator)
    assert b"Which organisation do they work for?" in client.get("/colleagues/invite/").content
    assert b"Which organisation" in client.get("/colleagues/invite/?organisation=Nobody").content
    assert b"Harbour Homes" in client.get("/colleagues/invite/?organisation=Harbour+Homes").content


def test_whoever_may_not_invite_is_told_so(as_client: Any, cast: Any) -> None:
    for person in (cast.practitioner, cast.strategic_lead, cast.elected_member):
        answer = as_client(person).get("/colleagues/invite/")
        assert answer.status_code == 403
        assert b"Only a manager of the organisation" in answer.content
        assert as_client(person).get("/organisations/").status_code == 403
        assert as_client(person).get("/colleagues/add-team/").status_code == 403


def test_a_role_is_given_and_ended_over_http(as_client: Any, cast: Any, area: Any) -> None:
    client, person = as_client(cast.manager), cast.family_worker
    path = f"/colleagues/{person.reference}/"
    assert client.get(path + "give-role/").status_code == 200
    assert client.post(path + "give-role/", {"role": "panel_chair", "area": area.code}).url == path
    held = Appointment.objects.get(user=person, role="panel_chair")
    assert b"Panel chair" in client.get(path + "end-role/").content
    assert client.post(path + "end-role/", {"appointment": str(held.id)}).url == path
    assert b"Ended" in client.get(path).content
    other = Appointment.objects.get(user=cast.county_manager)
    assert client.post(path + "end-role/", {"appointment": str(other.id)}).status_code == 422


def test_where_somebody_can_end_no_role_they_are_told_and_asked_nothing(as_client: Any, cast: Any) -> None:
    client, person = as_client(cast.manager), cast.county_manager
    path = f"/colleagues/{person.reference}/"
    assert b"End a role" not in client.get(path).content
    assert b"End a role" in client.get(f"/colleagues/{cast.family_worker.reference}/").content
    for answer in (client.get(path + "end-role/"), client.post(path + "end-role/", {})):
        assert b"There is no role that you can end" in answer.content
        assert b"There is a problem" not in answer.content and b"End the role" not in answer.content


def test_an_account_is_closed_after_being_asked_and_opened_again(as_client: Any, cast: Any) -> None:
    client, person = as_client(cast.manager), cast.family_worker
    path = f"/colleagues/{person.reference}/"
    assert b"Close this account?" in client.get(path + "close/").content
    assert client.post(path + "close/").url == path
    assert b"Account closed" in client.get(path).content
    assert "Joanne" not in client.get("/colleagues/").content.decode()
    assert "Joanne" in client.get("/colleagues/?closed=yes").content.decode()
    assert client.post(path + "open/").url == path + "give-role/"


def test_organisations_and_teams_are_added_over_http(as_client: Any, cast: Any) -> None:
    client = as_client(cast.administrator)
    assert (
        client.post("/organisations/add/", {"name": "Elm House Nursery", "sector": "early_years"}).url
        == "/organisations/"
    )
    page = client.get("/organisations/").content.decode()
    assert "Elm House Nursery" in page
    assert "Early years" in page
    assert client.post("/organisations/add/", {"name": "elm house nursery", "sector": "early_years"}).status_code == 403
    assert client.post("/organisations/add/", {"name": "X", "sector": "piracy"}).status_code == 422
    manager = as_client(cast.manager)
    assert manager.post("/colleagues/add-team/", {"name": "Outreach", "area": ""}).url == "/colleagues/"
    assert b"Outreach" in manager.get("/colleagues/add-team/").content


def test_the_roles_page_says_what_the_code_does(as_client: Any, cast: Any) -> None:
    page = as_client(cast.practitioner).get("/roles/").content.decode().replace("&#39;", "'")
    for role in ROLES.values():
        assert f">{role.name}<" in page
    for permission in {one for role in ROLES.values() for one in role.permissions}:
        assert PERMISSIONS[permission] in page


def test_anybody_signed_in_finds_a_name_in_any_agency(cast: Any) -> None:
    found = queries.find_people(cast.practitioner, "joan")
    assert [person.full_name for person in found] == ["Joanne Pickup"]
    assert queries.find_people(cast.practitioner, "") == []
    assert queries.find_people(cast.practitioner, "%") == []


def test_only_people_who_may_do_it_are_found_for_it(cast: Any) -> None:
    assert [person.full_name for person in queries.find_people(cast.practitioner, "stephen", "work_case")] == [
        "Stephen Fell"
    ]
    assert queries.find_people(cast.practitioner, "owen", "work_case") == []  # an analyst
    assert [person.full_name for person in queries.find_people(cast.practitioner, "owen")] == ["Owen Price"]


def test_whoever_has_no_role_today_is_not_found(cast: Any, area: Any) -> None:
    from hearth.foundation.accounts import actions

    person = invite(cast.manager, area=area)
    assert queries.find_people(cast.practitioner, "zadie") == [person]
    with acting_as(cast.manager):
        actions.end_appointment(by=cast.manager, appointment=Appointment.objects.get(user=person))
    assert queries.find_people(cast.practitioner, "zadie") == []
    assert queries.person_picked(cast.practitioner, person.reference) == []


def test_the_picker_answers_a_script_and_a_person(
    as_client: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_client(cast.practitioner)
    with django_assert_max_num_queries(8):
        answer = client.get("/colleagues/find/?words=grace", headers={"accept": "application/json"})
    assert answer.json()["people"][0]["name"] == "Grace Okafor"
    assert answer.json()["people"][0]["text"].endswith(f"({cast.health_visitor.reference})")
    assert "email" not in answer.json()["people"][0]
    page = client.get("/colleagues/find/?words=grace&permission=nonsense").content.decode()
    assert cast.health_visitor.reference in page
    assert Client().get("/colleagues/find/?words=grace").status_code == 302
    assert Client().get("/colleagues/find/?words=grace", headers={"accept": "application/json"}).status_code == 401


class NameForm(forms.Form):
    lead = PersonField("Who leads?", permission="work_case")


def named(cast: Any, text: Any) -> NameForm:
    form = NameForm({"lead": text})
    form.fields["lead"].reader = cast.practitioner
    return form


def test_the_field_takes_what_the_picker_puts_in_it_or_a_name_that_only_one_person_has(cast: Any) -> None:
    for text in (
        queries.picked_text(cast.health_visitor),
        cast.health_visitor.reference,
        "grace okafor",
        "grace.okafor@health.example.org",
    ):
        form = named(cast, text)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["lead"] == cast.health_visitor


@pytest.mark.parametrize("text", ["nobody at all", "Owen Price", "\u202e", "<script>", "PR-AAAAAAA", "x" * 401])
def test_the_field_says_when_nobody_can_be_chosen(cast: Any, text: str) -> None:
    form = named(cast, text)
    assert not form.is_valid()
    assert "<script>" not in str(form)


def test_the_field_says_how_to_tell_two_people_of_one_name_apart(cast: Any, area: Any) -> None:
    one = invite(cast.manager, area=area, full_name="Sam Lee", email="a@example.org", job_title="Nurse")
    two = invite(cast.manager, area=area, full_name="Sam Lee", email="b@example.org", job_title="Teacher")
    form = named(cast, "sam lee")
    assert not form.is_valid()
    assert one.reference in str(form.errors)
    assert two.reference in str(form.errors)
    form = NameForm(initial={"lead": one})
    assert f"({one.reference})" in str(form)
    assert 'data-suggest="/colleagues/find/"' in str(form)
