"""The seal of a bid, of well-kept parts: X25519, HKDF, AES-GCM and scrypt, all of `cryptography`.

A tender has a pair of keys. Whatever a bidder sends is sealed with the public one as it comes in. The private one is
kept nowhere as it is: it is sealed for each two of the three keyholders, one seal inside the other, and each
keyholder's own private key is locked with a passphrase that is kept nowhere. So any two passphrases open the bids,
and one of them, or the whole database, opens nothing (docs/adr/0031-bids-are-sealed.md).
"""

import base64
import os
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY, NONCE = 32, 12
COST, BLOCK = 2**15, 8  # scrypt: 32 MB and a tenth of a second for each guess


class CannotOpen(Exception):
    """The passphrase is another, or what is sealed was changed."""


class Locked(NamedTuple):
    """A keyholder's pair: the public key, and the private one under their passphrase."""

    salt: str
    public_key: str
    locked_key: str


def text_of(raw: bytes) -> str:
    """Bytes as they stand in a column of letters."""
    return base64.b64encode(raw).decode()


def bytes_of(text: str) -> bytes:
    """The bytes again."""
    return base64.b64decode(text)


def new_pair() -> tuple[bytes, bytes]:
    """A new private key, and the public one that goes with it."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal(public: bytes, plain: bytes, context: str) -> bytes:
    """Seal bytes so that only the private key opens them, and only where `context` is the same."""
    once = X25519PrivateKey.generate()
    ours = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(NONCE)
    return ours + nonce + AESGCM(_derived(shared, ours + public)).encrypt(nonce, plain, context.encode())


def unseal(private: bytes, sealed: bytes, context: str) -> bytes:
    """What was sealed. Raises CannotOpen where it was changed, or stood elsewhere."""
    key = X25519PrivateKey.from_private_bytes(private)
    theirs, nonce, rest = sealed[:KEY], sealed[KEY : KEY + NONCE], sealed[KEY + NONCE :]
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(theirs))
        public = key.public_key().public_bytes_raw()
        return AESGCM(_derived(shared, theirs + public)).decrypt(nonce, rest, context.encode())
    except (InvalidTag, ValueError) as fault:
        raise CannotOpen from fault


def lock(passphrase: str, context: str) -> Locked:
    """A new pair for a keyholder, its private key under their passphrase."""
    private, public = new_pair()
    salt, nonce = os.urandom(16), os.urandom(NONCE)
    locked = nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, private, context.encode())
    return Locked(text_of(salt), text_of(public), text_of(locked))


def unlock(locked: Locked, passphrase: str, context: str) -> bytes:
    """A keyholder's private key. Raises CannotOpen for any other passphrase."""
    raw = bytes_of(locked.locked_key)
    try:
        key = _stretched(passphrase, bytes_of(locked.salt))
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], context.encode())
    except InvalidTag as fault:
        raise CannotOpen from fault


def pair_name(one: str, other: str) -> str:
    """What two keyholders' seal is called, whichever comes first."""
    return "+".join(sorted((one, other)))


def share_out(private: bytes, holders: Mapping[str, bytes], context: str) -> dict[str, str]:
    """The tender's private key sealed for each two holders of a public key, so that both have to open it."""
    sealed = {}
    for one, other in combinations(sorted(holders), 2):
        inner = seal(holders[one], private, f"{context} inner {one}")
        sealed[pair_name(one, other)] = text_of(seal(holders[other], inner, f"{context} outer {other}"))
    return sealed


def bring_together(sealed: Mapping[str, str], privates: Mapping[str, bytes], context: str) -> bytes:
    """The tender's private key, with the private keys of two holders."""
    one, other = sorted(privates)
    inner = unseal(privates[other], bytes_of(sealed[pair_name(one, other)]), f"{context} outer {other}")
    return unseal(privates[one], inner, f"{context} inner {one}")


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"hearth sealed bid").derive(shared)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=1).derive(passphrase.encode())
