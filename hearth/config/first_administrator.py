"""The first account of a real service: its link is printed once, for the person at the keyboard."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from hearth.config.environment import SettingError
from hearth.foundation.accounts.models import Appointment, LinkKind, Organisation, SignInLink, User
from hearth.foundation.accounts.sign_in.links import GOOD_FOR, digest_of
from hearth.foundation.audit.actions import event_for
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System

INSTALLER = System("system:installer", "hearth_owner")
ROLE = "administrator"


@transaction.atomic(using="owner")
def first_administrator(*, name: str, email: str) -> str:
    """Open the account and give its link. Written by the owner: row-level security lets nobody else be the first."""
    name, email = name.strip(), email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise SettingError(f"{email} is not an e-mail address.") from None
    if not name:
        raise SettingError("Give the person's first and last name: --name.")
    if Appointment.objects.using("owner").filter(role=ROLE, user__is_active=True).exists():
        raise SettingError("There is an administrator already. They invite everybody else, from the page Colleagues.")
    council, _ = Organisation.objects.using("owner").get_or_create(
        name=pack().authority.name, defaults={"sector": "council", "is_authority": True}
    )
    person = User(full_name=name, email=email, organisation=council, password=make_password(None))
    person.save(using="owner", force_insert=True)
    Appointment(user=person, role=ROLE, from_on=clock.today()).save(using="owner", force_insert=True)
    token = secrets.token_urlsafe(32)
    SignInLink(
        user=person,
        kind=LinkKind.INVITATION,
        token_digest=digest_of(token),
        until_at=clock.now() + GOOD_FOR[LinkKind.INVITATION],
    ).save(using="owner", force_insert=True)
    event = event_for(
        INSTALLER,
        "accounts.first_administrator_opened",
        kind="done",
        family=None,
        subject=person,
        detail={"role": ROLE},
    )
    event.save(using="owner", force_insert=True)
    address = settings.HEARTH_ADDRESS.rstrip("/") + reverse("choose_password", args=[token])
    return f"{name} chooses a password here, once, within {GOOD_FOR[LinkKind.INVITATION].days} days:\n{address}"
