"""The project for young people not in education, employment or training reproduces, all seven rows of the minutes of 3 July 2012."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.invented.achieved import AS_AT
from hearth.oversight.performance import rules
from hearth.oversight.performance.models import TypedFigure, TypedFigureEvent
from hearth.oversight.performance.projects import actions, queries
from hearth.oversight.performance.tests.conftest import PROJECT

# Total, profile, actual and the word, as the minutes print them. Where they leave a cell empty, it is empty here.
MINUTES = [
    ("1,621", "160", "264", "Ahead"),
    ("434", "31", "27", "Slightly behind"),
    ("1,058", "46", "31", "Slightly behind"),
    ("808", "34", "27", "Slightly behind"),
    ("N/A", "N/A", "N/A", "N/A"),
    ("LCC meet with SFA", "LCC meet with SFA", "N/A", "N/A"),
    ("-", "All subcontract or contracts in place", "", "As planned"),
]


def lines(reader: Any) -> list[queries.Line]:
    found = pack().measures.project(PROJECT)
    assert found is not None
    return list(queries.told(reader, found, AS_AT).lines)


def test_all_seven_rows_are_as_the_minutes_have_them(neet: Any, cast: Any, as_: Any) -> None:
    with as_(cast.elected_member):
        found = lines(cast.elected_member)
    assert [(line.total, line.planned, line.achieved, line.said) for line in found] == MINUTES
    assert [line.percent for line in found] == [165, 87, 67, 79, None, None, None]


def test_the_words_are_said_by_the_rule_and_nobody_types_them(neet: Any, cast: Any, as_: Any) -> None:
    with as_(cast.analyst):
        assert [line.typed.said for line in lines(cast.analyst) if line.row.is_number] == ["", "", "", ""]
        rows = {line.row.code: line for line in lines(cast.analyst)}
        assert rows["progression"].typed.remark.startswith("All actuals to date are progression into further learning")


def test_the_page_shows_them_with_who_typed_them(neet: Any, cast: Any, as_client: Any) -> None:
    page = as_client(cast.board_member).get(reverse("project")).content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    cells = [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]
    for shown, (total, profile, actual, said) in zip(cells, MINUTES, strict=True):
        assert shown[0] == total and shown[1] == profile
        assert shown[2].startswith(actual or "–") and shown[3].startswith(said)
    assert "165% of the profile" in page and "67% of the profile" in page
    assert "All actuals to date are progression into further learning" in page
    assert "£3,558,067" in page and "2,295" in page and "2,612" in page
    assert page.count(cast.analyst.full_name) >= len(MINUTES), "who typed each stands in its history"
    assert reverse("type_figure", args=[PROJECT, "starts", AS_AT.isoformat()]) not in page


@pytest.mark.parametrize(
    ("achieved", "said"),
    [
        (1050, "Ahead"), (1049, "As planned"), (950, "As planned"), (949, "Slightly behind"), (600, "Slightly behind"),
        (599, "Behind"), (0, "Behind"),
    ],
)  # fmt: skip
def test_each_word_begins_exactly_where_the_pack_says(achieved: int, said: str) -> None:
    rule = pack().measures.tolerance("profile")
    assert rule is not None
    found = rule.word_for(achieved, 1000)
    assert found is not None and found.word == said


def test_where_nothing_was_planned_no_word_is_said_and_less_may_be_better() -> None:
    rule = pack().measures.tolerance("profile")
    assert rule is not None and rule.word_for(5, 0) is None
    said = [rule.word_for(days, 20, less_is_better=True) for days in (0, 19, 20, 21, 33, 34)]
    assert [each.word for each in said if each] == [
        "Ahead",
        "Ahead",
        "As planned",
        "As planned",
        "Slightly behind",
        "Behind",
    ]


def test_a_small_number_of_people_is_not_shown_nor_its_word_nor_in_the_history_nor_in_the_file(
    type_one: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    type_one("vulnerable", figure=3)
    with as_(cast.analyst):
        line = lines(cast.analyst)[1]
    assert (line.achieved, line.said, line.percent) == ("too few to show", "", None)
    client = as_client(cast.analyst)
    page = client.get(reverse("project")).content.decode()
    assert "too few to show. From" in page and "9% of the profile" not in page
    file = client.post(reverse("download_project"), {"project": PROJECT, "as_at": AS_AT.isoformat()}).content.decode()
    assert "too few to show" in file and ",3," not in file


def test_what_nobody_has_typed_says_so_and_is_no_nought(cast: Any, as_: Any) -> None:
    with as_(cast.analyst):
        assert {line.achieved for line in lines(cast.analyst)} == {"nobody has typed it yet"}
        assert {line.said for line in lines(cast.analyst)} == {""}


def test_a_change_says_why_and_keeps_what_it_was(type_one: Any, cast: Any, as_: Any) -> None:
    typed = type_one("starts", figure=260)
    lead = cast.strategic_lead
    with as_(lead):
        seen = queries.as_typed(typed)["seen"]
        with pytest.raises(Refused, match="Write why"):
            actions.change_figure(by=lead, typed=typed, figure=264, source="The return", why=" ", seen=seen)
        actions.change_figure(by=lead, typed=typed, figure=264, source="The return", why="Four came late", seen=seen)
        with pytest.raises(Conflict):
            actions.change_figure(by=lead, typed=typed, figure=270, source="The return", why="More", seen=seen)
        kept = TypedFigureEvent.objects.filter(pgh_obj_id=typed.pk).order_by("pgh_id")
        assert [(each.figure, each.typed_by_id, each.why) for each in kept] == [
            (260, cast.analyst.pk, ""), (264, lead.pk, "Four came late"),
        ]  # fmt: skip
        told = queries.history(lead, pack().measures.projects[0], AS_AT)
    assert [(each.was, each.by, each.why) for each in told] == [
        ("264", lead.full_name, "Four came late"), ("260", cast.analyst.full_name, ""),
    ]  # fmt: skip


def test_typed_twice_it_is_done_once_and_another_figure_is_refused(type_one: Any, cast: Any) -> None:
    assert type_one("starts", figure=264) == type_one("starts", figure=264)
    with pytest.raises(Refused, match="typed already"):
        type_one("starts", figure=265)
    with pytest.raises(Refused, match="typed already"):
        type_one("starts", by=cast.strategic_lead, figure=264)


@pytest.mark.parametrize(
    ("row", "told", "sentence"),
    [
        ("starts", {}, "Enter how many"),
        ("starts", {"figure": -1}, "Enter how many"),
        ("starts", {"figure": 10_000_001}, "Enter how many"),
        ("starts", {"figure": 1, "source": "  "}, "Say where you have the figure from"),
        ("starts", {"figure": 1, "as_at": AS_AT.replace(day=21)}, "Nothing was planned"),
        ("nothing", {"figure": 1}, "Nothing was planned"),
        ("agreements", {"words": " "}, "Write what was achieved"),
        ("agreements", {"said": "Splendid"}, "Choose one of the words"),
    ],
)
def test_what_cannot_be_typed_is_refused_with_a_sentence(
    row: str, told: dict[str, Any], sentence: str, type_one: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        type_one(row, **told)


def test_nothing_is_typed_of_a_day_that_has_not_come() -> None:
    found = pack().measures.project(PROJECT)
    assert found is not None
    with clock.frozen(AS_AT.replace(day=19)):
        refusal = rules.why_not_of(found, found.row("starts"), AS_AT)
    assert refusal is not None and "not over" in refusal.sentence
    with clock.frozen(AS_AT):
        assert rules.why_not_of(found, found.row("starts"), AS_AT) is None


TYPE = {"analyst", "strategic_lead"}
SEE = TYPE | {
    "development_officer", "senior_development_officer", "manager", "commissioner", "quality_auditor", "board_member", "elected_member",
}  # fmt: skip
OTHERS = SEE | {
    "practitioner", "family_worker", "front_door_officer", "panel_coordinator", "provider", "information_governance", "administrator",
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(OTHERS))
def test_who_reads_and_who_types(who: str, type_one: Any, cast: Any, as_: Any, as_client: Any) -> None:
    type_one("starts", figure=264)
    user, client = getattr(cast, who), as_client(getattr(cast, who))
    with as_(user):
        rows = list(TypedFigure.objects.visible_to(user))
        assert rows == list(TypedFigure.objects.all()) and bool(rows) == (who in SEE)
        assert bool(TypedFigureEvent.objects.all()) == (who in SEE)
    for name in ("scorecard", "measure", "measured_records", "project"):
        assert client.get(reverse(name)).status_code == (200 if who in SEE else 403), name
    for name in ("download_performance", "download_project"):
        answer = client.post(reverse(name), {"table": "scorecard", "project": PROJECT})
        assert answer.status_code == (200 if who in SEE else 403), name
    path = reverse("change_figure", args=[PROJECT, "starts", AS_AT.isoformat()])
    assert client.get(path).status_code == (200 if who in TYPE else 403)
    if who not in TYPE:
        with pytest.raises(Refused):
            type_one("vulnerable", by=user, figure=27)


def test_the_database_lets_nobody_else_type_nor_anybody_in_another_name(type_one: Any, cast: Any, as_: Any) -> None:
    from django.db import transaction
    from django.db.utils import ProgrammingError

    typed = type_one("starts", figure=264)
    told = {"project": PROJECT, "row": "vulnerable", "as_at": AS_AT, "figure": 1, "source": "Mine"}
    for who, name in (("manager", "manager"), ("elected_member", "elected_member"), ("analyst", "strategic_lead")):
        with as_(getattr(cast, who)), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            TypedFigure(typed_by=getattr(cast, name), **told).save(force_insert=True)
    with as_(cast.manager):
        assert TypedFigure.objects.filter(pk=typed.pk).update(figure=1) == 0
    with as_(cast.analyst):
        for change in ({"row": "vulnerable"}, {"as_at": AS_AT.replace(day=1)}):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                TypedFigure.objects.filter(pk=typed.pk).update(**change)
