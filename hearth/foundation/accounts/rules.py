"""Who may invite whom, and give or end which role. The database's own functions hold the same (functions.py)."""

from typing import Any

from hearth.foundation.accounts.models import Appointment, Organisation, User
from hearth.foundation.accounts.roles import HELD_BY_PARTNERS, ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal

SELF = Refusal(
    "accounts.oneself", "You cannot change your own account in this way. Ask another manager or an administrator."
)


def reaches(user: User, area: Any) -> bool:
    """Whether one of the user's appointments lets them invite people for `area`; None is the whole authority."""
    return any(
        "invite_people" in permissions_of(held.role)
        and (held.area_id is None or (area is not None and held.covers(area)))
        for held in user.appointments_now()
    )


def why_not_look_after(user: User, organisation: Organisation) -> Refusal | None:
    """Inviting anybody at all to an organisation."""
    if user.may("administer") or (user.may("invite_people") and user.organisation_id == organisation.id):
        return None
    return Refusal("accounts.not_yours", "Only a manager of the organisation or an administrator can do this.")


def why_not_give(user: User, organisation: Organisation, role: str, area: Any) -> Refusal | None:
    """Giving or ending a role in an organisation."""
    if role not in ROLES:
        return Refusal("accounts.no_such_role", "Choose a role from the list.")
    if role not in HELD_BY_PARTNERS and not organisation.is_authority:
        return Refusal(
            "accounts.role_of_the_authority", f"{ROLES[role].name} is a role for people of the council itself."
        )
    if user.may("administer"):
        return None
    refusal = why_not_look_after(user, organisation)
    if refusal is not None:
        return refusal
    if ROLES[role].reserved:
        return Refusal("accounts.role_reserved", f"Only an administrator makes somebody {ROLES[role].name.lower()}.")
    if not reaches(user, area):
        return Refusal(
            "accounts.area_not_yours", "You can give roles only in the areas that you manage. Choose one of them."
        )
    return None


def why_not_appoint(user: User, person: User, role: str, area: Any) -> Refusal | None:
    """Giving somebody who signs in another role."""
    if user.id == person.id:
        return SELF
    if not person.is_active:
        return Refusal("accounts.closed", "This account is closed. Open it again first.")
    return why_not_give(user, person.organisation, role, area)


def why_not_end_appointment(user: User, appointment: Appointment) -> Refusal | None:
    """Ending a role that somebody holds."""
    if user.id == appointment.user_id:
        return SELF
    if appointment.ended_at is not None:
        return Refusal("accounts.ended", "This role has ended already.")
    return why_not_give(user, appointment.user.organisation, appointment.role, appointment.area)


def why_not_look_after_person(user: User, person: User) -> Refusal | None:
    """Anything that touches a whole account: whoever could end every role that the person holds today."""
    if user.id == person.id:
        return SELF
    refusal = why_not_look_after(user, person.organisation)
    if refusal is not None or user.may("administer"):
        return refusal
    held = person.appointments_now()
    if all(why_not_give(user, person.organisation, one.role, one.area) is None for one in held):
        return None
    return Refusal("accounts.beyond_you", "This person holds a role that you cannot end. Ask an administrator.")


def why_not_close_account(user: User, person: User) -> Refusal | None:
    """Closing somebody's account."""
    if not person.is_active:
        return Refusal("accounts.closed", "This account is closed already.")
    return why_not_look_after_person(user, person)


def why_not_open_account(user: User, person: User) -> Refusal | None:
    """Opening a closed account again."""
    if person.is_active:
        return Refusal("accounts.open", "This account is open.")
    if person.is_forgotten:
        return Refusal(
            "accounts.forgotten",
            "How this person was reached is kept no longer. Invite them with an account of their own.",
        )
    return why_not_look_after_person(user, person)


def why_not_send_link(user: User, person: User) -> Refusal | None:
    """Sending somebody a new link to come in with."""
    if not person.is_active:
        return Refusal("accounts.closed", "This account is closed. Open it again first.")
    return why_not_look_after_person(user, person)


def why_not_until(until_on: Any) -> Refusal | None:
    """A last day that has gone already."""
    if until_on is not None and until_on < clock.today():
        return Refusal("accounts.until_past", "The last day of the role must be today or later.")
    return None


def why_not_administer(user: User) -> Refusal | None:
    """Adding organisations, and teams of any of them."""
    if user.may("administer"):
        return None
    return Refusal("accounts.not_administrator", "Only an administrator can do this.")
