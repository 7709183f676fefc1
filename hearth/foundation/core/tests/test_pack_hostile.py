"""Files of a pack that no honest hand wrote: the answer is sentences all the same."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.foundation.core.pack import check
from hearth.foundation.core.packs.reading import LARGEST
from hearth.foundation.core.tests.packs import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("é".encode("latin-1"), "line 3: has a letter that is not UTF-8: save the file again as UTF-8"),
        (b"\x00", "line 3, column 3: is not TOML: found invalid character"),
    ],
)
def test_a_wrong_encoding_is_told_with_its_line(copy: Copy, raw: bytes, sentence: str) -> None:
    copy.path("words.toml").write_bytes(b"# one\n# two\n# " + raw + b"\n")
    assert any(f"practice/lancashire/words.toml: {sentence}" in fault for fault in check(copy.folder()))


def test_a_file_saved_as_utf_16_is_told_so(copy: Copy) -> None:
    copy.path("words.toml").write_text(copy.path("words.toml").read_text(encoding="utf-8"), encoding="utf-16")
    assert check(copy.folder()) == ["practice/lancashire/words.toml: is saved as UTF-16: save it again as UTF-8"]


def test_a_file_saved_by_a_windows_editor_is_read(copy: Copy) -> None:
    text = copy.path("words.toml").read_text(encoding="utf-8").replace("\n", "\r\n")
    copy.path("words.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert check(copy.folder()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = " + "[" * 100_000, "has too many brackets one inside another: take them apart"),
        ("plan = " + "9" * 5000, "has a number far too long: shorten it"),
        ("# " + "x" * LARGEST, "is larger than 1,000,000 bytes: a pack's file is a few pages of text"),
        ("plan = nan", "must be a whole number like 10"),
        ("plan = 1e400", "must be a whole number like 10"),
        ("plan = 99999999999999999999", "must be 3660 or less"),
    ],
)
def test_a_hostile_file_is_a_fault_like_any_other(copy: Copy, text: str, says: str) -> None:
    copy.path("limits.toml").write_text(text, encoding="utf-8")
    assert any(fault.startswith("practice/lancashire/limits.toml") and says in fault for fault in check(copy.folder()))


def test_a_folder_where_a_file_should_be_is_a_fault(copy: Copy) -> None:
    copy.path("limits.toml").unlink()
    copy.path("limits.toml").mkdir()
    assert check(copy.folder()) == ["practice/lancashire/limits.toml: is not a file: put a text file there"]


def test_a_pipe_where_a_file_should_be_does_not_hang(copy: Copy) -> None:
    copy.path("limits.toml").unlink()
    os.mkfifo(copy.path("limits.toml"))
    assert check(copy.folder()) == ["practice/lancashire/limits.toml: is not a file: put a text file there"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SPOTS = {
    "areas.toml": ["district", "locality", "kind", "goes_live_on", "code", "parent"],
    "front_door.toml": ["outcome", "levels", "code"],
    "calendar.toml": ["closure", "working_weekdays", "include", "bank_holiday"],
    "levels.toml": ["level", "number", "signs"],
}


def _as_toml(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_toml, value)) + "]"
    return "{" + ", ".join(f"{_as_toml(key)} = {_as_toml(item)}" for key, item in value.items()) + "}"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_a_file_says_the_answer_is_sentences(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    copy = Copy(tmp_path_factory.mktemp("spoilt"))
    file = data.draw(st.sampled_from(sorted(SPOTS)))
    key = data.draw(st.sampled_from(SPOTS[file]))
    value = _as_toml(data.draw(VALUES))
    lines = copy.path(file).read_text(encoding="utf-8").split("\n")
    place = data.draw(st.integers(0, len(lines)))
    copy.path(file).write_text("\n".join([*lines[:place], f"{key} = {value}", *lines[place:]]), encoding="utf-8")
    for fault in check(copy.folder()):
        assert fault.startswith("practice/") and ": " in fault and "\n" not in fault


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_the_answer_is_sentences(
    raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = Copy(tmp_path_factory.mktemp("bytes"))
    copy.path("limits.toml").write_bytes(raw)
    assert all(fault.startswith("practice/lancashire/limits.toml") for fault in check(copy.folder()))
