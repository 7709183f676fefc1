"""Managers invite people of their own organisation and areas; administrators anybody; nobody themselves."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from hearth.foundation.accounts import actions, rules
from hearth.foundation.accounts.models import Appointment, Organisation, SignInLink, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.accounts.tests.conftest import GOOD, invite, is_signed_in, token_for
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message

pytestmark = pytest.mark.django_db


def test_a_manager_invites_somebody_of_their_own_organisation_and_area(cast: Any, area: Any) -> None:
    person = invite(cast.manager, area=area, job_title="Family support worker")
    assert person.email == "zadie.quill@example.org"
    assert not person.has_usable_password()
    held = Appointment.objects.get(user=person)
    assert (held.role, held.area, held.given_by) == ("practitioner", area, cast.manager)
    with acting_as(person):
        message = Message.objects.get(to_user_id=person.id)
    assert message.template == "accounts_invitation"
    assert message.link.startswith("/choose-password/")


def test_the_database_keeps_only_a_digest_of_the_link(cast: Any, area: Any) -> None:
    person = invite(cast.manager, area=area)
    token = token_for(person)
    with acting_as(person):
        link = SignInLink.objects.get(user=person)
    assert token not in link.token_digest
    assert abs(link.until_at - link.created_at - dt.timedelta(days=7)) < dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        ("practitioner", {}, "accounts.not_yours"),
        ("strategic_lead", {}, "accounts.not_yours"),
        ("manager", {"area": "other"}, "accounts.area_not_yours"),
        ("manager", {"area": None}, "accounts.area_not_yours"),
        ("manager", {"role": "administrator"}, "accounts.role_reserved"),
        ("manager", {"role": "information_governance"}, "accounts.role_reserved"),
        ("manager", {"role": "safeguarding_hub_social_worker"}, "accounts.role_reserved"),
        ("manager", {"role": "king"}, "accounts.no_such_role"),
        ("manager", {"organisation": "school"}, "accounts.not_yours"),
        ("charity_manager", {"organisation": "council", "role": "practitioner"}, "accounts.not_yours"),
        ("charity_manager", {"role": "front_door_officer"}, "accounts.role_of_the_authority"),
        ("administrator", {"organisation": "school", "role": "front_door_officer"}, "accounts.role_of_the_authority"),
        ("manager", {"until_on": dt.date(2020, 1, 1)}, "accounts.until_past"),
        ("manager", {"email": "VICTOR.ADEYEMI@council.example.org"}, "accounts.address_taken"),
    ],
)
def test_an_invitation_beyond_ones_reach_is_refused(
    cast: Any, area: Any, other_area: Any, who: str, changes: dict[str, Any], code: str
) -> None:
    by = getattr(cast, who)
    places = {"other": other_area, None: None}
    organisations = {"school": cast.practitioner.organisation, "council": cast.manager.organisation}
    changes = {"area": area} | changes
    changes["area"] = (
        places.get(changes["area"], changes["area"]) if not hasattr(changes["area"], "id") else changes["area"]
    )
    if "organisation" in changes:
        changes["organisation"] = organisations[changes["organisation"]]
    with pytest.raises(Refused) as refused:
        invite(by, **changes)
    assert refused.value.refusal.code == code


def test_an_administrator_invites_anybody_anywhere(cast: Any, other_area: Any) -> None:
    assert invite(
        cast.administrator, organisation=cast.practitioner.organisation, area=other_area
    ).organisation.name.startswith("Beacon")
    assert invite(cast.administrator, email="b@example.org", role="information_governance").is_active


def test_a_manager_of_everywhere_gives_roles_of_everywhere(cast: Any) -> None:
    assert Appointment.objects.get(user=invite(cast.county_manager)).area is None


def test_a_partners_manager_invites_their_own_people(cast: Any, area: Any) -> None:
    assert invite(cast.charity_manager, area=area).organisation == cast.charity_manager.organisation


def test_the_rules_and_the_database_give_the_same_answer(cast: Any, area: Any, other_area: Any) -> None:
    """Every invited role, everywhere, by everyone who might try: rules.py beside the row policy."""
    subjects = {"council": cast.family_worker, "charity": cast.charity_worker, "school": cast.colleague}
    people = [
        cast.manager,
        cast.county_manager,
        cast.charity_manager,
        cast.administrator,
        cast.practitioner,
        cast.other_manager,
    ]
    wrong = []
    with connection.cursor() as cursor:
        for by in people:
            for subject in subjects.values():
                for role in ROLES:
                    for place in (None, area, area.parent, other_area):
                        ours = rules.why_not_appoint(by, subject, role, place) is None
                        cursor.execute(
                            "select hearth_may_appoint(%s, %s, %s, %s)",
                            [by.id, subject.id, role, place.id if place else None],
                        )
                        if cursor.fetchone()[0] != ours:
                            wrong.append((by.full_name, subject.full_name, role, str(place), ours))
    assert wrong == []


def test_the_rules_and_the_database_agree_on_whose_account_may_be_touched(cast: Any) -> None:
    people = [
        cast.manager,
        cast.county_manager,
        cast.charity_manager,
        cast.administrator,
        cast.practitioner,
        cast.other_manager,
    ]
    people += [cast.information_governance, cast.front_door_officer, cast.safeguarding_hub_social_worker]
    with connection.cursor() as cursor:
        for by in people:
            for person in people:
                cursor.execute("select hearth_may_manage_person(%s, %s)", [by.id, person.id])
                ours = rules.why_not_look_after_person(by, person) is None
                assert cursor.fetchone()[0] == ours, (by.full_name, person.full_name)


def hostile(by: Any, write: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(by):
        write()


def test_nobody_gives_themselves_a_role_whatever_a_page_forgets(cast: Any) -> None:
    for by in (cast.practitioner, cast.manager, cast.county_manager, cast.administrator):
        hostile(by, lambda by=by: Appointment(user=by, role="administrator").save(force_insert=True))


def test_nobody_lengthens_their_own_role(cast: Any) -> None:
    with acting_as(cast.administrator):
        assert Appointment.objects.filter(user=cast.administrator).update(role="information_governance") == 0


def test_a_manager_writes_no_account_of_another_organisation(cast: Any) -> None:
    with acting_as(cast.manager):
        assert User.objects.filter(pk=cast.practitioner.pk).update(is_active=False) == 0
        assert User.objects.filter(pk=cast.other_family_worker.pk).update(full_name="X") == 0  # another district's
        assert User.objects.filter(pk=cast.family_worker.pk).update(phone="1") == 1
    hostile(
        cast.manager,
        lambda: User(
            full_name="X", email="x@example.org", organisation=cast.practitioner.organisation, password="!x"
        ).save(force_insert=True),
    )


def test_nobody_writes_a_password_but_its_owner(cast: Any) -> None:
    hostile(cast.manager, lambda: User.objects.filter(pk=cast.family_worker.pk).update(password="stolen"))
    hostile(cast.administrator, lambda: User.objects.filter(pk=cast.administrator.pk).update(password="stolen"))
    hostile(
        cast.manager,
        lambda: User(
            full_name="X", email="x@example.org", organisation=cast.manager.organisation, password="argon2$x"
        ).save(force_insert=True),
    )


def test_nobody_is_moved_to_another_organisation(cast: Any) -> None:
    council = cast.manager.organisation
    hostile(cast.practitioner, lambda: User.objects.filter(pk=cast.practitioner.pk).update(organisation=council))
    hostile(cast.administrator, lambda: User.objects.filter(pk=cast.practitioner.pk).update(organisation=council))


def test_nobody_reads_the_links_that_were_sent_to_others(cast: Any, area: Any) -> None:
    invite(cast.manager, area=area)
    for stranger in (cast.practitioner, cast.charity_manager, cast.other_manager):
        with acting_as(stranger):
            assert not SignInLink.objects.exists()
    assert not SignInLink.objects.exists()  # nobody signed in


def test_the_link_opens_once_and_leads_to_the_second_step(client: Client, cast: Any, area: Any) -> None:
    person = invite(cast.manager, area=area)
    address = f"/choose-password/{token_for(person)}/"
    page = client.get(address)
    assert page.status_code == 200
    assert b"Welcome, Zadie Quill" in page.content
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert client.get(address).status_code == 200  # looking uses nothing up: mail servers look first
    answer = client.post(address, {"password": GOOD})
    assert answer.status_code == 302
    assert client.get("/roles/").url == "/my-account/second-step/"
    assert not is_signed_in(client)
    assert client.get("/my-account/second-step/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(GOOD)
    other = Client()
    assert other.get(address).status_code == 404
    assert other.post(address, {"password": "another good password"}).status_code == 404


def test_a_link_that_ran_out_opens_nothing(client: Client, cast: Any, area: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        person = invite(cast.manager, area=area)
        hands.forward(days=7, minutes=1)
        answer = client.get(f"/choose-password/{token_for(person)}/")
    assert answer.status_code == 404
    assert b"does not work any more" in answer.content


def test_a_new_link_stops_the_one_before(client: Client, cast: Any, area: Any) -> None:
    person = invite(cast.manager, area=area)
    first = token_for(person)
    with acting_as(cast.manager):
        actions.send_link(by=cast.manager, person=person)
    assert client.get(f"/choose-password/{first}/").status_code == 404
    assert client.get(f"/choose-password/{token_for(person)}/").status_code == 200


def test_a_closed_account_stops_its_link(client: Client, cast: Any, area: Any) -> None:
    person = invite(cast.manager, area=area)
    token = token_for(person)
    with acting_as(cast.manager):
        actions.close_account(by=cast.manager, person=person)
    assert client.get(f"/choose-password/{token}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 400, "%00", "..%2f..", "' or 1=1--"])
def test_a_link_that_never_was_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/choose-password/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "at least 12"),
        ("password1234", "used by many"),
        ("zadie.quill@example.org", "too like your name"),
        ("", "Choose a password"),
    ],
)
def test_a_poor_password_is_refused_with_what_to_do(
    client: Client, cast: Any, area: Any, password: str, sentence: str
) -> None:
    address = f"/choose-password/{token_for(invite(cast.manager, area=area))}/"
    answer = client.post(address, {"password": password})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert client.get(address).status_code == 200  # the link is good still


def test_ending_a_role_signs_the_person_out_and_takes_what_it_gave(as_client: Any, cast: Any) -> None:
    client = as_client(cast.family_worker)
    assert is_signed_in(client)
    held = Appointment.objects.get(user=cast.family_worker)
    with acting_as(cast.manager):
        actions.end_appointment(by=cast.manager, appointment=held)
    assert not is_signed_in(client)
    assert not User.objects.get(pk=cast.family_worker.pk).may("work_case")


def test_another_role_signs_the_person_out_so_that_no_page_is_older_than_it(
    as_client: Any, cast: Any, area: Any
) -> None:
    client = as_client(cast.family_worker)
    with acting_as(cast.manager):
        actions.appoint_person(by=cast.manager, person=cast.family_worker, role="panel_chair", area=area)
    assert not is_signed_in(client)
    with acting_as(cast.manager), pytest.raises(Refused, match="holds that role already"):
        actions.appoint_person(by=cast.manager, person=cast.family_worker, role="panel_chair", area=area)


def test_a_role_in_ones_own_area_signs_out_somebody_who_also_works_elsewhere(
    as_client: Any, cast: Any, area: Any
) -> None:
    client = as_client(cast.other_family_worker)
    with acting_as(cast.manager):
        actions.appoint_person(by=cast.manager, person=cast.other_family_worker, role="practitioner", area=area)
    assert not is_signed_in(client)


def test_closing_an_account_ends_every_role_and_every_sitting(as_client: Any, cast: Any) -> None:
    client = as_client(cast.family_worker)
    with acting_as(cast.manager):
        actions.close_account(by=cast.manager, person=cast.family_worker)
    assert not is_signed_in(client)
    person = User.objects.get(pk=cast.family_worker.pk)
    assert not person.is_active
    assert person.appointments_now() == []
    with acting_as(cast.manager):
        actions.open_account(by=cast.manager, person=person)
    assert User.objects.get(pk=person.pk).appointments_now() == []


def test_a_manager_closes_nobody_who_holds_a_role_beyond_them(cast: Any) -> None:
    for person in (cast.information_governance, cast.county_manager, cast.other_manager, cast.administrator):
        with acting_as(cast.manager), pytest.raises(Refused) as refused:
            actions.close_account(by=cast.manager, person=person)
        assert refused.value.refusal.code == "accounts.beyond_you"


def test_nobody_closes_their_own_account(cast: Any) -> None:
    with acting_as(cast.administrator), pytest.raises(Refused, match="your own account"):
        actions.close_account(by=cast.administrator, person=cast.administrator)


def test_a_role_with_a_last_day_ends_by_itself(cast: Any, area: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        person = invite(cast.manager, area=area, until_on=clock.today() + dt.timedelta(days=2))
        assert person.may("work_case")
        hands.forward(days=3)
        assert not User.objects.get(pk=person.pk).may("work_case")


def test_a_lost_telephone_begins_again_and_only_when_the_link_is_used(client: Client, cast: Any) -> None:
    from allauth.mfa.models import Authenticator

    person = cast.family_worker
    with acting_as(cast.manager):
        actions.begin_second_step_again(by=cast.manager, person=person)
    with acting_as(person):
        assert Authenticator.objects.filter(user=person).exists()
    client.post(f"/choose-password/{token_for(person)}/", {"password": GOOD})
    with acting_as(person):
        assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/roles/").url == "/my-account/second-step/"


def test_only_somebody_who_may_look_after_the_person_sends_such_a_link(cast: Any) -> None:
    for by in (cast.practitioner, cast.other_manager, cast.charity_manager):
        with acting_as(by), pytest.raises(Refused):
            actions.begin_second_step_again(by=by, person=cast.family_worker)


def test_teams_and_organisations_are_added_by_those_who_may(cast: Any) -> None:
    with acting_as(cast.manager):
        team = actions.add_team(by=cast.manager, organisation=cast.manager.organisation, name="Outreach")
        with pytest.raises(Refused):
            actions.add_team(by=cast.manager, organisation=cast.manager.organisation, name="OUTREACH")
        with pytest.raises(Refused):
            actions.add_team(by=cast.manager, organisation=cast.practitioner.organisation, name="Theirs")
        with pytest.raises(Refused):
            actions.add_organisation(by=cast.manager, name="A new school", sector="education")
    assert team.organisation == cast.manager.organisation
    with acting_as(cast.administrator):
        made = actions.add_organisation(by=cast.administrator, name="A new school", sector="education")
    assert not Organisation.objects.get(pk=made.pk).is_authority


def test_a_team_of_another_organisation_is_refused(cast: Any, area: Any) -> None:
    with acting_as(cast.charity_manager):
        theirs = actions.add_team(
            by=cast.charity_manager, organisation=cast.charity_manager.organisation, name="Theirs"
        )
    with pytest.raises(Refused, match="own organisation"):
        invite(cast.manager, area=area, team=theirs)
