"""The pages of returns, as somebody sends and resends them; what leaves in a file; and that a page costs the same however much is on it."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.commissioning.contracts.returns import actions
from hearth.commissioning.contracts.returns.figures import in_unit
from hearth.commissioning.contracts.returns.models import ListedPerson, Return, ReturnQuery
from hearth.commissioning.contracts.returns.progress import queries as progress
from hearth.commissioning.contracts.returns.progress.drawing import bars
from hearth.commissioning.contracts.returns.tests.conftest import SAID, figures_of
from hearth.foundation.core.pack import pack

WORKED = ((160, 264, "Ahead"), (31, 27, "Slightly behind"), (46, 31, "Slightly behind"), (34, 27, "Slightly behind"))


@pytest.mark.parametrize(("profile", "actual", "word"), WORKED)
def test_the_words_are_those_of_the_committee(profile: int, actual: int, word: str) -> None:
    found = pack().returns.said_of(profile, actual)
    assert found is not None and found.label == word


@pytest.mark.parametrize(("profile", "actual"), [(None, 5), (5, None), (None, None), (0, 0)])
def test_where_either_is_not_known_no_word_is_said(profile: int | None, actual: int | None) -> None:
    assert pack().returns.said_of(profile, actual) is None


def test_nothing_was_planned_and_something_came_is_ahead_and_the_other_way_behind() -> None:
    said = pack().returns
    assert (said.said_of(0, 1) or said.said[-1]).code == "ahead" and (
        said.said_of(7, 0) or said.said[0]
    ).code == "behind"


def test_a_figure_is_said_in_its_unit_and_never_nought_where_nothing_is_known() -> None:
    assert (in_unit("number", 1621), in_unit("pence", 123_456), in_unit("percent", 8750)) == (
        "1,621",
        "£1,234.56",
        "87.5%",
    )
    assert {in_unit(unit, None) for unit in ("number", "pence", "percent")} == {"Not said"}


def post(client: Any, name: str, args: list[Any], **typed: Any) -> Any:
    """Send the form of a page as a browser does, from one opening of it."""
    return client.post(reverse(name, args=args), {"draft_sitting": "a" * 40} | typed)


def test_a_double_click_sends_once_and_asks_once(owner: Return, fill: Any, cast: Any, as_: Any, as_client: Any) -> None:
    fill(owner, 9, 41, 8800)
    client, officer = as_client(cast.provider), as_client(cast.development_officer)
    for _ in range(2):
        assert post(client, "send_return", [owner.reference]).status_code == 302
    for _ in range(2):
        assert post(officer, "query_return", [owner.reference], about="spent", question="Why?").status_code == 302
    with as_(cast.development_officer):
        assert ReturnQuery.objects.count() == 1 and Return.objects.get().state == "queried"


def test_what_is_typed_outlives_a_refusal_and_a_time_out(owner: Return, cast: Any, as_client: Any) -> None:
    client = as_client(cast.provider)
    answer = post(client, "write_return", [owner.reference], actual_1="many", difficulties="Zzkept words", seen="x")
    assert (
        answer.status_code == 422
        and "Zzkept words" in answer.content.decode()
        and "whole number" in answer.content.decode()
    )
    client.logout()
    again = as_client(cast.provider).get(reverse("write_return", args=[owner.reference])).content.decode()
    assert "Zzkept words" in again, "the draft is offered after signing in again"


def test_the_case_study_asks_for_consent_and_changed_names(owner: Return, cast: Any, as_client: Any) -> None:
    page = as_client(cast.provider).get(reverse("write_return", args=[owner.reference])).content.decode()
    assert "agreed that it is told" in page and "Every name in it is changed" in page and "Write nobody’s name" in page


def test_a_file_is_sent_on_the_page(owner: Return, cast: Any, as_: Any, as_client: Any) -> None:
    client, file = as_client(cast.provider), io.BytesIO(b"Given name,Family name\nDee,Marsh\n,\nDee,\n")
    file.name = "people.csv"
    answer = client.post(
        reverse("send_people", args=[owner.reference]), {"file": file, "draft_sitting": "b" * 40}, follow=True
    )
    assert "without 1 row" in answer.content.decode() or "without one row" in answer.content.decode()
    with as_(cast.provider):
        assert ListedPerson.objects.count() == 1


def test_what_leaves_is_on_record_says_what_it_means_and_works_nothing_out(
    owner: Return, fill: Any, send: Any, cast: Any, as_client: Any, kept_of: Any
) -> None:
    send(fill(owner, 9, None, 8800, words='=HYPERLINK("https://bad.example")'))
    client = as_client(cast.development_officer)
    told = client.post(
        reverse("download_returns"), {"table": "figures", "of": owner.reference, "as": "csv"}
    ).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert rows[0][:6] == ["Kind", "Target", "Counted in", "Planned", "Actual", "Word"] and rows[2][4] == "", (
        "a blank, and no nought"
    )
    assert "\n=" not in told and ",=" not in told and "which is not nought" in rows[-1][1]
    book = openpyxl.load_workbook(
        io.BytesIO(client.post(reverse("download_returns"), {"table": "returns", "as": "xlsx"}).content)
    )
    assert len(book.worksheets) == 2
    for table in ("returns", "progress"):
        assert client.post(reverse("download_returns"), {"table": table, "as": "csv"}).status_code == 200
    assert [event.verb for event in kept_of(cast.development_officer)].count("returns.table_downloaded") == 4
    assert client.get(reverse("download_returns")).status_code == 302


def test_profile_and_actual_by_quarter_drawn_and_in_words(
    certified: Return, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        line = progress.lines_of(by, certified.contract)[1]
        assert [each.planned for each in line.quarters][:4] == [10, 20, 30, 40] and line.total == 100
        assert (line.quarters[3].actual, line.quarters[3].state, line.so_far and line.so_far.planned) == (
            41,
            "Certified",
            40,
        )
        assert {each.state for each in line.quarters[:3]} == {"No return"} and {
            each.state for each in line.quarters[4:]
        } == {"To come"}
        assert all(each.actual is None and each.said is None for each in line.quarters if each.state != "Certified")
        drawn = bars(line)
        assert [bar.actual is not None for bar in drawn.rows] == [
            False,
            False,
            False,
            True,
        ] and "planned 40, actual 41" in drawn.said
    page = as_client(by).get(reverse("contract_progress", args=[certified.contract.reference])).content.decode()
    assert "planned 40, actual 41, as planned" in page and 'role="img"' in page
    everything = as_client(by).get(reverse("returns_progress")).content.decode()
    assert "As planned: " in everything and certified.contract.title in everything


def test_a_correction_that_waits_does_not_stand_in_for_what_was_certified(
    certified: Return, fill: Any, send: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider):
        again = actions.correct_return(by=cast.provider, owner=certified, why="Counted twice")
    send(fill(again, 9, 12, 8800))
    with as_(cast.development_officer):
        assert progress.lines_of(cast.development_officer, certified.contract)[1].quarters[3].actual == 41


def test_a_page_costs_the_same_however_much_is_on_it(
    certified: Return, make_contract: Any, agreement: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client, by = as_client(cast.development_officer), cast.development_officer
    pages = [reverse("quarterly_returns"), reverse("returns_progress")]
    costs = [_cost(client, page) for page in pages]
    for number in range(3):
        other = make_contract(agreement=agreement, title=f"Another {number}", parts=(2_000, 0), cap=1_000, price=500)
        with as_(by):
            made = actions.make_return(by=by, contract=other, quarter=certified.quarter)
        assert made is not None
        with as_(cast.provider):
            actions.write_return(by=cast.provider, owner=made, figures=figures_of(made, 1, 2, 3), **SAID)
            actions.send_return(by=cast.provider, owner=made)
    assert [_cost(client, page) for page in pages] == costs


def _cost(client: Any, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)
