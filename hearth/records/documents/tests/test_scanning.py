"""The scanner is asked in its own protocol, over a real socket; what is not a plain answer is no answer."""

from pathlib import Path

import pytest

from hearth.records.documents import scanning
from hearth.records.documents.scanning import ScannerAway, virus_in
from hearth.records.documents.tests.clamd import EICAR, clamd


def test_a_clean_file_is_clean_and_arrives_whole_however_large() -> None:
    content = bytes(range(256)) * 1000
    with clamd() as (server, address):
        assert virus_in(content, address) == ""
        assert server.seen == [content]


def test_a_virus_is_named() -> None:
    with clamd() as (_, address):
        assert virus_in(b"Dear all, " + EICAR, address) == "Eicar-Test-Signature"


def test_a_socket_in_the_file_system_will_do(tmp_path: Path) -> None:
    with clamd(str(tmp_path / "clamd")) as (_, address):
        assert virus_in(EICAR, address) == "Eicar-Test-Signature"


@pytest.mark.parametrize("mood", ["garbled", "full", "hung up", "silent"])
def test_any_other_answer_leaves_the_file_unchecked(mood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.5)
    with clamd() as (server, address):
        server.mood = mood
        with pytest.raises(ScannerAway):
            virus_in(b"hello" * 100_000, address)


def test_nobody_there_is_said() -> None:
    with clamd() as (_, address):
        pass
    for nobody in (address, "/nowhere/clamd"):
        with pytest.raises(ScannerAway):
            virus_in(b"hello", nobody)
