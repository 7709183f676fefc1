"""A passkey without a device: what a browser and its authenticator would answer, so that tests need neither."""

import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN = "http://testserver"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """One passkey of one person."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.user = b""

    def make(self, options: dict[str, Any], *, verified: bool = True, origin: str = ORIGIN) -> str:
        """The answer to "make a passkey"."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"].encode()
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = b"\0" * 16 + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(ATTESTED | PRESENT | (VERIFIED if verified else 0)) + attested
        answer = {
            "clientDataJSON": websafe_encode(_client_data("webauthn.create", asked["challenge"], origin)),
            "attestationObject": websafe_encode(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._wrapped(answer, {"credProps": {"rk": True}})

    def use(
        self, options: dict[str, Any], *, verified: bool = True, forged: bool = False, user: bytes | None = None
    ) -> str:
        """The answer to "show your passkey"."""
        client = _client_data("webauthn.get", options["publicKey"]["challenge"], ORIGIN)
        data = self._data(PRESENT | (VERIFIED if verified else 0))
        key = ec.generate_private_key(ec.SECP256R1()) if forged else self.key
        signature = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._wrapped({
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature), "userHandle": (user or self.user).decode(),
        }, {})  # fmt: skip

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(b"testserver").digest() + bytes([flags]) + struct.pack(">I", 0)

    def _wrapped(self, answer: dict[str, str], extensions: dict[str, Any]) -> str:
        key = websafe_encode(self.id)
        return json.dumps({
            "id": key, "rawId": key, "type": "public-key", "response": answer, "clientExtensionResults": extensions,
        })  # fmt: skip


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()
