"""Invite people, give and end their roles, close and open accounts; add the organisations and teams they are of."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import F

from hearth.foundation.accounts import rules
from hearth.foundation.accounts.models import Appointment, Area, LinkKind, Organisation, Team, User
from hearth.foundation.accounts.sign_in import links
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean

TAKEN = Refusal(
    "accounts.address_taken",
    "Somebody with this e-mail address is here already. Open their page and give them the role there.",
)


def end_sittings(person: User) -> None:
    """Sign somebody out everywhere, now.

    Through the database's own function: whoever gives one role may not be able to write the account of a person who
    holds another as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("select hearth_end_sittings(%s)", [person.pk])


@action
def invite_person(
    *,
    by: User,
    full_name: str,
    email: str,
    organisation: Organisation,
    role: str,
    area: Area | None = None,
    team: Team | None = None,
    job_title: str = "",
    until_on: dt.date | None = None,
) -> User:
    """Open an account with a role, and send its owner a link to choose a password. Nobody else ever knows one."""
    refuse(rules.why_not_give(by, organisation, role, area))
    email = clean(email).strip().lower()
    if User.objects.filter(email=email).exists():
        refuse(TAKEN)
    person = User(
        full_name=clean(full_name).strip(),
        email=email,
        job_title=clean(job_title).strip(),
        organisation=organisation,
        password=make_password(None),
    )
    person.save(force_insert=True)
    _appoint(by, person, role, area, team, until_on)
    links.new_link(by=by, user=person, kind=LinkKind.INVITATION)
    record(
        "accounts.person_invited",
        subject=person,
        organisation=organisation.id,
        role=role,
        area=getattr(area, "code", ""),
    )
    return person


def _appoint(
    by: User, person: User, role: str, area: Area | None, team: Team | None, until_on: dt.date | None
) -> Appointment:
    refuse(rules.why_not_until(until_on))
    if team is not None and team.organisation_id != person.organisation_id:
        refuse(Refusal("accounts.other_team", "Choose a team of the person's own organisation."))
    appointment = Appointment(
        user=person, role=role, area=area, team=team, from_on=clock.today(), until_on=until_on, given_by=by
    )
    appointment.save(force_insert=True)
    return appointment


@action
def appoint_person(
    *,
    by: User,
    person: User,
    role: str,
    area: Area | None = None,
    team: Team | None = None,
    until_on: dt.date | None = None,
) -> Appointment:
    """Give somebody another role. They sign in again, so that no page of theirs is older than their role."""
    person.hold()
    refuse(rules.why_not_appoint(by, person, role, area))
    same = Appointment.objects.filter(user=person, role=role, area=area, team=team).in_force()
    if same.exists():
        refuse(Refusal("accounts.held", "This person holds that role already."))
    appointment = _appoint(by, person, role, area, team, until_on)
    end_sittings(person)
    record("accounts.person_appointed", subject=person, role=role, area=getattr(area, "code", ""))
    return appointment


@action
def end_appointment(*, by: User, appointment: Appointment) -> Appointment:
    """End a role that somebody holds, now. They sign in again."""
    appointment.hold()
    refuse(rules.why_not_end_appointment(by, appointment))
    appointment.ended_at = clock.now()
    appointment.save(update_fields=["ended_at"])
    end_sittings(appointment.user)
    record(
        "accounts.appointment_ended",
        subject=appointment.user,
        role=appointment.role,
        area=getattr(appointment.area, "code", ""),
    )
    return appointment


@action
def close_account(*, by: User, person: User) -> User:
    """Close an account: every role ends, every sitting ends, and every link that was sent stops working."""
    person.hold()
    refuse(rules.why_not_close_account(by, person))
    ended = [held.role for held in person.appointments_now()]
    # Roles last: while they are held, the database lets only somebody who could end them close the account.
    User.objects.filter(pk=person.pk).update(is_active=False, sessions_ended=F("sessions_ended") + 1)
    Appointment.objects.filter(user=person, ended_at=None).update(ended_at=clock.now())
    links.withdraw(person)
    person.is_active = False
    record("accounts.account_closed", subject=person, roles=ended)
    return person


@action
def open_account(*, by: User, person: User) -> User:
    """Open a closed account again, without any role: one is given next."""
    person.hold()
    refuse(rules.why_not_open_account(by, person))
    User.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True
    record("accounts.account_opened", subject=person)
    return person


@action
def send_link(*, by: User, person: User) -> None:
    """Send a new link: to join, where the first was never used; to choose a password, where one was."""
    person.hold()
    refuse(rules.why_not_send_link(by, person))
    kind = LinkKind.PASSWORD if person.has_usable_password() else LinkKind.INVITATION
    links.new_link(by=by, user=person, kind=kind)
    record("accounts.link_sent", subject=person, kind=kind)


@action
def begin_second_step_again(*, by: User, person: User) -> None:
    """For somebody who lost their telephone and their codes: a link with which they choose a password and set up again.

    Nothing is taken away until they use it, and whoever sends it never sees it.
    """
    person.hold()
    refuse(rules.why_not_send_link(by, person))
    links.new_link(by=by, user=person, kind=LinkKind.START_AGAIN)
    record("accounts.second_step_begun_again", subject=person)


@action
def add_organisation(*, by: User, name: str, sector: str) -> Organisation:
    """Add an agency whose people may be invited."""
    refuse(rules.why_not_administer(by))
    name = clean(name).strip()
    if Organisation.objects.filter(name__iexact=name).exists():
        refuse(Refusal("accounts.organisation_there", "An organisation with this name is here already."))
    organisation = Organisation(name=name, sector=sector)
    organisation.save(force_insert=True)
    record("accounts.organisation_added", subject=organisation.id, sector=sector)
    return organisation


@action
def add_team(*, by: User, organisation: Organisation, name: str, area: Area | None = None) -> Team:
    """Add a team to an organisation."""
    refuse(rules.why_not_look_after(by, organisation))
    name = clean(name).strip()
    if Team.objects.filter(organisation=organisation, name__iexact=name).exists():
        refuse(Refusal("accounts.team_there", "A team with this name is here already."))
    team = Team(organisation=organisation, name=name, area=area)
    team.save(force_insert=True)
    record("accounts.team_added", subject=team.id, organisation=organisation.id)
    return team
