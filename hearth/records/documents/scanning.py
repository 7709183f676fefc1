"""Asks clamd whether bytes hold a virus: the INSTREAM command, as clamd(8) sets it out.

The clients on the package index have not been kept up for years, and what we need of them is these few lines.
"""

import socket
import struct
from contextlib import closing

CHUNK, SECONDS, LONGEST_ANSWER = 64 * 1024, 60, 4096


class ScannerAway(Exception):
    """The scanner cannot be reached, or did not answer as it should. Nothing is known of the file."""


def virus_in(content: bytes, address: str) -> str:
    """The virus that clamd names, or nothing where it found none. `address` is host:port or a socket's path."""
    try:
        with closing(_opened(address)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError as fault:
        raise ScannerAway(f"{type(fault).__name__}: {fault}") from fault
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway(f"clamd answered {answer!r}")


def _opened(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = line.recv(1024)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
