"""The page of a child's pathway, and the report of missed opportunities, as each reader is answered."""

import datetime as dt
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.foundation.audit.models import AuditEvent
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
def test_whoever_neither_sees_counts_nor_works_with_families_is_refused(
    sent: Any, cast: Any, as_client: Call, where: str
) -> None:
    for who in ("provider", "administrator", "information_governance"):
        answer = as_client(getattr(cast, who)).get(reverse(where), {"touchpoint": SIX, "area": ""})
        assert answer.status_code == 403, who


def test_a_health_visitor_reads_the_report_of_their_districts_and_comes_to_it_from_the_pathways(
    una: Any, cast: Any, area: Any, held: Call, worked_out: Call, as_client: Call
) -> None:
    held("health_visits", VISITS + rows(40, 14), area=area)
    worked_out()
    client, report = as_client(cast.health_visitor), reverse("missed_opportunities")
    assert report in client.get(reverse("pathways")).content.decode()
    assert report not in as_client(cast.provider).get(reverse("pathways")).content.decode()
    words = shown(client.get(report))
    assert "14 of 40" in words and area.name in words and "Of the districts you work in" in words
    assert "Chorley" not in words, "no district of others, and not that nothing is held of it"
    assert "You may open 0 of 14" in shown(client.get(reverse("opened_opportunities"), {"touchpoint": SIX, "area": ""}))


def test_the_report_is_drawn_with_its_figures_in_words_and_says_of_which_districts_nothing_is_held(
    una: Any, cast: Any, area: Any, held: Call, worked_out: Call, as_client: Call
) -> None:
    held("health_visits", VISITS + rows(40, 14), area=area)
    worked_out()
    html = as_client(cast.commissioner).get(reverse("missed_opportunities")).content.decode()
    drawing = html.split('<svg class="app-bars"', 1)[1].split("</svg>")[0]
    assert f"{area.name}: 14 of 40" in drawing and "nothing sent" in drawing
    assert "All districts" not in drawing, "of one district alone the same is not drawn twice"
    assert drawing.count("<rect") == 1, "a bar for each figure, and none for what is not known"
    assert "Not held: no file tells of Chorley, " in shown(
        as_client(cast.commissioner).get(reverse("missed_opportunities"))
    )
    assert html.count("<tr>") == 3, "no row for a district of which nothing is held"


def test_the_report_is_taken_away_on_record_and_says_what_is_not_known(
    una: Any, cast: Any, area: Any, held: Call, worked_out: Call, as_client: Call
) -> None:
    held("health_visits", VISITS + rows(40, 14), area=area)
    worked_out()
    client, address = as_client(cast.commissioner), reverse("download_missed_opportunities")
    assert client.get(address).status_code == 302
    told = client.post(address).content.decode()
    assert (
        f"{area.name},Review at 6 to 8 weeks,40,14," in told and "All districts,Review at 6 to 8 weeks,40,14," in told
    )
    assert "Chorley,Review at 6 to 8 weeks,not held,not held," in told
    assert f"{area.name},New birth visit,nothing sent,nothing sent," in told
    book = client.post(address, {"format": "xlsx"})
    assert load_workbook(io.BytesIO(book.content)).worksheets[0].max_row > 10
    own = as_client(cast.health_visitor).post(address).content.decode()
    assert "Chorley" not in own and f"{area.name},Review at 6 to 8 weeks,40,14," in own
    assert as_client(cast.provider).post(address).status_code == 403
    with acting_as(cast.commissioner, using="audit"):
        assert AuditEvent.objects.using("audit").filter(verb="insight.missed_downloaded").count() == 2


