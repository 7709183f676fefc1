"""The six figures that an authenticator app would show (RFC 6238), for invented people only.

A real person's secret is in their app and, encrypted, in the database; nothing here reads it.
"""

import base64
import hashlib
import hmac
import struct
import time

SECONDS = 30


def code_at(secret: str, moment: float) -> str:
    """The code that the secret gives at a moment, in seconds since 1970."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", int(moment) // SECONDS), hashlib.sha1)
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def code_now(secret: str) -> tuple[str, int]:
    """The code of this moment, and for how many more seconds it is good."""
    now = time.time()
    return code_at(secret, now), SECONDS - int(now) % SECONDS
