"""Opens a file that somebody else made: what kind it is, how its letters are written, where its cells end. Nothing in it is trusted."""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hearth.foundation.core.refusals import Refusal, Refused
from hearth.intelligence.feeds.layout import Layout, folded

PIECE = 1 << 22
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
LONGEST_HEADER = 1 << 17  # bytes: a first line that is longer is no line of headers
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAVE_AS_CSV = "Open it in Excel, save it as “CSV UTF-8”, and send that."
# How files begin that are no list of rows, and what to do about each.
OTHERS = {
    b"\x1f\x8b": "The file is packed (gzip). Unpack it, and send the file that was inside.",
    b"\xd0\xcf\x11\xe0": "The workbook is locked with a password, or is an old .xls file. "
    "Save it as .xlsx without a password, and send that.",
    b"%PDF": "This is a PDF. Ask for the rows themselves, as CSV or Excel.",
    b"7z\xbc\xaf": "The file is packed (7-Zip). Unpack it, and send the file that was inside.",
    b"PAR1": f"This is a Parquet file, which feeds do not take. {SAVE_AS_CSV}",
    b"<": "This is a web page or XML, not a list of rows. Ask for CSV or Excel.",
    b"{": "This is JSON, not a list of rows. Ask for CSV or Excel.",
}


def refusal(sentence: str) -> Refused:
    """The whole file is refused, with what to do."""
    return Refused(Refusal("feeds.file", sentence))


@dataclass(frozen=True)
class Shape:
    """How a text file is to be read: its encoding, its separator, and where each of our columns stands in it."""

    encoding: str
    separator: str
    headers: tuple[str, ...]
    places: dict[str, int]
    lines_above: int = 0

    @property
    def not_kept(self) -> list[str]:
        """Headers that the feed has no column for: they are not read."""
        used = set(self.places.values())
        return [header for place, header in enumerate(self.headers) if place not in used and header.strip()]


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook. Raises Refused for what is no list of rows at all."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise refusal("The file is empty. Ask for it once more, and look whether it has rows before you send it.")
    for mark, sentence in OTHERS.items():
        if start.startswith(mark):
            raise refusal(sentence)
    return start.startswith(b"PK")


def encoding_of(path: Path) -> str:
    """UTF-8, UTF-16 or Windows-1252, found by reading the whole file once in pieces."""
    with path.open("rb") as file:
        start = file.read(1 << 12)
        marked = next((name for mark, name in UTF_16.items() if start.startswith(mark)), "")
        if not marked and len(start) > 3 and b"\0" in start:
            evens, odds = start[0::2].count(0), start[1::2].count(0)
            marked = "utf-16-le" if odds > len(start) // 4 > evens else "utf-16-be" if evens > len(start) // 4 else ""
            if not marked:
                raise refusal(f"The file has bytes in it that no text has. {SAVE_AS_CSV}")
        for name in [marked] if marked else ["utf-8", "cp1252"]:
            file.seek(0)
            if _reads_as(file, name):
                return name
    raise refusal(f"The file's letters cannot be read. {SAVE_AS_CSV}")


def _reads_as(file: IO[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while piece := file.read(PIECE):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def shape_of(path: Path, layout: Layout) -> Shape:
    """How to read a text file of this feed. Raises Refused where it is not one."""
    encoding = encoding_of(path)
    with path.open("rb") as file:
        start = file.read(LONGEST_HEADER).decode(encoding, errors="ignore").lstrip("\ufeff")
    lines_above = len(start) - len(start.lstrip("\r\n"))
    shown: list[str] = []
    for separator in SEPARATORS:
        headers = _first_row(start.lstrip("\r\n"), separator)
        places = place_columns(headers, layout)
        shown = max(shown, headers, key=len)
        if places and not missing(places, layout):
            return Shape(encoding, separator, tuple(headers), places, lines_above)
    raise wrong_headers(shown, layout)


def _first_row(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text), delimiter=separator), [])
    except csv.Error:
        return []


def place_columns(headers: list[str], layout: Layout) -> dict[str, int]:
    """Where each column of the feed stands. Raises Refused where one stands twice."""
    known = {folded(header): column.name for column in layout.columns for header in column.headers}
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = known.get(folded(header))
        if name is None:
            continue
        if name in found:
            raise refusal(
                f"Two columns are headed “{headers[found[name]].strip()}” and “{header.strip()}”, and both would be the same. "
                "Take one of them out, and send the file again."
            )
        found[name] = place
    return found


def missing(places: dict[str, int], layout: Layout) -> list[str]:
    """Headers that a file of this feed has, and this one has not."""
    return [column.header for column in layout.columns if column.needed and column.name not in places]


def wrong_headers(headers: list[str], layout: Layout) -> Refused:
    """The refusal of a file that is of another feed, or lacks a column."""
    lacking = missing(place_columns(headers, layout), layout)
    shown = ", ".join(header.strip()[:40] for header in headers[:12] if header.strip()) or "nothing"
    if len(lacking) == len([column for column in layout.columns if column.needed]):
        return refusal(
            f"This is not a file of {layout.title}: its first row has none of that feed's headers, but {shown}. "
            f"It needs {', '.join(lacking)}. Choose the right feed, or ask for the file with its row of headers."
        )
    return refusal(
        f"The file lacks {' and '.join([', '.join(lacking[:-1]), lacking[-1]] if len(lacking) > 1 else lacking)}, "
        f"which {layout.title} needs. "
        f"It knows {', '.join(column.header for column in layout.columns)}. Ask for the file with every column, and send that."
    )
