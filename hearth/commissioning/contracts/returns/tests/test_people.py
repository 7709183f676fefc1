"""The provider's people: read with care, matched under the agreement alone, told as numbers, named to nobody who may not open them."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from hearth.commissioning.contracts.returns.actions import make_return
from hearth.commissioning.contracts.returns.models import Return
from hearth.commissioning.contracts.returns.people import actions, queries
from hearth.commissioning.contracts.returns.tests.conftest import HEAD, NOBODY, csv_of, last_quarter, names, not_taken
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_however_its_letters_are_written(
    encoding: str, owner: Return, upload: Any, cast: Any, as_: Any
) -> None:
    text = "First name;Surname;DOB\nChloé;Müller;1/2/2010\nDee;O’Shea;2010\n"
    upload(owner, text.encode(encoding))
    assert names(owner, cast, as_) == ["Chloé", "Dee"]


def test_a_workbook_is_read_and_a_formula_in_it_is_not_worked_out(
    owner: Return, upload: Any, cast: Any, as_: Any
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["People of the quarter"], ["Given name", "Family name", "Date of birth"], ["Dee", "Marsh", dt.date(2010, 2, 1)],
        ['=HYPERLINK("https://bad.example","Dee")', "Marsh", dt.date(2010, 2, 1)],
    ):  # fmt: skip
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    upload(owner, out.getvalue(), name="people.xlsx")
    assert names(owner, cast, as_) == ["Dee"] and "formula" in not_taken(owner, cast, as_)[4]


def test_each_row_that_is_not_taken_says_why_and_never_what_stands_in_it(
    owner: Return, upload: Any, cast: Any, as_: Any
) -> None:
    rows = (
        "Dee,Marsh,1/2/2010,", "Dee,Marsh,01/02/2010,", "=1+1,Marsh,1/2/2010,", ",Marsh,1/2/2010,", "Zzsecret,Marsh,31/02/2010,",
        "Zzsecret,Marsh,1/2/2130,", f"{'Z' * 101},Marsh,,", "Dee,Marsh,1/2/2010,BB11 1AA,too,many",
    )  # fmt: skip
    upload(owner, (HEAD + "\n".join(rows) + "\n").encode())
    assert names(owner, cast, as_) == ["Dee"]
    why = not_taken(owner, cast, as_)
    expected = {
        3: "row 2 again",
        4: "formula",
        5: "name is missing",
        6: "no date",
        7: "still to come",
        8: "longer than 100",
        9: "cells",
    }
    assert set(why) == set(expected) and all(words in why[row] for row, words in expected.items())
    assert "Zzsecret" not in str(why)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "people.csv", "empty"),
        (b"Colour,Size\nred,1\n", "people.csv", "none of the headings"),
        (b"Given name,Postcode\nDee,BB11 1AA\n", "people.csv", "lacks Family name"),
        (b"%PDF-1.7 x", "people.csv", "PDF"),
        (b"PK\x03\x04 half of a workbook", "people.xlsx", "damaged or not whole"),
        (b"\xd0\xcf\x11\xe0 old", "people.xls", "old .xls"),
        (HEAD.encode(), "people.csv", "nobody below"),
        (b'Given name,Family name\n"Dee,Marsh\n' + b"x,y\n" * 60, "people.csv", "quotation mark"),
        (b"Given name,Family name\nDee\x00,Marsh\n", "people.csv", "bytes in it that no text has"),
        ((HEAD + "=1,x,,\n").encode(), "people.csv", "Nobody of the file could be taken"),
    ],
)
def test_a_file_that_will_not_do_says_what_to_do_and_loses_nothing(
    content: bytes, name: str, words: str, owner: Return, upload: Any, cast: Any, as_: Any
) -> None:
    upload(owner, csv_of(("Dee", "Marsh", dt.date(2010, 2, 1))))
    with pytest.raises(Refused) as refused:
        upload(owner, content, name=name)
    assert words in str(refused.value) and "feed" not in str(refused.value)
    assert names(owner, cast, as_) == ["Dee"]


def test_a_list_that_is_too_long_is_not_taken_in_part(
    owner: Return, upload: Any, cast: Any, as_: Any, monkeypatch: Any
) -> None:
    small = pack().model_copy(update={"returns": pack().returns.model_copy(update={"most_people": 3})})
    for module in ("reading", "rules"):
        monkeypatch.setattr(f"hearth.commissioning.contracts.returns.people.{module}.pack", lambda: small)
    upload(owner, csv_of(*NOBODY[:3]))
    with pytest.raises(Refused, match="more than 3 people"):
        upload(owner, csv_of(*NOBODY[:4]))
    with as_(cast.provider), pytest.raises(Refused, match="at most 3"):
        actions.add_person_to_list(by=cast.provider, owner=owner, given_name="Ann", family_name="Other")
    assert len(names(owner, cast, as_)) == 3


def test_somebody_is_typed_once_and_taken_off(owner: Return, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        for _ in range(2):
            actions.add_person_to_list(
                by=cast.provider, owner=owner, given_name=" Dee ", family_name="Marsh", postcode="bb11 1aa"
            )
        actions.add_person_to_list(by=cast.provider, owner=owner, given_name="Ann", family_name="Marsh")
        with pytest.raises(Refused, match="both names"):
            actions.add_person_to_list(by=cast.provider, owner=owner, given_name="Ann", family_name=" ")
    assert names(owner, cast, as_) == ["Dee", "Ann"]
    with as_(cast.provider):
        actions.take_off_list(by=cast.provider, owner=owner, person=queries.person_on(cast.provider, owner, 1))
    assert names(owner, cast, as_) == ["Ann"]


def test_without_an_agreement_in_force_nobody_is_listed_or_matched_and_the_page_says_so(
    make_contract: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        owner = make_return(by=by, contract=make_contract(), quarter=last_quarter())
    assert owner is not None
    with as_(cast.provider), pytest.raises(Refused, match="names no information-sharing agreement"):
        actions.add_person_to_list(by=cast.provider, owner=owner, given_name="Dee", family_name="Marsh")
    page = as_client(cast.provider).get(reverse("return_people", args=[owner.reference])).content.decode()
    assert "names no information-sharing agreement" in page and "Send a file" not in page
