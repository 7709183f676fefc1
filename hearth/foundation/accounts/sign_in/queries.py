"""How somebody signs in, read as themselves."""

import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import Http404

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.models import AuditEvent

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner sees it. `key` stands for it in addresses."""

    key: str
    name: str
    created_at: Any
    last_used_at: Any
    row: Authenticator


@dataclass(frozen=True)
class SecondSteps:
    """Everything that somebody can do their second step with."""

    app: Authenticator | None
    passkeys: list[Passkey]
    codes: Authenticator | None

    @property
    def any(self) -> bool:
        """Whether there is one at all: codes alone are not."""
        return self.app is not None or bool(self.passkeys)

    @property
    def codes_left(self) -> int:
        """How many recovery codes have not been used."""
        return len(self.codes.wrap().get_unused_codes()) if self.codes is not None else 0


def second_steps_of(reader: User) -> SecondSteps:
    """The reader's own second steps, in one query."""
    rows = list(Authenticator.objects.filter(user=reader).order_by("created_at"))
    one = {row.type: row for row in rows}
    return SecondSteps(one.get(APP), [_passkey(row) for row in rows if row.type == PASSKEY], one.get(CODES))


def _passkey(row: Authenticator) -> Passkey:
    key = hashlib.sha256(str(row.data["credential"].get("id", row.pk)).encode()).hexdigest()[:12]
    return Passkey(key, row.data["name"], row.created_at, row.last_used_at, row)


def passkey_of(reader: User, key: str) -> Passkey:
    """One of the reader's own passkeys, or 404."""
    found = next((passkey for passkey in second_steps_of(reader).passkeys if passkey.key == key), None)
    if found is None:
        raise Http404
    return found


def person_to_write_to(email: str) -> User | None:
    """The active person with this address, for somebody who says that they forgot their password."""
    return User.objects.select_related("organisation").filter(email=email.strip().lower(), is_active=True).first()


def recent_sign_ins(reader: User) -> list[AuditEvent]:
    """The last times that somebody signed in as the reader, tried to, or left."""
    return list(AuditEvent.objects.filter(actor_id=reader.id, kind=AuditEvent.Kind.SIGNED).order_by("-created_at")[:10])
