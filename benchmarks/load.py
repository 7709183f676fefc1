"""Eight clients at once on loopback: as many requests as are answered, and how long each took."""

import socket
import statistics
import threading
import time
from dataclasses import dataclass, field

CLIENTS = 8


@dataclass
class Load:
    """What eight clients were given of one address."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def a_second(self) -> float:
        """Requests answered each second."""
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return statistics.quantiles(self.times, n=20)[18] * 1000


class _Client:
    """One keep-alive connection that costs next to nothing: the machine is for the server."""

    def __init__(self, port: int, path: str, cookies: str) -> None:
        self.port = port
        self.asked = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nCookie: {cookies}\r\n\r\n".encode()
        )
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> float:
        """Seconds until the whole answer was here."""
        began = time.perf_counter()
        self.socket.sendall(self.asked)
        held = b""
        while b"\r\n\r\n" not in held:
            held += self._more()
        head, _, body = held.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{self.asked.split()[1].decode()} answered {head[:60]!r} in a benchmark.")
        lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        left = int(lines[b"content-length"]) - len(body)
        while left > 0:
            left -= len(self._more())
        took = time.perf_counter() - began
        if lines.get(b"connection") == b"close":
            self.socket.close()
            self.open()
        return took

    def _more(self) -> bytes:
        got = self.socket.recv(262144)
        if not got:
            raise SystemExit("The server closed a connection in a benchmark.")
        return got


def load(port: int, path: str, cookies: str, seconds: float, into: Load) -> None:
    """Eight clients ask for an address for so long; what they saw is added."""
    clients = [_Client(port, path, cookies) for _ in range(CLIENTS)]
    taken: list[list[float]] = [[] for _ in clients]
    began = time.perf_counter()

    def keep_asking(client: _Client, times: list[float]) -> None:
        while time.perf_counter() - began < seconds:
            times.append(client.ask())

    threads = [threading.Thread(target=keep_asking, args=pair) for pair in zip(clients, taken, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.seconds += time.perf_counter() - began
    into.times += [each for times in taken for each in times]
    for client in clients:
        client.socket.close()
