"""The page of the early-years entitlement: a table, a drawing, files; and the same queries however much was sent."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.desk.counts.early_years.drawing import drawn
from hearth.desk.counts.early_years.spreadsheet import HEADS
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.entitlement.reporting import Line
from hearth.intelligence.insight.entitlement.tests.test_entitlement import FEED, HEAD
from hearth.intelligence.insight.touchpoints.tests.conftest import *  # noqa: F403

ROWS = (
    "Burnley,,2026,autumn,2,40,50,30\nChorley,,2026,autumn,2,90,80,60\nFylde,,2026,autumn,2,90,3,3\nPendle,,2026,autumn,2,90,3,2\n"
    "Burnley,,2026,summer,3,100,100,90\n"
)


@pytest.fixture
def two_terms(held: Any, work_out: Any) -> None:
    """A file of two terms, worked out."""
    held(FEED, HEAD + ROWS)
    work_out()


def test_a_commissioner_reads_take_up_and_sufficiency_drawn_and_in_a_table(
    two_terms: None, cast: Any, as_client: Any
) -> None:
    page = as_client(cast.commissioner).get(reverse("early_years_places")).content.decode()
    assert "Two-year-olds, Autumn 2026" in page and "Burnley: take-up 60%, places 80%" in page
    assert "Fylde: take-up left out" in page and "Hyndburn: take-up nothing sent, places nothing sent" in page
    assert "Chorley: take-up 75%, places 112%" in page and ">112</td>" in page
    summer = as_client(cast.elected_member).get(reverse("early_years_places"), {"term": "2026 summer"}).content.decode()
    assert "Three-year-olds, Summer 2026" in summer and "Burnley: take-up 90%, places 100%" in summer
    assert (
        "Two-year-olds, Autumn 2026"
        in as_client(cast.analyst).get(reverse("early_years_places"), {"term": "<script>alert(1)"}).content.decode()
    )


def test_before_anything_is_sent_the_page_says_so(cast: Any, as_client: Any) -> None:
    page = as_client(cast.commissioner).get(reverse("early_years_places")).content.decode()
    assert "Nothing has been sent yet" in page and "not the same as no places" in page


def test_its_figures_are_taken_away_on_record_and_say_what_is_missing(
    two_terms: None, cast: Any, as_client: Any
) -> None:
    client, address = as_client(cast.commissioner), reverse("download_early_years_places")
    assert client.get(address).status_code == 302
    told = client.post(address, {"term": "2026 autumn"}).content.decode()
    assert "Autumn 2026,Two-year-olds,Burnley,40,50,30,60,80" in told
    assert "Autumn 2026,Two-year-olds,Hyndburn,nothing sent,nothing sent,nothing sent,nothing sent,nothing sent" in told
    assert "Autumn 2026,Two-year-olds,Fylde,90,left out" in told
    book = client.post(address, {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADS) and sheet.max_row > 10
    with acting_as(cast.commissioner, using="audit"):
        assert AuditEvent.objects.using("audit").filter(verb="counts.early_years_downloaded").count() == 2


@pytest.mark.parametrize("who", ["practitioner", "family_worker", "provider", "administrator"])
def test_strangers_are_refused(who: str, two_terms: None, cast: Any, as_client: Any) -> None:
    client = as_client(getattr(cast, who))
    assert client.get(reverse("early_years_places")).status_code == 403
    assert client.post(reverse("download_early_years_places")).status_code == 403


def test_a_bar_that_is_not_known_has_words_and_no_length() -> None:
    picture = drawn(
        [Line("A", 200, 100, 50), Line("B", is_sent=False), Line("C", 4, None, None, few=True), Line("D", 0, 10, 0)]
    )
    one, none, few, nought = picture.districts
    assert one.places.long > one.take_up.long > 0 and picture.hundred < 300
    assert (none.take_up.said, none.take_up.is_known) == ("nothing sent", False)
    assert (few.places.said, few.places.is_known) == ("left out", False)
    assert (nought.take_up.said, nought.take_up.is_known) == ("0%", True)


def test_the_page_costs_the_same_however_much_was_sent(held: Any, work_out: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("early_years_places"))
        return len(queries)

    cost()
    none = cost()
    held(FEED, HEAD + ROWS)
    work_out()
    assert cost() == none
