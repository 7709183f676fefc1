"""A council's directory, as a process of its own: OpenID Connect with codes, PKCE and signed tokens.

`python -m hearth.foundation.accounts.tests.directory PORT`. POST /next says who signs in next, and what goes wrong.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "hearth", "a-secret-of-the-tests"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
coming: dict[str, Any] = {}
codes: dict[str, dict[str, Any]] = {}
tokens: dict[str, dict[str, Any]] = {}


class Directory(BaseHTTPRequestHandler):
    """One request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    server: ThreadingHTTPServer

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, body: Any, status: int = 200) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        doors = {
            "/.well-known/openid-configuration": self.configuration, "/authorize": self.authorise, "/jwks": self.keys,
            "/userinfo": self.userinfo,
        }  # fmt: skip
        doors.get(parts.path, lambda _: self.answer({}, 404))(asked)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/next":
            coming.clear()
            coming.update(json.loads(body))
            return self.answer({})
        return self.token(dict(parse_qsl(body.decode())))

    def configuration(self, asked: dict[str, str]) -> None:
        here = self.issuer
        self.answer({
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks", "userinfo_endpoint": f"{here}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }, 503 if coming.get("down") else 200)  # fmt: skip

    def authorise(self, asked: dict[str, str]) -> None:
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) == {"openid", "profile", "email"}
        code = secrets.token_urlsafe()
        codes[code] = {"challenge": asked["code_challenge"], "back": asked["redirect_uri"], **coming}
        back = {"error": "access_denied"} if coming.get("cancelled") else {"code": code}
        self.send_response(302)
        self.send_header("Location", asked["redirect_uri"] + "?" + urlencode(back | {"state": asked["state"]}))
        self.end_headers()

    def token(self, asked: dict[str, str]) -> None:
        found = codes.pop(asked.get("code", ""), None)
        proof = (
            base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        right = (asked.get("client_id"), asked.get("client_secret")) == (CLIENT, SECRET)
        if not found or not right or proof != found["challenge"] or asked["redirect_uri"] != found["back"]:
            return self.answer({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "jti": secrets.token_hex(),
            **found["claims"],
        }
        claims |= found.get("token", {})
        key = OTHER_KEY if found.get("wrong_key") else KEY
        token = secrets.token_urlsafe()
        tokens[token] = {**found["claims"], **found.get("userinfo", {})}
        return self.answer({
            "access_token": token, "token_type": "Bearer", "expires_in": 300,
            "id_token": jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"}),
        })  # fmt: skip

    def keys(self, asked: dict[str, str]) -> None:
        public = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
        self.answer({"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]})

    def userinfo(self, asked: dict[str, str]) -> None:
        self.answer(tokens[self.headers["Authorization"].removeprefix("Bearer ")])


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Directory).serve_forever()
