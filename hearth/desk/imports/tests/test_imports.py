"""Another system's workbook: every row accounted for, faults flagged and kept, and nothing loaded twice."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.desk.imports import actions, queries
from hearth.desk.imports.cells import as_date, code_of
from hearth.desk.imports.models import ImportRow, ImportRun
from hearth.desk.imports.workbook import list_of
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Family, Identifier, Person

# The field's own sample, of nobody real, under the licence beside it.
SAMPLE = Path(__file__).parent / "annex_a" / "sample-workbook.xlsx"
COMMON = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
HEADERS = {
    "List 1": (*COMMON, "Date of Contact", "Contact Source"),
    "List 2": (*COMMON, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
    "List 3": (
        *COMMON,
        "Date of Referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        "Allocated Team",
        "Allocated Worker",
    ),
}
BORN, SEEN = dt.datetime(2012, 4, 3), dt.datetime(2026, 9, 16)  # noqa: DTZ001 - as a spreadsheet holds them


def child(number: Any, **other: Any) -> tuple[Any, ...]:
    """The five common cells."""
    cells = {"gender": "b) Female", "ethnicity": "a) WBRI", "born": BORN, "age": 14.2, **other}
    return (number, cells["gender"], cells["ethnicity"], cells["born"], cells["age"])


def workbook(**sheets: list[tuple[Any, ...]]) -> bytes:
    """A workbook with headers and the given rows: `list_1=[...]`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, headers in HEADERS.items():
        sheet = book.create_sheet(name)
        sheet.append(headers)
        for row in sheets.get(name.lower().replace(" ", "_"), []):
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.fixture
def read(cast: Any, area: Any) -> Callable[..., ImportRun]:
    """Read a workbook as the administrator."""

    def reading(content: bytes, by: Any = None, source: str = "Liquid") -> ImportRun:
        by = by or cast.administrator
        with acting_as(by):
            run = actions.import_workbook(by=by, area=area, source=source, file_name="annex-a.xlsx", content=content)
            actions.read_workbook(by=by, run=run)
            run.refresh_from_db()
            return run

    return reading


def outcomes(cast: Any, run: ImportRun) -> list[tuple[str, int, str]]:
    with acting_as(cast.administrator):
        return list(
            ImportRow.objects.filter(run=run).order_by("sheet", "number").values_list("sheet", "number", "outcome")
        )


def test_contacts_assessments_and_referrals_become_requests_cases_and_people(cast: Any, read: Any) -> None:
    run = read(
        workbook(
            list_1=[(*child(101), SEEN, "q) 6: Police")],
            list_2=[
                (*child(102), SEEN, None, "Top Town Academy"),
                (*child(103), SEEN, SEEN + dt.timedelta(days=14), "Early Help"),
            ],
            list_3=[(*child(101), SEEN, "j) 3D: Health services", "No", 2, "Locality 4", "Sam Hope")],
        )
    )
    assert (run.state, run.rows_in_file) == ("done", 4)
    with acting_as(cast.administrator):
        assert queries.account_of(run) == {
            s: {"loaded": n, "already": 0, "refused": 0} for s, n in (("List 1", 1), ("List 2", 2), ("List 3", 1))
        }
        assert Person.objects.filter(name_supplied=False).count() == 3, (
            "one child stands in two lists and is one person"
        )
        assert {person.full_name for person in Person.objects.all()} == {"Name not supplied"}
        assert sorted(Case.objects.values_list("stage", flat=True)) == ["assessing", "closed"]
        requests = {r.answers["imported_as"]: r for r in Request.objects.all()}
        assert requests["contact"].answers["source"] == "6" and requests["referral"].answers["source"] == "3D"
        assert requests["contact"].family_id == requests["referral"].family_id
        assert {i.value for i in Identifier.objects.filter(system="Liquid")} == {"101", "102", "103"}


