"""The ledger loaded from a workbook: whole or not at all, each wrong row told by its number, and the papers' own figures."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.foundation.core.refusals import Refused
from hearth.foundation.core.spreadsheet import xlsx_file
from hearth.records.money import queries
from hearth.records.money.loading import example
from hearth.records.money.loading.reading import HEADS, Book, _Reading, read
from hearth.records.money.loading.workbook import SheetRow
from hearth.records.money.models import Entry, EntryKind, Fund, Share
from hearth.records.money.queries import Wanted
from hearth.records.money.tables import TABLES
from hearth.records.money.tests.conftest import balanced, standing

SOURCE = ["Grant", "Somebody", "01/04/2010", "31/03/2011", "For early support"]
ROWS: list[list[Any]] = [
    ["Received", "Grant", "", "", "", "01/04/2010", 1000, "", "It came", "JV1"],
    ["Allocated", "Grant", "Burnley", "2010/11", "Early support", "02/04/2010", 600.5, "", "For the district", ""],
]


def workbook(
    rows: list[list[Any]], sources: list[list[Any]] | None = None, more: dict[str, list[list[Any]]] | None = None
) -> bytes:
    """A workbook as somebody would make it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    tables = {"Sources": [SOURCE] if sources is None else sources, "Entries": rows, **(more or {})}
    for name, lines in tables.items():
        sheet = book.create_sheet(name)
        heads = [*HEADS[name], *(["Reference", "Commitment", "Reverses"] if name == "Entries" else [])]
        for line in [heads, *lines]:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _said(load: Any, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        load(content)
    return refused.value.refusal.sentence


def test_a_workbook_is_loaded_exactly(load: Any, keeper: Any, as_: Any) -> None:
    assert load(workbook(ROWS)) == 3
    with as_(keeper):
        balanced()
        fund = Fund.objects.get()
        assert (fund.name, fund.ends_on) == ("Grant", dt.date(2011, 3, 31))
        assert standing(fund) == {"given": -100_000, "unallocated": 39_950, "available": 60_050}
        assert str(Share.objects.select_related("area").get()) == "Burnley, 2010/11, Early support"


def test_a_row_is_loaded_once_whoever_loads_it(load: Any, keeper: Any, as_: Any) -> None:
    load(workbook(ROWS))
    said = _said(load, workbook(ROWS))
    assert "Nothing was loaded." in said and "Entries, row 2: It is in the ledger already, as LE-" in said
    assert "Entries, row 3" in said
    with as_(keeper):
        assert Entry.objects.count() == 2


WRONG: list[tuple[dict[int, Any], str]] = [
    ({0: "Spent"}, "What happened must be one of Received"),
    ({1: ""}, "Source is empty"),
    ({1: "Nobody"}, "no source called Nobody"),
    ({2: "Atlantis"}, "no district called Atlantis"),
    ({3: "2010/12"}, "not a financial year"),
    ({3: ""}, "not a financial year"),
    ({3: dt.date(2010, 11, 1)}, "has become a date in Excel"),
    ({4: None}, "Purpose is empty"),
    ({5: "31/02/2010"}, "Date is not a day: 31/02/2010"),
    ({5: dt.date(2199, 1, 1)}, "what has happened"),
    ({6: "lots"}, "Amount is not an amount: lots"),
    ({6: True}, "Amount is not an amount"),
    ({6: 1.005}, "Amount has parts of a penny: 1.005"),
    ({6: -5}, "Amount must be from £0.01"),
    ({6: 0}, "Amount must be from £0.01"),
    ({6: "NaN"}, "Amount is not an amount"),
    ({6: 1e300}, "Amount must be from"),
    ({6: None}, "Amount is empty"),
    ({6: "=500+100"}, "Amount holds a formula"),
    ({4: "=cmd|' /C calc'!A0"}, "Purpose holds a formula"),
    ({6: 1000.01}, "£1,000.00 is not allocated"),
    ({8: " "}, "What for is empty"),
    ({8: "x" * 201}, "What for has more than 200 characters"),
    ({9: "JV1"}, "has the voucher of Entries, row 2"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_row_is_told_by_its_number_and_nothing_is_half_loaded(
    change: dict[int, Any], sentence: str, load: Any, keeper: Any, as_: Any
) -> None:
    wrong = [change.get(place, cell) for place, cell in enumerate(ROWS[1])]
    said = _said(load, workbook([ROWS[0], wrong]))
    assert sentence in said and "Entries, row 3" in said
    with as_(keeper):
        assert not Fund.objects.exists() and not Entry.objects.exists() and not Share.objects.exists()


@pytest.mark.parametrize(
    ("written", "pence"), [(0.1 + 0.2, 30), (1.1 * 3, 330), ("£1,0 00.0", 100_000), (999.99, 99_999)]
)
def test_an_amount_is_what_the_spreadsheet_shows(written: Any, pence: int) -> None:
    faults: list[str] = []
    reading = _Reading(SheetRow("Entries", 2, {"amount": written}), faults)
    assert (reading.pence("Amount"), faults) == (pence, [])


def test_every_wrong_row_is_told_at_once(load: Any) -> None:
    content = workbook([ROWS[0], *([*ROWS[1][:6], "lots", *ROWS[1][7:]] for _ in range(3))], [SOURCE, SOURCE])
    said = _said(load, content)
    assert all(f"Entries, row {number}" in said for number in (3, 4, 5))
    assert "Sources, row 3: it names the source of Sources, row 2 again" in said


def test_the_same_row_twice_is_a_slip_unless_each_has_its_voucher(load: Any) -> None:
    assert "says the same as Entries, row 3" in _said(load, workbook([ROWS[0], ROWS[1], ROWS[1]]))
    numbered = [[*ROWS[1][:6], 100, *ROWS[1][7:9], voucher] for voucher in ("A 1", "A2")]
    assert load(workbook([ROWS[0], *numbered])) == 4


def test_what_is_promised_paid_and_reversed_is_loaded_with_what_it_belongs_to(load: Any, keeper: Any, as_: Any) -> None:
    def row(what: str, pence: float, *ends: str) -> list[Any]:
        return [what, "Grant", "Burnley", "2010/11", "Early support", "03/04/2010", pence, "Lantern", what, "", *ends]

    rows = [
        *ROWS, row("Committed", 300, "C1"), row("Paid", 200, "P1", "C1"), row("Released", 50, "", "C1"),
        row("Recovered", 20, "", "C1"), row("Reversed", 20, "", "", "P1"),
    ]  # fmt: skip
    assert "Entries, row 8" in _said(load, workbook(rows))  # of what was paid, some came back: it cannot be reversed
    load(workbook([*rows[:-2], rows[-1]]))
    with as_(keeper):
        balanced()
        assert standing(Fund.objects.get()) == {
            "given": -100_000, "unallocated": 39_950, "available": 35_050, "committed": 25_000, "paid": 0,
        }  # fmt: skip
    assert "There is no entry C9" in _said(load, workbook([row("Paid", 1, "", "C9")]))
    assert "Commitment is empty" in _said(load, workbook([row("Paid", 1)]))


def test_a_file_is_refused_in_a_sentence_whatever_it_is(load: Any) -> None:
    assert "not an Excel workbook" in _said(load, b"Source,Amount\n")
    assert "damaged" in _said(load, b"PK\x03\x04 and no more")
    assert "larger than 5 MB" in _said(load, b"PK" + b"0" * 5_000_001)
    assert "no rows in a sheet called Sources" in _said(load, workbook([], []))
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Entries"
    book.worksheets[0].append(["What happened", "Amount"])
    out = io.BytesIO()
    book.save(out)
    assert "no column called Source" in _said(load, out.getvalue())


def test_whoever_does_not_keep_the_ledger_loads_nothing(load: Any, cast: Any, as_client: Any) -> None:
    for who in ("strategic_lead", "board_member", "development_officer", "provider", "practitioner"):
        user = getattr(cast, who)
        with pytest.raises(Refused) as refused:
            load(workbook(ROWS), by=user)
        assert refused.value.refusal.code == "money.may_not_keep"
        for name in ("load_ledger", "example_ledger"):
            assert as_client(user).get(reverse(name)).status_code == 403, (who, name)


def _send(client: Any, content: bytes) -> Any:
    return client.post(reverse("load_ledger"), {"workbook": SimpleUploadedFile("a.xlsx", content)})


def test_it_is_loaded_on_a_page_and_a_wrong_file_says_each_row(keeper: Any, as_client: Any, as_: Any) -> None:
    client = as_client(keeper)
    wrong = _send(client, workbook([[*ROWS[0][:6], "lots", *ROWS[0][7:]], ROWS[1]]))
    assert wrong.status_code == 422
    assert "Nothing was loaded." in wrong.content.decode() and "Entries, row 2: Amount is not" in wrong.content.decode()
    too_much = _send(client, workbook([ROWS[0], [*ROWS[1][:6], 5000, *ROWS[1][7:]]]))
    assert too_much.status_code == 403 and "Entries, row 3: £1,000.00 is not allocated" in too_much.content.decode()
    assert _send(client, workbook(ROWS)).status_code == 302
    with as_(keeper):
        assert Entry.objects.count() == 2


def test_what_is_taken_away_can_be_loaded_where_it_is_not_yet(load: Any, keeper: Any, as_: Any) -> None:
    load(workbook(ROWS))
    with as_(keeper):
        out = xlsx_file([TABLES[name](keeper, Wanted()) for name in ("sources", "entries")])
        book = read(out, queries.district_codes(queries.districts()))
        assert book.faults == [] and len(book.entries) == 2
        assert [entry.pence for entry in book.entries] == [100_000, 60_050]
    assert "is in the ledger already" in _said(load, out)


# The papers' own figures.


@pytest.fixture
def papers(load: Any) -> int:
    """The example file, loaded."""
    return load(example.example_file())


def test_the_papers_figures_are_an_example_file_and_its_totals_are_theirs(papers: int, keeper: Any, as_: Any) -> None:
    with as_(keeper):
        balanced()
        found = {each.fund.name: each for each in queries.statements(keeper)}
        pounds = {name: (each.received // 100, each.allocated // 100) for name, each in found.items()}
        assert pounds == {
            example.ONE_OFF: (5_000_000, 1_730_000),
            example.PUMP: (600_000, 600_000),
            example.CONTINGENCY: (0, 0),
            example.FORUMS[2010]: (1_000_000, 960_000),
            example.FORUMS[2011]: (960_000, 960_000),
            example.FORUMS[2012]: (960_000, 960_000),
            example.NEET: (3_558_067, 3_558_067),
            example.BEST_START: (2_000_000, 2_000_000),
        }
        of_the_council = [each.allocated for each in found.values() if each.fund.given_by == example.COUNCIL]
        assert sum(of_the_council) == 2_330_000_00
        whole = queries.together(found.values())
        assert whole.received == 14_078_067_00 == whole.allocated + whole.elsewhere + whole.unallocated
        assert found[example.ONE_OFF].elsewhere == 3_270_000_00 and found[example.ONE_OFF].unallocated == 0


def test_forty_thousand_pounds_of_the_first_million_are_not_explained_and_nothing_else(
    papers: int, keeper: Any, as_: Any
) -> None:
    with as_(keeper):
        not_explained = {
            each.fund.name: each.not_explained for each in queries.statements(keeper) if each.not_explained
        }
        assert not_explained == {example.FORUMS[2010]: 40_000_00}


def test_each_district_has_its_eighty_thousand_a_year_and_its_fifty(papers: int, keeper: Any, as_: Any) -> None:
    with as_(keeper):
        for name in example.COHORTS:
            found = Share.objects.filter(area__name=name, fund__name__in=[*example.FORUMS.values(), example.PUMP])
            gave = {(share.year, share.purpose): queries.share_figures(keeper, share).allocated for share in found}
            assert gave == {
                (2010, "Pump priming"): 50_000_00,
                **{(year, "Early support and intervention"): 80_000_00 for year in (2010, 2011, 2012)},
            }


def test_the_contract_is_allotted_by_cohort_to_the_penny(papers: int, keeper: Any, as_: Any) -> None:
    with as_(keeper):
        rows = Entry.objects.filter(fund__name=example.NEET, kind=EntryKind.ALLOCATED)
        parts = dict(rows.values_list("share__area__name", "pence"))
    whole = sum(example.COHORTS.values())
    assert sum(parts.values()) == 3_558_067_00 and set(parts) == set(example.COHORTS)
    for name, cohort in example.COHORTS.items():
        due = Decimal(355_806_700) * cohort / whole
        assert abs(parts[name] - due) < 1, name


def test_the_example_is_taken_away_and_loaded_on_pages(keeper: Any, as_client: Any, as_: Any, cast: Any) -> None:
    client = as_client(keeper)
    file = client.get(reverse("example_ledger")).content
    assert _send(client, file).status_code == 302
    page = as_client(cast.elected_member).get(reverse("ledger")).content.decode()
    assert "£14,078,067.00" in page and "£40,000.00" in page and "No figure yet" in page


def test_a_workbook_of_odd_cells_never_breaks(keeper: Any, as_: Any) -> None:
    odd = [
        "",
        " ",
        "\x00",
        "=1",
        "#REF!",
        1e308,
        -0.0,
        True,
        dt.time(1),
        dt.date(1900, 1, 1),
        "٣",
        "²",
        "1e3",
        "🙂" * 300,
    ]
    with as_(keeper):
        for value in odd:
            value = value.replace("\x00", "") if isinstance(value, str) else value
            book = read(
                workbook(
                    [[value] * 10], [[value] * 5], {"Formula": [[value] * 8, ["", "", "", "", value, "", value, value]]}
                ),
                {},
            )
            assert isinstance(book, Book) and not book.entries
