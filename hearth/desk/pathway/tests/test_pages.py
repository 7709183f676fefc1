"""The page of a child's pathway, and the report of missed opportunities, as each reader is answered."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.touchpoints.tests.conftest import VISITS, visits
from hearth.intelligence.insight.touchpoints.tests.test_missed import DUE, SIX, rows
from hearth.records.people.actions import add_person, open_family

Call = Callable[..., Any]


def shown(answer: Any) -> str:
    """The page's words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page_of(family: Any, child: Any = None) -> str:
    """Its address."""
    return reverse("family_pathway", args=[family.reference]) + (f"?child={child.reference}" if child else "")


def test_a_worker_reads_how_each_touchpoint_of_the_child_stands(
    sent: Any, family: Any, cast: Any, as_client: Call
) -> None:
    words = shown(as_client(cast.family_worker).get(page_of(family, sent)))
    assert "Pathway: Una Ashworth" in words and "13 months" in words
    assert re.search(
        r"Missed .*Review at 6 to 8 weeks .*Due .*Review at 9 to 12 months .*Done .*New birth visit", words
    )
    assert "that is not the same as missed" in words


def test_one_child_is_shown_and_the_others_are_a_link_away(sent: Any, family: Any, cast: Any, as_client: Call) -> None:
    client = as_client(cast.family_worker)
    first = client.get(page_of(family)).content.decode()
    assert "Pathway: Una" in first, "the youngest comes first"
    (jake,) = set(re.findall(rf'href="({re.escape(page_of(family))}\?child=[A-Z0-9-]+)">Jake', first))
    assert "Pathway: Jake" in shown(client.get(jake))
    assert "Pathway: Una" in shown(client.get(page_of(family) + "?child=PE-ZZZZZZZ"))


def test_a_child_of_another_family_is_not_shown_by_their_reference(
    sent: Any, family: Any, cast: Any, area: Any, as_client: Call
) -> None:
    by = cast.family_worker
    with acting_as(by):
        home = open_family(by=by, name="Elsewhere", area=area)
        add_person(
            by=by,
            family=home,
            role="child",
            given_name="Zed",
            family_name="Elsewhere",
            born_on=dt.date(2024, 1, 1),
            birth_precision="full",
        )
    words = shown(as_client(by).get(page_of(home, sent)))
    assert "Pathway: Zed" in words and "Una" not in words


def test_no_child_and_no_birth_date_are_said_with_what_to_do(cast: Any, area: Any, as_client: Call) -> None:
    by = cast.family_worker
    with acting_as(by):
        home = open_family(by=by, name="Empty", area=area)
    assert "No child is on record" in shown(as_client(by).get(page_of(home)))
    with acting_as(by):
        add_person(
            by=by,
            family=home,
            role="child",
            given_name="Zed",
            family_name="Empty",
            born_on=dt.date(2024, 1, 1),
            birth_precision="year",
        )
    assert "The birth date is not known to the day" in shown(as_client(by).get(page_of(home)))


@pytest.mark.parametrize("who", ["other_family_worker", "other_manager", "practitioner", "elected_member", "analyst"])
def test_whoever_may_not_open_the_family_is_told_that_nothing_is_there(
    sent: Any, family: Any, cast: Any, as_client: Call, who: str
) -> None:
    answer = as_client(getattr(cast, who)).get(page_of(family, sent))
    assert answer.status_code in (403, 404) and "Una" not in answer.content.decode()


def test_it_asks_as_often_of_a_large_family_as_of_a_small_one(
    sent: Any, family: Any, cast: Any, as_client: Call
) -> None:
    client, by = as_client(cast.family_worker), cast.family_worker

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(family, sent)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    with acting_as(by):
        for number in range(6):
            add_person(
                by=by, family=family, role="child", given_name=f"N{number}", family_name="Ashworth", born_on=dt.date(2020, 1, 1 + number),
                birth_precision="full",
            )  # fmt: skip
    assert asked() == few


def test_the_report_is_for_whoever_sees_counts_and_links_only_for_those_who_open_families(
    una: Any, cast: Any, area: Any, held: Call, worked_out: Call, as_client: Call
) -> None:
    own = visits(("six_to_eight_weeks", DUE, None)).removeprefix(VISITS)
    held("health_visits", VISITS + rows(39, 14) + own, area=area)
    worked_out()
    report, opened = reverse("missed_opportunities"), reverse("opened_opportunities")
    for who in ("commissioner", "board_member", "elected_member"):
        html = as_client(getattr(cast, who)).get(report).content.decode()
        assert "15 of 40" in shown(as_client(getattr(cast, who)).get(report)) and opened not in html, who
    client = as_client(cast.development_officer)
    assert f"{opened}?touchpoint={SIX}" in client.get(report).content.decode()
    words = shown(client.get(opened, {"touchpoint": SIX, "area": area.code}))
    assert "You may open 1 of 15" in words and "Una Ashworth" in words
    assert "Una" not in shown(as_client(cast.commissioner).get(opened, {"touchpoint": SIX, "area": area.code}))
    assert client.get(opened, {"touchpoint": "nothing", "area": ""}).status_code == 404
    assert "Health visitor before the birth: missed" in shown(client.get(opened)), "of the first, where none is named"


@pytest.mark.parametrize("where", ["missed_opportunities", "opened_opportunities"])
def test_whoever_sees_no_counts_is_refused(sent: Any, cast: Any, as_client: Call, where: str) -> None:
    answer = as_client(cast.practitioner).get(reverse(where), {"touchpoint": SIX, "area": ""})
    assert answer.status_code == 403


def test_that_a_figure_was_opened_is_on_record(sent: Any, cast: Any, area: Any, as_client: Call, kept_of: Call) -> None:
    as_client(cast.development_officer).get(reverse("opened_opportunities"), {"touchpoint": SIX, "area": ""})
    (look,) = [each for each in kept_of(cast.development_officer) if each.verb == "insight.missed_opened"]
    assert (look.detail["touchpoint"], look.detail["may_open"]) == (SIX, 1)
