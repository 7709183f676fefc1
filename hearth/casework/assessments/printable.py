"""What our fonts can print, and words for what they cannot: a PDF/UA document may hold no letter without a shape."""

import struct
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
JOINER = "\u200d"
UNSHAPED = {"\n", "\t", " ", "\u200c", JOINER}  # layout, and the joiners that some scripts need
DROPPED = {"\ufe0e", "\ufe0f"}  # ask for a picture or a letter: we have letters only
ELSEWHERE = "[another script: read it on screen]"


def _segments(table: bytes) -> list[tuple[int, int]]:
    """The ranges of code points in one `cmap` subtable, of the two kinds that fonts of today have."""
    (kind,) = struct.unpack_from(">H", table)
    if kind == 12:
        (count,) = struct.unpack_from(">I", table, 12)
        return [struct.unpack_from(">II", table, 16 + 12 * n) for n in range(count)]
    if kind != 4:
        return []
    (double,) = struct.unpack_from(">H", table, 6)
    ends = struct.unpack_from(f">{double // 2}H", table, 14)
    starts = struct.unpack_from(f">{double // 2}H", table, 16 + double)
    return [(first, last) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF]


def _ranges_of(font: bytes) -> list[tuple[int, int]]:
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    offsets = {struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2] for n in range(count)}
    return [found for offset in offsets for found in _segments(font[start + offset :])]


@lru_cache(maxsize=1)
def _covered() -> tuple[list[int], list[int]]:
    """Every range our fonts cover between them: starts, and ends, joined and in order."""
    starts: list[int] = []
    ends: list[int] = []
    for first, last in sorted(found for path in FONTS.glob("*.ttf") for found in _ranges_of(path.read_bytes())):
        if ends and first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return starts, ends


def has_shape(character: str) -> bool:
    """Whether a font of ours has a shape for it."""
    starts, ends = _covered()
    at = bisect_right(starts, ord(character)) - 1
    return character in UNSHAPED or (at >= 0 and ord(character) <= ends[at])


def printable(text: str) -> str:
    """The text with a name for every picture that no font of ours has, and a note for a script we cannot print."""
    composed = unicodedata.normalize("NFC", text)
    if all(map(has_shape, composed)):
        return composed
    parts: list[str] = []
    replaced = False
    for character in composed:
        if character in DROPPED or (character == JOINER and replaced):
            continue
        replaced = not has_shape(character)
        word = _instead_of(character) if replaced else character
        if word != ELSEWHERE or parts[-1:] != [ELSEWHERE]:
            parts.append(word)
    return "".join(parts)


def _instead_of(character: str) -> str:
    if unicodedata.category(character).startswith("S"):
        return f"[{unicodedata.name(character, 'symbol').lower()}]"
    return "" if unicodedata.combining(character) else ELSEWHERE


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script written from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((kind in ("R", "AL") for kind in directions if kind in ("L", "R", "AL")), False)
