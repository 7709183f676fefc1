"""Reads a file of people, with the checks by which partners' files are opened. Nothing in it is trusted; each row not taken says why."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.crypto import salted_hmac

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, Refused
from hearth.foundation.core.spreadsheet import FORMULA
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import commas
from hearth.foundation.ui.partial_date import PartialDate
from hearth.intelligence.feeds.batches import FAULT, ROW, batches_of
from hearth.intelligence.feeds.layout import Column, Layout
from hearth.intelligence.matching.lists import born_of
from hearth.records.sharing.look_up.queries import Typed, typed_of

LONGEST_NAME, MOST_FAULTS = 100, 200
LAYOUT = Layout(
    code="people_of_a_return",
    title="people for a return",
    about="whom a provider helped in a quarter",
    category="basic",
    sectors=(),
    columns=(
        Column("given_name", ("Given name", "First name", "Forename", "Given names", "First names")),
        Column("family_name", ("Family name", "Last name", "Surname")),
        Column("born", ("Date of birth", "Birth date", "DOB", "Born"), needed=False),
        Column("postcode", ("Postcode", "Post code"), needed=False),
        Column("nhs_number", ("NHS number", "NHS no"), needed=False),
        Column("upn", ("Unique pupil number", "UPN"), needed=False),
    ),
)
# The words of those who load partners' files, as somebody reads them who sends their own.
OURS = {
    "its first row has none of that feed's headers, but": "its first row has none of the headings, but",
    "Choose the right feed, or ask for the file with its row of headers.": "Put the headings in a row above the people, and send it again.",
    "Ask for the file with every column, and send that.": "Add the column, and send the file again.",
    "Ask for it once more, and look whether it has rows before you send it.": "Look whether it has rows, and send it again.",
    "Ask for it once more.": "Save it again, and send that.",
    "Ask for the file once more, with each": "Send the file again, with each",
    "Ask for the rows themselves, as CSV or Excel.": "Send the rows themselves, as CSV or Excel.",
    "Ask for CSV or Excel.": "Send CSV or Excel.",
    "which feeds do not take.": "which cannot be read here.",
}


@dataclass(frozen=True)
class Somebody:
    """One person as the provider writes them, and as they are compared."""

    number: int
    given_name: str
    family_name: str
    typed: Typed

    @property
    def digest(self) -> str:
        """The same for the same person written the same way; made with the key of the settings, so that no table tells who it is."""
        told = "|".join(
            (
                *self.typed.given,
                "/",
                *self.typed.family,
                str(self.typed.first),
                self.typed.known,
                self.typed.code,
                *self.typed.numbers,
            )
        )
        return salted_hmac("hearth.commissioning.contracts.returns.people", told, algorithm="sha256").hexdigest()

    @property
    def columns(self) -> dict[str, Any]:
        """The row as it is kept."""
        typed = self.typed
        return {
            "number": self.number, "given_name": self.given_name, "family_name": self.family_name, "born_on": typed.first,
            "birth_precision": typed.known, "postcode": typed.code, "numbers": list(typed.numbers), "given_words": list(typed.given),
            "family_words": list(typed.family), "forms": list(typed.other_forms), "folded": folded_name(typed), "digest": self.digest,
        }  # fmt: skip


def folded_name(typed: Typed) -> str:
    """Both names, folded."""
    return " ".join((*typed.given, *typed.family))[:220]


@dataclass
class Found:
    """What a file holds: people, rows that were not taken with why, and headings that are not read."""

    people: list[Somebody] = field(default_factory=list)
    not_taken: list[tuple[int, str]] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)  # by what is said of somebody, the first row that says it


def somebody_of(
    number: int, given: str, family: str, born: PartialDate | None, postcode: str, *numbers: str
) -> Somebody:
    """Somebody as they were typed."""
    given, family = (" ".join(clean(name).split())[:LONGEST_NAME] for name in (given, family))
    return Somebody(number, given, family, typed_of(given, family, born, postcode, *numbers))


def read_people(file: Any) -> Found:
    """Everybody in a file that somebody sent. Raises Refused for what is no list of people, or is too much."""
    with tempfile.TemporaryDirectory(prefix="people-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as out:
            for piece in file.chunks():
                out.write(piece)
        try:
            not_kept, batches = batches_of(path, LAYOUT)
            found = Found(not_kept=[header.strip()[:60] for header in not_kept][:20])
            for row in _rows(batches):
                _take(found, row)
        except Refused as refused:
            raise Refused(Refusal("returns.file", _said(refused.refusal.sentence))) from None
    if not found.people and not found.not_taken:
        raise Refused(Refusal("returns.file", "The file has headings and nobody below them. Send it with its people."))
    return found


def _said(sentence: str) -> str:
    for theirs, ours in OURS.items():
        sentence = sentence.replace(theirs, ours)
    return sentence


def _rows(batches: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    """Each row that says something; no more than a list may hold."""
    most, seen = pack().returns.most_people, 0
    for batch, _ in batches:
        for row in batch.to_pylist():
            if not row[FAULT] and not any((row[column.name] or "").strip() for column in LAYOUT.columns):
                continue
            seen += 1
            if seen > most:
                raise Refused(
                    Refusal(
                        "returns.too_many",
                        f"The file holds more than {commas(most)} people, the most of one list. Nothing of it was taken.",
                    )
                )
            yield row


def _take(found: Found, row: Mapping[str, Any]) -> None:
    """Take a row, or say why not. A reason never says what stands in the row."""
    number = int(row[ROW])
    cells = {column.name: clean(row[column.name] or "").strip() for column in LAYOUT.columns}
    reason = row[FAULT] or _fault(cells)
    if not reason:
        numbers = (cells["nhs_number"], cells["upn"])
        one = somebody_of(
            number, cells["given_name"], cells["family_name"], _born(cells["born"]), cells["postcode"], *numbers
        )
        first = found.rows.setdefault(one.digest, number)
        if first == number:
            found.people.append(one)
            return
        reason = f"It is row {first} again."
    if len(found.not_taken) < MOST_FAULTS:
        found.not_taken.append((number, str(reason)))


def _fault(cells: Mapping[str, str]) -> str:
    if any(text.startswith(FORMULA) for text in cells.values()):
        return "A formula stands where a name, a day or a number should be."
    if not cells["given_name"] or not cells["family_name"]:
        return "A name is missing."
    if len(cells["given_name"]) > LONGEST_NAME or len(cells["family_name"]) > LONGEST_NAME:
        return f"A name is longer than {LONGEST_NAME} letters."
    try:
        born = _born(cells["born"])
    except ValueError:
        return "The date of birth is no date. Write it as 14/09/2015."
    if born is not None and born.earliest > clock.today():
        return "The date of birth is still to come."
    numbers = [cells[name] for name in ("nhs_number", "upn") if cells[name]]
    if numbers and len(typed_of("", "", None, "", *numbers).numbers) < len(numbers):
        return "An NHS number or unique pupil number does not have the shape of one."
    return ""


def _born(text: str) -> PartialDate | None:
    """As `born_of`, and as a workbook gives a day with its time."""
    return born_of(text.removesuffix(" 00:00:00"))