def test_the_same_workbook_again_changes_nothing(cast: Any, read: Any) -> None:
    content = workbook(list_1=[(*child(101), SEEN, "q) 6: Police")] * 2, list_2=[(*child(102), SEEN, None, "Academy")])
    read(content)
    with acting_as(cast.administrator):
        before = [model.objects.count() for model in (Family, Person, Request, Case)]
    again = read(content)
    assert {outcome for _, _, outcome in outcomes(cast, again)} == {"already"}
    with acting_as(cast.administrator):
        assert [model.objects.count() for model in (Family, Person, Request, Case)] == before
        assert before == [2, 2, 2, 1], "two identical rows are two contacts"


def test_a_field_at_fault_is_flagged_and_the_row_kept(cast: Any, read: Any) -> None:
    run = read(
        workbook(
            list_1=[
                (*child(1, gender="Q", ethnicity="zz", born="31/02/2012"), "soon", "Neighbour's cat"),
                (*child(2, born=None), None, None),
            ],
            list_2=[(*child(3), None, SEEN, "Academy"), (*child(4), SEEN, SEEN - dt.timedelta(days=3), "Academy")],
        )
    )
    assert {outcome for _, _, outcome in outcomes(cast, run)} == {"loaded"}
    with acting_as(cast.administrator):
        flags = {row.cells["child id"]: " / ".join(row.flags) for row in ImportRow.objects.filter(run=run)}
    for fault in (
        "gender is not one",
        "ethnicity is not one",
        "date of birth cannot be read",
        "date of contact cannot be read",
        "contact source is not one",
    ):
        assert fault in flags["1"]
    assert "date of contact is blank" in flags["2"]
    assert "start date is missing" in flags["3"]
    assert "before its start" in flags["4"]


def test_a_row_that_nobody_can_place_is_refused_with_its_reason(cast: Any, read: Any) -> None:
    run = read(workbook(list_1=[(*child(None), SEEN, "q) 6: Police"), (*child(7), SEEN, "q) 6: Police")]))
    assert outcomes(cast, run) == [("List 1", 2, "refused"), ("List 1", 3, "loaded")]
    with acting_as(cast.administrator):
        assert "no child id" in ImportRow.objects.get(run=run, outcome="refused").reason


def test_reading_that_was_cut_short_goes_on_from_there_once(cast: Any, area: Any, monkeypatch: Any) -> None:
    by = cast.administrator
    content = workbook(list_1=[(*child(number), SEEN, "q) 6: Police") for number in range(8)])
    loaders, calls = dict(actions.LOADERS), []

    def pulled(*args: Any) -> str:
        calls.append(1)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return loaders["List 1"](*args)

    with acting_as(by):
        run = actions.import_workbook(by=by, area=area, source="Liquid", file_name="a.xlsx", content=content)
        monkeypatch.setitem(actions.LOADERS, "List 1", pulled)
        with pytest.raises(KeyboardInterrupt):
            actions.read_workbook(by=by, run=run)
        assert ImportRow.objects.filter(run=run).count() == 4 == Request.objects.count() == Family.objects.count()
        actions.read_workbook(by=by, run=run)
        assert (
            ImportRow.objects.filter(run=run, outcome="loaded").count()
            == 8
            == Request.objects.count()
            == Family.objects.count()
        )


def test_the_areas_front_door_may_open_what_was_imported_and_others_may_not(cast: Any, read: Any) -> None:
    read(workbook(list_1=[(*child(1), SEEN, "q) 6: Police")], list_2=[(*child(2), SEEN, None, "Academy")]))
    for who, count in {
        "front_door_officer": 2,
        "manager": 2,
        "other_front_door_officer": 0,
        "practitioner": 0,
        "analyst": 0,
    }.items():
        with acting_as(getattr(cast, who)):
            assert Family.objects.count() == count, who
            assert not ImportRun.objects.exists() and not ImportRow.objects.exists(), who


