"""Files that somebody sends by mistake or in bad faith: each is answered in a sentence, by the page and by the command."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.desk.imports import actions
from hearth.desk.imports.annex_a import import_workbook
from hearth.desk.imports.models import ImportRow, ImportRun
from hearth.desk.imports.tests.test_imports import HEADERS, SEEN, child, workbook
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Family, Person

CONTACT = "q) 6: Police"
GOOD = workbook(list_1=[(*child(number), SEEN, CONTACT) for number in range(1, 40)])


def _changed(change: Callable[[str, bytes], bytes], content: bytes = GOOD) -> bytes:
    """The same package with its parts as `change` has them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            out.writestr(part.filename, change(part.filename, parts.read(part)))
    return made.getvalue()


def _broken_sheet() -> bytes:
    return _changed(lambda name, held: held[: len(held) // 2] if name.endswith("sheet1.xml") else held)


def _other_sheet_broken() -> bytes:
    return _changed(lambda name, held: held[: len(held) // 2] if name.endswith("sheet3.xml") else held)


def _cut_short() -> bytes:
    return GOOD[: len(GOOD) // 2]


def _flipped() -> bytes:
    """A disk or a line has spoilt some bytes in the middle of a sheet."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as parts:
        at = parts.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    return GOOD[:at] + bytes(255 - byte for byte in GOOD[at : at + 40]) + GOOD[at + 40 :]


def _locked_package() -> bytes:
    """The mark that a part is locked with a password, in both places where a package says so."""
    held = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = held.find(mark)
        while at >= 0:
            held[at + place] |= 1
            at = held.find(mark, at + 4)
    return bytes(held)


def _bomb() -> bytes:
    """A part of 300 million noughts, in some 300 kB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out, zipfile.ZipFile(io.BytesIO(GOOD)) as parts:
        for part in parts.infolist():
            out.writestr(part.filename, parts.read(part))
        with out.open("xl/media/picture.bin", "w") as big:
            for _ in range(300):
                big.write(b"0" * 1_000_000)
    return made.getvalue()


def _entities() -> bytes:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    return _changed(lambda name, held: evil if name == "xl/workbook.xml" else held)


def _named(title: str, *rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _a_word_file() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("word/document.xml", "<w/>")
    return made.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "not an Excel workbook"),
    "a letter": (_a_word_file, "not an Excel workbook"),
    "a CSV file": (lambda: b"Child ID,Gender\r\n1,F\r\n", "a text file, such as CSV"),
    "a CSV file in another encoding": (lambda: "Child ID,Näme\n1,Zoë\n".encode("cp1252"), "a text file, such as CSV"),
    "an old .xls, or one with a password": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
    "a package with a password": (_locked_package, "locked with a password"),
    "cut short": (_cut_short, "not an Excel workbook"),
    "spoilt in the middle": (_flipped, "damaged after|not an Excel workbook"),
    "a sheet that breaks off": (_broken_sheet, "damaged after List 1, row"),
    "a later sheet that breaks off": (_other_sheet_broken, "damaged after List 1, row 40"),
    "far too large inside": (_bomb, "unpacks to far more"),
    "XML that grows": (_entities, "never needs|not an Excel workbook"),
    "no list by its name": (lambda: _named("Sheet1", HEADERS["List 1"], (*child(1), SEEN, CONTACT)), "no sheet called List 1"),
    "headers missing": (lambda: _named("List 1", ("Gender", "Ethnicity"), ("F", "WBRI")), "“child id” and “date of contact”"),
    "nothing below the headers": (workbook, "no row below"),
    "an empty sheet": (lambda: _named("List 1"), "no row below"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_the_command_says_what_is_wrong_and_loads_nothing(name: str, cast: Any, area: Any, tmp_path: Path) -> None:
    make, sentence = BAD[name]
    file = tmp_path / "sent.xlsx"
    file.write_bytes(make())
    with pytest.raises(Refused, match=sentence):
        import_workbook(file, cast.administrator, area=area.code, source="Liquid")
    _nothing_is_loaded(cast)


@pytest.mark.parametrize("name", BAD)
def test_the_page_says_what_is_wrong_and_keeps_what_else_was_typed(
    name: str, cast: Any, area: Any, as_client: Any
) -> None:
    make, sentence = BAD[name]
    client = as_client(cast.administrator)
    sent = SimpleUploadedFile("sent.xlsx", make())
    answer = client.post(
        reverse("import_workbook"), {"source": "Liquid of Hull", "area_code": area.code, "workbook": sent}
    )
    if answer.status_code == 302:  # only whoever reads it to its end finds out
        with acting_as(cast.administrator):
            actions.read_workbook(by=cast.administrator, run=ImportRun.objects.get())
        answer = client.get(answer["Location"])
    else:
        assert answer.status_code in (403, 422)
        assert b"Liquid of Hull" in answer.content
    shown = answer.content.decode()
    assert any(part in shown for part in (*sentence.split("|"), "That file is empty")), shown
    _nothing_is_loaded(cast)


def _nothing_is_loaded(cast: Any) -> None:
    with acting_as(cast.administrator):
        assert not ImportRow.objects.exists() and not Family.objects.exists() and not Request.objects.exists()


def test_a_file_larger_than_any_workbook_is_not_even_read(cast: Any, area: Any, tmp_path: Path) -> None:
    file = tmp_path / "huge.xlsx"
    with file.open("wb") as made:
        made.truncate(60 * 1024 * 1024)
    with pytest.raises(Refused, match="larger than 50 MB"):
        import_workbook(file, cast.administrator, area=area.code)


@pytest.fixture
def read(cast: Any, area: Any) -> Callable[[bytes], dict[str, ImportRow]]:
    """Read a workbook; its rows by child id."""

    def reading(content: bytes) -> dict[str, ImportRow]:
        by = cast.administrator
        with acting_as(by):
            run = actions.import_workbook(by=by, area=area, source="Liquid", file_name="a.xlsx", content=content)
            actions.read_workbook(by=by, run=run)
            run.refresh_from_db()
            assert run.state == "done", run.refusal
            return {row.cells.get("child id", ""): row for row in ImportRow.objects.filter(run=run)}

    return reading


def test_a_formula_without_its_result_is_said_and_not_taken_for_an_empty_cell(read: Any) -> None:
    rows = read(
        _named("List 1", HEADERS["List 1"], (*child(1), "=TODAY()-3", CONTACT), ("=A2+1", *child(2)[1:], SEEN, CONTACT))
    )
    assert any("date of contact is a formula, and its result is not in the file" in flag for flag in rows["1"].flags)
    assert (rows[""].outcome, "child id is a formula" in rows[""].reason) == ("refused", True)


def test_days_before_1900_and_days_to_come_are_flagged_and_never_believed(cast: Any, read: Any) -> None:
    soon = dt.datetime.now() + dt.timedelta(days=40)  # noqa: DTZ005 - as a spreadsheet holds them
    late = soon + dt.timedelta(days=4000)
    rows = read(
        workbook(
            list_1=[
                (*child(1), soon, CONTACT),
                (*child(2, born="03/04/1899"), SEEN, CONTACT),
                (*child(3, born=late), SEEN, CONTACT),
                (*child(4, born=soon), SEEN, CONTACT),
                (*child(5, born="3rd of Octember"), "16-Sep-2026", CONTACT),
            ],
            list_2=[(*child(6), soon, None, "Academy"), (*child(7), SEEN, soon, "Academy")],
        )
    )
    said = {key: " / ".join(row.flags) for key, row in rows.items()}
    assert "date of contact is in the future" in said["1"]
    assert "date of birth cannot be read as a date: 03/04/1899" in said["2"]
    assert "date of birth is too far in the future" in said["3"]
    assert said["4"] == "", "a child who is expected"
    assert "date of birth cannot be read" in said["5"] and "date of contact" not in said["5"]
    assert "assessment start date is in the future" in said["6"]
    assert "assessment completion date is in the future" in said["7"]
    with acting_as(cast.administrator):
        assert not Request.objects.filter(received_at__gt=dt.datetime.now(dt.UTC)).exists()
        assert set(Person.objects.values_list("birth_precision", flat=True)) == {"full", "unknown", "expected"}


def test_columns_that_are_missing_or_too_many_and_cells_with_anything_in_them_are_borne(read: Any) -> None:
    rows = read(
        _named(
            "1. Contacts",
            ("Notes for Ofsted", None, "Child ID", "Date of contact", "Extra", "Extra"),
            ("x", "y", "  17 ", SEEN, "bell", "=1/0"),
            (None, None, 18, True, "z" * 40_000, None),
            (None, None, "<script>alert(1)</script>", SEEN, None, None),
        )
    )
    assert set(rows) == {"17", "18", "<script>alert(1)</script>"}
    assert {row.outcome for row in rows.values()} == {"loaded"}
    assert any("cannot be read as a date" in flag for flag in rows["18"].flags)
