"""Ports that nobody listens on, and one place where the small authorities of this folder's tests are made once."""

import socket
from pathlib import Path

import pytest


@pytest.fixture(scope="package")
def bench_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one test has set up is there for the next."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture
def free_ports() -> tuple[int, int, int]:
    """Two in a row and one more."""
    while True:
        with socket.socket() as first, socket.socket() as second, socket.socket() as third:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            third.bind(("127.0.0.1", 0))
            return port, port + 1, third.getsockname()[1]
