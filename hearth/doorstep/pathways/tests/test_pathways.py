"""Anybody opens a pathway: as a list, drawn, and for a date that nobody keeps."""

import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.pathways.placing import place
from hearth.records.pathways.queries import needs_of

TODAY = dt.date(2026, 11, 29)
EARLY = "early-years"


@pytest.fixture(autouse=True)
def one_day() -> Any:
    """The same day in every test."""
    with clock.frozen(TODAY):
        yield


def shown(answer: Any) -> str:
    """The page's words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(born: dt.date) -> dict[str, Any]:
    return {f"born_on-{part}": getattr(born, part) for part in ("day", "month", "year")}


def three(answer: Any) -> dict[str, list[str]]:
    """What is now, next and past."""
    found = answer.shown["by_when"]
    return {key: [each.touchpoint.code for each in placed] for key, placed in found.items()}


def test_a_visitor_reads_every_touchpoint_without_a_script(client: Client, db: None) -> None:
    answer = client.get(reverse("pathway", args=[EARLY]))
    assert answer.status_code == 200
    words, html = shown(answer), answer.content.decode()
    for touchpoint in pack().pathways[0].touchpoints:
        assert f'id="{touchpoint.code}"' in html
        assert touchpoint.label in words and touchpoint.if_missed.replace("’", "’") in words
        assert needs_of(touchpoint)
        for need in needs_of(touchpoint):
            assert need.label in words and f'href="{reverse("find_help", query={"needs": need.code})}"' in html
        assert all(each in words for each in (*touchpoint.who, *touchpoint.look_for, *touchpoint.can_follow))
    assert "Its time has passed" not in words, "nobody said for whom"


def test_the_drawing_is_for_the_eye_alone_and_leads_to_the_list(client: Client, db: None) -> None:
    html = client.get(reverse("pathway", args=[EARLY])).content.decode()
    drawing = html[html.index('<svg class="pathway-drawing"') : html.index("</svg>", html.index("pathway-drawing"))]
    assert 'aria-hidden="true"' in drawing
    links = re.findall(r'<a href="#([a-z0-9-]+)" tabindex="-1">', drawing)
    assert links == [each.code for each in pack().pathways[0].touchpoints]


def test_a_due_date_says_how_far_the_pregnancy_is_and_what_is_now_and_next(client: Client, db: None) -> None:
    answer = client.post(reverse("pathway", args=[EARLY]), typed(TODAY + dt.timedelta(weeks=21)))
    assert "19 weeks of pregnancy" in shown(answer)
    assert three(answer) == {
        "now": ["anomaly-scan"],
        "next": ["midwife-28"],
        "passed": ["midwife-16", "dating-scan", "booking"],
    }


def test_a_child_of_a_year_and_a_bit_has_missed_nothing_that_we_claim_to_know(client: Client, db: None) -> None:
    answer = client.post(reverse("pathway", args=[EARLY]), typed(dt.date(2025, 9, 15)))
    words = shown(answer)
    assert three(answer)["now"] == ["one-year-vaccinations"]
    assert set(three(answer)["next"]) == {"two-year-review", "funded-two"}
    assert set(three(answer)["passed"][:2]) == {"one-year-review", "baby-groups"}
    assert "14 months old" in words and "We do not know here whether something happened" in words
    assert "Missed" not in words


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (TODAY + dt.timedelta(weeks=20), "early-years"),
        (dt.date(2024, 1, 1), "early-years"),
        (dt.date(2018, 5, 1), "school-age"),
        (dt.date(2010, 5, 1), "school-age"),
    ],
)
def test_one_date_leads_to_the_pathway_that_the_child_is_on(client: Client, db: None, born: dt.date, code: str) -> None:
    answer = client.post(reverse("pathways"), typed(born))
    assert answer.status_code == 200
    assert answer.shown["pathway"].code == code


def test_nothing_that_is_typed_is_kept_logged_or_put_into_an_address(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    written = []
    with caplog.at_level(logging.DEBUG, logger=""):
        for alias in ("default", "audit"):
            with CaptureQueriesContext(connections[alias]) as asked:
                answer = client.post(reverse("pathways"), typed(dt.date(2024, 3, 7)))
            written += [each["sql"] for each in asked.captured_queries]
    assert not [sql for sql in written if re.match(r"\s*(insert|update|delete)", sql, re.I) or "2024" in sql]
    assert not [
        record for record in caplog.records if record.name != "django.db.backends" and "2024" in record.getMessage()
    ]
    assert "no-store" in answer["Cache-Control"] and not answer.cookies.get("sessionid")
    html = answer.content.decode()
    assert not re.search(r'(href|action)="[^"]*2024', html)
    assert not re.search(r'<form(?![^>]*method="post")[^>]*>', html), (
        "a form that is got would put the date into an address"
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Enter the day of birth, or the day on which the baby is due"),
        ({"born_on-day": "31", "born_on-month": "2", "born_on-year": "2026"}, "must be a real date"),
        ({"born_on-day": "1", "born_on-month": "1", "born_on-year": "1901"}, "or after"),
        ({"born_on-day": "1", "born_on-month": "1", "born_on-year": "2029"}, "or before"),
        ({"born_on": "'; drop table people_person"}, "real date"),
    ],
)
@pytest.mark.parametrize("where", ["pathways", "pathway"])
def test_a_date_that_cannot_be_is_told_what_to_do_and_the_page_is_still_there(
    client: Client, db: None, sent: dict[str, str], sentence: str, where: str
) -> None:
    answer = client.post(reverse(where, args=[EARLY] if where == "pathway" else []), sent)
    assert answer.status_code == 422
    assert sentence in shown(answer) and 'name="born_on-day"' in answer.content.decode()


def test_a_pathway_that_the_authority_does_not_have_is_not_found(client: Client, db: None, settings: Any) -> None:
    settings.PRACTICE = "lancashire"
    assert client.get(reverse("pathway", args=["whole-life"])).status_code == 404
    assert client.get(reverse("pathway", args=["no-such"])).status_code == 404
    settings.PRACTICE = "essex"
    assert client.get(reverse("pathway", args=["whole-life"])).status_code == 200


def test_what_an_authority_has_no_pathway_of_is_no_link(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearth.records.pathways.queries.pathways", lambda: ())
    assert "No pathway is published" in shown(client.get(reverse("pathways")))
    assert client.post(reverse("pathways"), typed(dt.date(2024, 1, 1))).status_code == 422


def test_somebody_who_signs_in_opens_the_same_page_with_their_own_bar(as_client: Any, cast: Any) -> None:
    answer = as_client(cast.family_worker).get(reverse("pathway", args=[EARLY]))
    assert answer.status_code == 200 and "My work" in shown(answer)


def test_everything_of_the_pathway_is_placed(db: None) -> None:
    for pathway in pack().pathways:
        assert len(place(pathway, TODAY, TODAY)) == len(pathway.touchpoints)