def test_what_is_not_known_is_a_short_statement_with_why_and_what_to_do_and_never_a_miss(
    sent: Any, family: Any, cast: Any, as_client: Call
) -> None:
    html = as_client(cast.family_worker).get(page_of(family, sent)).content.decode()
    words = shown(as_client(cast.family_worker).get(page_of(family, sent)))
    assert re.search(
        r"\d+ touchpoints of which nothing is known .*cannot be told from here. That is not the same as missed", words
    )
    assert "No feed tells of it: no partner sends a file" in words and "Ask the family, or whoever meets them." in words
    known, unknown = html.index('id="six-week-review"'), html.index("of which nothing is known")
    assert known < html.index('id="new-birth-visit"') < unknown < html.index('id="hearing-screen"')
    folded = html[: html.index('id="hearing-screen"')].rsplit("<details", 1)[1]
    assert "</details>" not in folded, "which they are is folded away"
    now = re.findall(r'<li id="([a-z0-9-]+)"><strong>[^<]*</strong> <strong[^>]*>\s*Its time is now', html)
    assert now, "something of which nothing is known has its time now"
    for code in now:
        before = html[: html.index(f'id="{code}"')]
        assert before.count("<details") == before.count("</details>"), "what has its time now is not folded away"
    assert "time now, and nothing is known of" in words
    assert html.count("pathway-point__heading") == 3, "of what nothing is known there is no long entry"
    assert "Comes next" in words and "Not known" not in words


def test_a_practitioner_records_that_it_happened_and_takes_it_back_on_its_pages(
    sent: Any, family: Any, cast: Any, as_client: Call
) -> None:
    client = as_client(cast.family_worker)
    record = reverse("record_touchpoint", args=[family.reference, sent.reference, "hearing-screen"])
    assert record in client.get(page_of(family, sent)).content.decode()
    page = client.get(record).content.decode()
    assert "Record: Hearing test" in page and "newborn hearing screener" in page
    typed = {
        "key": str(uuid.uuid4()),
        "met_on-day": "3",
        "met_on-month": "11",
        "met_on-year": "2025",
        "words": "They showed me the card.",
    }
    empty = client.post(record, typed)
    assert empty.status_code == 422 and "Choose who met the family" in empty.content.decode()
    assert "They showed me the card." in empty.content.decode(), "nothing typed is lost"
    answer = client.post(record, typed | {"who": "somebody", "met_by": "A screener at the hospital"}, follow=True)
    words = shown(answer)
    assert "It is recorded: hearing test." in words
    assert "by A screener at the hospital." in words and "They showed me the card." in words
    assert f"Recorded here by {cast.family_worker.full_name}" in words
    back = re.search(r'href="([^"]+/take-back/)"', answer.content.decode())
    assert back
    answer = client.post(back[1], {"why": "That was her cousin"}, follow=True)
    words = shown(answer)
    assert "It is taken back" in words and "That was her cousin" in words and "by A screener" not in words
    for again in (client.get(back[1]), client.post(back[1], {"why": "Twice"})):
        assert again.status_code == 403 and "This was taken back already." in shown(again)


@pytest.mark.parametrize("who", ["other_family_worker", "other_manager", "practitioner", "elected_member", "analyst"])
def test_nobody_else_records_anything_of_the_child(
    sent: Any, family: Any, cast: Any, as_client: Call, who: str
) -> None:
    record = reverse("record_touchpoint", args=[family.reference, sent.reference, "hearing-screen"])
    for answer in (as_client(getattr(cast, who)).get(record), as_client(getattr(cast, who)).post(record, {})):
        assert answer.status_code in (403, 404) and "Una" not in answer.content.decode()
    mine = as_client(cast.family_worker)
    for child, code in ((sent.reference, "no-such"), ("PE-ZZZZZZZ", "hearing-screen")):
        assert mine.get(reverse("record_touchpoint", args=[family.reference, child, code])).status_code == 404


def test_that_a_figure_was_opened_is_on_record(sent: Any, cast: Any, area: Any, as_client: Call, kept_of: Call) -> None:
    as_client(cast.development_officer).get(reverse("opened_opportunities"), {"touchpoint": SIX, "area": ""})
    (look,) = [each for each in kept_of(cast.development_officer) if each.verb == "insight.missed_opened"]
    assert (look.detail["touchpoint"], look.detail["may_open"]) == (SIX, 1)
