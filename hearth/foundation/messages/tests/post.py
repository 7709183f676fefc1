"""Carriers that are on this machine: a mail server in forty lines, and a stub of GOV.UK Notify."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every e-mail, or answers as it is told: `answers["RCPT"] = "550 no such address"`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.answers: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), _Letterbox)

    @property
    def url(self) -> str:
        """As HEARTH_EMAIL_URL would be."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Letterbox(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper().strip()
            if verb in self.server.answers:
                self.say(self.server.answers[verb])
            elif verb == "DATA":
                self._take()
            else:
                self.say({"EHLO": "250 here", "QUIT": "221 bye"}.get(verb, "250 yes"))
            if verb == "QUIT":
                return

    def _take(self) -> None:
        self.say("354 go on")
        letter = b""
        while (line := self.rfile.readline()) != b".\r\n":
            letter += line
        if "." in self.server.answers:
            return self.say(self.server.answers["."])
        self.server.letters.append(letter)
        return self.say("250 taken")


class NotifyStub(ThreadingHTTPServer):
    """What GOV.UK Notify answers. `status` is that of the next answers."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.status = 201
        super().__init__(("127.0.0.1", 0), _Notify)

    @property
    def url(self) -> str:
        """As HEARTH_NOTIFY_URL would be."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Notify(BaseHTTPRequestHandler):
    server: NotifyStub

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _say(self, status: int, body: Any) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status != 201:
            return self._say(
                self.server.status,
                {"status_code": self.server.status, "errors": [{"error": "x", "message": "a@b.example"}]},
            )
        self.server.sent.append(body | {"path": self.path, "bearer": self.headers["Authorization"]})
        return self._say(201, {"id": "1"})

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        self._say(200, {"notifications": [one for one in self.server.sent if one["reference"] == wanted], "links": {}})


@contextmanager
def running(server: Any) -> Iterator[Any]:
    """Serve until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
