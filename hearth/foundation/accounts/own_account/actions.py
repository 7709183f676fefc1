"""Changes to the ways in which somebody signs in. Each ends their other sittings, and tells them that there is news."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.own_account import rules
from hearth.foundation.accounts.sign_in.queries import APP, CODES, Passkey, second_steps_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


def _changed(by: User) -> None:
    """Everywhere else they are signed in ends; the view keeps the sitting in which they did it. They are told."""
    User.objects.filter(pk=by.pk).update(sessions_ended=F("sessions_ended") + 1)
    by.refresh_from_db(fields=["password", "sessions_ended"])
    import_string(settings.HEARTH_SENDER)(
        by=by,
        to=by,
        template="accounts_sign_in_changed",
        link="/my-account/",
        key=f"accounts.sign_in_changed {uuid.uuid4()}",
    )


@action
def set_up_app(*, by: User, secret: str) -> None:
    """Sign in with this authenticator app from now on; the one before stops working."""
    by.hold()
    Authenticator.objects.filter(user=by, type=APP).delete()
    TOTP.activate(by, secret)
    _give_codes(by)
    _changed(by)
    record("accounts.app_set_up", subject=by)


@action
def remove_app(*, by: User) -> None:
    """Stop using an authenticator app, where a passkey is left."""
    by.hold()  # from two tabs at once, not the last of them
    refuse(rules.why_not_remove_second_step(by, second_steps_of(by)))
    Authenticator.objects.filter(user=by, type=APP).delete()
    _changed(by)
    record("accounts.app_removed", subject=by)


@action
def add_passkey(*, by: User, name: str, credential: Any) -> None:
    """Sign in with this passkey too."""
    by.hold()
    WebAuthn.add(by, clean(name).strip(), credential)
    _give_codes(by)
    _changed(by)
    record("accounts.passkey_added", subject=by)


@action
def rename_passkey(*, by: User, passkey: Passkey, name: str) -> None:
    """Call a passkey something else."""
    passkey.row.data["name"] = clean(name).strip()
    passkey.row.save(update_fields=["data"])
    record("accounts.passkey_renamed", subject=by)


@action
def remove_passkey(*, by: User, passkey: Passkey) -> None:
    """Stop using a passkey, where another second step is left."""
    by.hold()
    refuse(rules.why_not_remove_second_step(by, second_steps_of(by)))
    passkey.row.delete()
    _changed(by)
    record("accounts.passkey_removed", subject=by)


def _give_codes(by: User) -> None:
    if not Authenticator.objects.filter(user=by, type=CODES).exists():
        RecoveryCodes.activate(by)
        record("accounts.recovery_codes_made", subject=by)


@action
def renew_recovery_codes(*, by: User) -> None:
    """Ten new recovery codes; the ones before stop working."""
    by.hold()
    refuse(rules.why_not_renew_codes(by, second_steps_of(by)))
    Authenticator.objects.filter(user=by, type=CODES).delete()
    _give_codes(by)
    _changed(by)


@action
def change_password(*, by: User, password: str) -> None:
    """Change one's own password."""
    by.set_own_password(password)
    _changed(by)
    record("accounts.password_changed", subject=by)


@action
def change_details(*, by: User, job_title: str, phone: str) -> None:
    """Change what colleagues see beside one's own name."""
    by.job_title, by.phone = clean(job_title).strip(), clean(phone).strip()
    by.save(update_fields=["job_title", "phone", "search_text"])
    record("accounts.details_changed", subject=by)
