"""Authenticator secrets are sealed before they are stored, so that a copy of the database does not open any account."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _seals() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(b"hearth second steps " + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(text: str) -> str:
    """The text as it is stored."""
    return _seals().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises InvalidToken where it was sealed with a key that is no longer among the settings."""
    return _seals().decrypt(sealed.encode()).decode()