@pytest.mark.parametrize("who", ["practitioner", "manager", "front_door_officer", "analyst", "information_governance"])
def test_only_those_who_may_import_can(who: str, cast: Any, area: Any, read: Any, as_client: Any) -> None:
    with pytest.raises(Refused, match="cannot import"):
        read(workbook(), by=getattr(cast, who))
    client = as_client(getattr(cast, who))
    for name in ("imports", "import_workbook"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"not a workbook at all", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
        (b"PK\x03\x04" + b"\0" * 200, "not an Excel workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(content: bytes, sentence: str, read: Any) -> None:
    with pytest.raises(Refused, match=sentence):
        read(content)


def test_a_workbook_without_the_lists_or_their_headers_is_refused_and_nothing_is_loaded(cast: Any, read: Any) -> None:
    for title, header, sentence in (("Sheet1", "A", "no sheet called List 1"), ("List 1", "A", "no row of headers")):
        book = openpyxl.Workbook()
        book.active.title = title
        book.active.append((header,))
        book.active.append(("x",))
        held = io.BytesIO()
        book.save(held)
        run = read(held.getvalue())
        assert run.state == "refused" and sentence in run.refusal


def test_the_page_takes_a_workbook_and_shows_the_account(cast: Any, as_client: Any, area: Any) -> None:
    client = as_client(cast.administrator)
    sent = SimpleUploadedFile("annex.xlsx", workbook(list_1=[(*child(9), SEEN, "q) 6: Police")]))
    response = client.post(reverse("import_workbook"), {"source": "Liquid", "area_code": area.code, "workbook": sent})
    assert response.status_code == 302, response.content.decode()[:2000]
    with acting_as(cast.administrator):
        run = ImportRun.objects.get()
        assert run.state == "waiting"
    whole = client.get(response["Location"]).content.decode()
    assert "is being read" in whole and "No row is like this" not in whole
    asks_on = client.get(response["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'id="progress"' in asks_on and "hx-get" in asks_on, "what comes back takes the place of what asked"
    with acting_as(cast.administrator):
        actions.read_workbook(by=cast.administrator, run=run)
    is_done = client.get(response["Location"], headers={"HX-Request": "true"})
    assert is_done.headers["HX-Refresh"] == "true", "the page is opened again, with its rows"
    shown = client.get(response["Location"]).content.decode()
    assert "Contacts (List 1), row 2" in shown and "Loaded" in shown and "is being read" not in shown
    assert as_client(cast.manager).get(response["Location"]).status_code in (403, 404)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("q) 6: Police", "6"),
        ("6: Police", "6"),
        ("police", "6"),
        ("t) 9: Anonymous", "9"),
        ("p1) 5D: LA services", "5D"),
        ("e) 2A: Schools", "2A"),
        ("u) 10: Unknown", "10"),
        ("cat", None),
        ("", None),
    ],
)
def test_a_source_is_read_by_its_number_or_its_words(written: str, code: str | None) -> None:
    assert code_of("source", written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a) WBRI", "WBRI"),
        ("WBRI", "WBRI"),
        ("s) NOBT", "NOBT"),
        ("t) NOBT", "NOBT"),
        ("White British", "WBRI"),
        ("x) ZZZZ", None),
    ],
)
def test_ethnicity_is_read_by_its_code_whatever_letter_stands_before_it(written: str, code: str | None) -> None:
    assert code_of("ethnicity", written) == code


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/04/2012", dt.date(2012, 4, 3)),
        ("2012-04-03", dt.date(2012, 4, 3)),
        ("3 April 2012", dt.date(2012, 4, 3)),
        ("03/04/2012 00:00:00", dt.date(2012, 4, 3)),
        (41002, dt.date(2012, 4, 3)),
        (9e9, None),
        ("31/02/2012", None),
        ("", None),
        (True, None),
    ],
)
def test_dates_are_read_however_they_are_written(written: Any, day: dt.date | None) -> None:
    assert as_date(written) == day


def test_a_sheet_is_known_by_the_number_of_its_list() -> None:
    assert [list_of(title) for title in ("List 1", "list_2", "3. Referrals", "List 11", "Notes")] == [
        "List 1",
        "List 2",
        "List 3",
        "List 11",
        None,
    ]


def test_the_fields_own_sample_is_read_whole_and_twice_is_once(cast: Any, read: Any) -> None:
    run = read(SAMPLE.read_bytes())
    assert (run.state, run.rows_in_file) == ("done", 16)
    assert {outcome for _, _, outcome in outcomes(cast, run)} == {"loaded"}
    assert set(run.skipped) == {f"List {number}" for number in range(4, 12)}
    assert {outcome for _, _, outcome in outcomes(cast, read(SAMPLE.read_bytes()))} == {"already"}
