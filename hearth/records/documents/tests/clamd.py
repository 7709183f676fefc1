"""A little server that speaks clamd's protocol on loopback, and can misbehave as a real one does."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# The industry's harmless test "virus", in two halves so that no scanner destroys this file.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


class Clamd:
    """What it was asked, and how it answers: a mood of "well", "garbled", "silent", "full" or "hung up"."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.mood = "well"
        self.seen: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(caller,), daemon=True).start()

    def _answer(self, caller: socket.socket) -> None:
        with caller, caller.makefile("rb") as heard:
            command = heard.read(len(b"zINSTREAM\0"))
            if self.mood == "hung up":
                return
            if command != b"zINSTREAM\0":
                caller.sendall(b"UNKNOWN COMMAND\0")
                return
            content = b""
            while size := struct.unpack("!I", heard.read(4))[0]:
                content += heard.read(size)
            self.seen.append(content)
            if self.mood == "silent":
                time.sleep(3)
            caller.sendall(self._says(content))

    def _says(self, content: bytes) -> bytes:
        if self.mood == "garbled":
            return b"220 mail.example ESMTP\r\n\0"
        if self.mood == "full":
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd(path: str = "") -> Iterator[tuple[Clamd, str]]:
    """The server and its address: a port of loopback, or a socket in the file system."""
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as line:
        line.bind(path or ("127.0.0.1", 0))
        line.listen()
        try:
            yield Clamd(line), path or f"127.0.0.1:{line.getsockname()[1]}"
        finally:
            line.shutdown(socket.SHUT_RDWR)  # closing alone leaves the thread that accepts to take one caller more
