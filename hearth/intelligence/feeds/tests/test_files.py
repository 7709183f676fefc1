"""Files as they come: letters, separators, headers, dates, Excel; what is dangerous in them, and what is no file of a feed at all."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.tests.conftest import HERE

HEAD = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"
ROWS = HEAD + "p1,2024-10-01,Café théft,Offender\np2,02/10/2024,Assault,Victim\n"


@pytest.fixture
def held() -> Callable[[Any], list[tuple[Any, ...]]]:
    """What is in a load's columnar file: person, day, offence."""

    def read(load: Any) -> list[tuple[Any, ...]]:
        path = keeping.admitted(load)
        return duckdb.sql(f"select person, happened_on, offence from read_parquet('{path}') order by 1").fetchall()

    return read


@pytest.fixture
def offences(send: Callable[..., Any]) -> Callable[..., Any]:
    """Send a file of offences, as the council's own."""
    return lambda content, **more: send("offences", content, **more)


EXPECTED = [("p1", dt.date(2024, 10, 1), "Café théft"), ("p2", dt.date(2024, 10, 2), "Assault")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_letters_are_read_however_they_are_written(encoding: str, offences: Any, held: Any) -> None:
    assert held(offences(ROWS.encode(encoding))) == EXPECTED


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_end_at_any_common_separator(separator: str, offences: Any, held: Any) -> None:
    assert held(offences(ROWS.replace(",", separator))) == EXPECTED


def test_headers_may_stand_in_another_order_and_case_and_a_column_more_is_named(offences: Any, held: Any) -> None:
    load = offences(
        "Nature of involvement,EXTRA,Type Of Offence,PERSON_ID,date of offence\r\n"
        "Offender,x,Café théft,p1,1 Oct 2024\r\nVictim,y,Assault,p2,2 October 2024\r\n"
    )
    assert held(load) == EXPECTED
    assert load.not_kept == ["EXTRA"]


@pytest.mark.parametrize(
    "written",
    ["2024-10-01", "01/10/2024", "1/10/24", "1-10-2024", "01.10.2024", "1-Oct-2024", "2024-Oct-01 00:00:00", "1 October 2024",
     "2024/10/01", "20241001", "2024-10-01T09:30:00Z", "45566"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: str, offences: Any, held: Any) -> None:
    assert held(offences(f"{HEAD}p1,{written},x,y\n"))[0][1] == dt.date(2024, 10, 1)


@pytest.mark.parametrize("written", ["31/02/2024", "yesterday", "0001-01-01", "13/13/2024", "16"])
def test_a_day_that_is_none_is_flagged_and_its_row_kept(written: str, offences: Any, held: Any) -> None:
    load = offences(f"{HEAD}p1,{written},x,y\n")
    assert held(load) == [("p1", None, "x")]
    assert (load.new, load.flagged, load.set_aside) == (1, 1, 0)
    assert load.flags == {"dateOfOffence cannot be read as a date": 1}


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """A workbook with a title above its headers."""
    book = openpyxl.Workbook()
    book.active.append(("Offences of October",))
    book.active.append(("personId", "dateOfOffence", "typeOfOffence", "natureOfInvolvement"))
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_an_excel_workbook_is_read_with_a_title_above_its_headers(offences: Any, held: Any) -> None:
    content = workbook(
        ("p1", dt.datetime(2024, 10, 1), "Café théft", "Offender"),  # noqa: DTZ001 - as a spreadsheet holds them
        ("p2", "02/10/2024", "Assault", "Victim"),
    )
    assert held(offences(content, file_name="a.xlsx")) == EXPECTED


def test_a_formula_without_its_result_sets_its_row_aside(offences: Any) -> None:
    load = offences(workbook(("p1", "2024-10-01", "=1+1", "x"), ("p2", "2024-10-01", "Assault", "x")))
    assert (load.rows_in_file, load.new, load.set_aside) == (2, 1, 1)
    assert "formula" in load.rows_aside.get().reason


def test_a_formula_in_a_text_file_is_kept_as_text_and_flagged(offences: Any, held: Any) -> None:
    load = offences(f'{HEAD}p1,2024-10-01,"=HYPERLINK(""http://x"")",y\n')
    assert held(load)[0][2] == '=HYPERLINK("http://x")'
    assert load.flags == {"typeOfOffence begins as a formula does, and was kept as text": 1}


def test_characters_that_turn_a_name_about_are_taken_out_and_flagged(offences: Any, held: Any) -> None:
    load = offences(f"{HEAD}p1,2024-10-01,As\u202esault\u200b,y\n")
    assert held(load)[0][2] == "Assault"
    assert load.flags == {"typeOfOffence held characters that are not seen, taken out": 1}


def zipped(name: str, content: bytes) -> bytes:
    """A zip with one file in it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (HEAD.encode(), "no row below"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\x1f\x8b\x08rest", "Unpack it"),
        (b"\xd0\xcf\x11\xe0rest of it", ".xlsx"),
        (lambda: zipped("rows.csv", ROWS.encode()), "Unpack it"),
        (lambda: zipped("xl/worksheets/sheet1.xml", b" " * 420_000_000), "unpacks to more"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b"<html>Sign in</html>", "web page"),
        (b"a,b,c\n1,2,3\n", "none of that feed's headers, but a, b, c. It needs personId, dateOfOffence"),
        (
            b"personId,dateOfOffence\np1,2024-10-01\n",
            "natureOfInvolvement, which Police: offences needs. It knows personId, ",
        ),
        (b"personId,personId,dateOfOffence,typeOfOffence,natureOfInvolvement\na,b,c,d,e\n", "Two columns"),
        (b"\x00\x01\x02\x03\x00\xff\xfe\xfd" * 50, "no text has"),
        (HEAD.encode() + b'p1,2024-10-01,"' + b"never closed,x\n" * 40_000, "quotation mark"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_wrong_file_is_refused_with_a_sentence_and_nothing_of_it_kept(content: Any, said: str, offences: Any) -> None:
    load = offences(content() if callable(content) else content)
    assert load.state == "refused"
    assert said in load.refusal
    assert load.refusal.endswith(".")
    assert not load.parts.exists()
    assert not keeping.folder_of(load).exists()


def test_a_row_with_too_few_cells_is_set_aside_with_its_line_and_number(offences: Any, held: Any) -> None:
    load = offences(f"{HEAD}p1,2024-10-01,x,y\np2,2024-10-01\np3,2024-10-01,x,y\n,2024-10-01,x,y\n")
    assert [person for person, *_ in held(load)] == ["p1", "p3"]
    aside = load.rows_aside.order_by("number").values_list("number", "text", "reason")
    assert [row[:2] for row in aside] == [(3, "p2,2024-10-01"), (5, "")]
    assert [row[2] for row in aside] == [
        "It has 2 cells, and the row of headers has 4.",
        "personId is blank, so nobody can tell whose row it is.",
    ]
    assert load.rows_in_file == load.new + load.changed + load.same + load.set_aside == 4


def test_a_file_whose_rows_are_mostly_at_fault_is_refused_whole(offences: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("hearth.intelligence.feeds.rules.MOST_SET_ASIDE", 2)
    load = offences(HEAD + ",2024-10-01,x,y\n" * 3)
    assert load.state == "refused"
    assert "3 of 3 rows cannot be taken" in load.refusal


def test_two_rows_that_read_alike_are_two_where_the_feed_has_no_key_and_a_fault_where_it_has(
    offences: Any, held: Any, send: Callable[..., Any]
) -> None:
    assert len(held(offences(f"{HEAD}p1,2024-10-01,x,y\np1,2024-10-01,x,y\n"))) == 2
    load = send("police", "personId,policeArea,contactName,contactPhone\np1,A,B,C\np1,A,B,D\n")
    assert (load.new, load.set_aside) == (1, 1)
    assert load.rows_aside.get().reason == "personId is that of row 2 again."


def test_partners_files_load_as_they_are(send: Callable[..., Any]) -> None:
    for feed, file, rows in (("police", "police", 1), ("offences", "police_offence", 3), ("housing", "housing", 1)):
        load = send(feed, (Path(HERE) / "partners" / f"{file}.csv").read_bytes())
        assert (load.state, load.new, load.set_aside, load.flags, load.not_kept) == ("ready", rows, 0, {}, []), feed
