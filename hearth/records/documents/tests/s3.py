"""A little server that speaks S3 on loopback: put, get and delete of objects, signed, by path, never over another.

Written because the usual double of S3 brings a hundred times more than this. It was compared with one by hand.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY, SECRET, BUCKET = "AKIAINVENTEDINVENTED", "an-invented-secret", "hearth-documents"
SIGNED = re.compile(
    rf"AWS4-HMAC-SHA256 Credential={KEY}/\d{{8}}/[a-z0-9-]+/s3/aws4_request, SignedHeaders=.*host.*, Signature="
)


class Store(ThreadingHTTPServer):
    """Objects by key. `down` answers everything with a fault of the server; `spoil` gives back other bytes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.down = self.spoil = False

    @property
    def address(self) -> str:
        """What HEARTH_STORE_URL says."""
        return f"http://127.0.0.1:{self.server_port}/{BUCKET}"


class Answers(BaseHTTPRequestHandler):
    """One request."""

    server: Store
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def _key(self) -> str | None:
        bucket, _, key = self.path.lstrip("/").partition("/")
        key = key.split("?")[0]
        self.server.asked.append((self.command, key))
        if self.server.down:
            self._say(503, "ServiceUnavailable")
        elif not SIGNED.match(self.headers.get("Authorization", "")):
            self._say(403, "AccessDenied")
        elif bucket != BUCKET:
            self._say(404, "NoSuchBucket")
        else:
            return key
        return None

    def _say(self, status: int, code: str = "", body: bytes = b"") -> None:
        if code:
            body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>{code}</Message></Error>'.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/xml" if code else "application/octet-stream")
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        """Write an object, unless there is one and the caller asked that none be written over."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self._key()
        if key is None:
            return None
        if key in self.server.objects and self.headers.get("If-None-Match") == "*":
            return self._say(412, "PreconditionFailed")
        self.server.objects[key] = body
        return self._say(200)

    def do_GET(self) -> None:
        """Read an object."""
        key = self._key()
        if key is not None:
            found = self.server.objects.get(key)
            if found is None:
                return self._say(404, "NoSuchKey")
            return self._say(200, body=found[::-1] if self.server.spoil else found)
        return None

    def do_DELETE(self) -> None:
        """Delete an object, there or not."""
        key = self._key()
        if key is not None:
            self.server.objects.pop(key, None)
            self._say(204)


@contextmanager
def store() -> Iterator[Store]:
    """The server, answering."""
    with Store() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()
