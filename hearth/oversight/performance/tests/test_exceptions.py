"""What is behind stands the worst first, with what is done about it by whoever answers for it; and what changed for the worse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.desk.counts.tests.test_assessed import begun, family_with_case, finished
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.invented.achieved import NEET
from hearth.oversight.performance.agreements.actions import set_local_target
from hearth.oversight.performance.exceptions import queries
from hearth.oversight.performance.exceptions.actions import write_exception_report
from hearth.oversight.performance.models import ExceptionReport

NOW, BEFORE, AFTER = dt.date(2026, 11, 2), dt.date(2026, 7, 6), dt.date(2026, 12, 1)
WAIT = "wait_for_assessment"
QUALIFICATION = "neet_2011.qualification"
WHY, DOING = "Accreditation takes a year.", "Two more centres by Christmas."


@pytest.fixture
def say(cast: Any) -> Callable[..., ExceptionReport]:
    """`say()` says of the qualifications of the project what is done, as the strategic lead."""

    def make(by: Any = None, **told: Any) -> ExceptionReport:
        by = by or cast.strategic_lead
        said = {"measure": QUALIFICATION, "area": None, "why": WHY, "doing": DOING, "review_on": AFTER} | told
        with clock.frozen(NOW), acting_as(by):
            return write_exception_report(by=by, **said)

    return make


@pytest.fixture
def slow(cast: Any, area: Any) -> Callable[[int], None]:
    """`slow(6)` signs off six assessments after 40 days each, in a quarter in which the district aimed for 20."""

    def make(many: int) -> None:
        by = cast.development_officer
        with clock.frozen(BEFORE), acting_as(by):
            set_local_target(by=by, area=area, measure=WAIT, from_on=dt.date(2026, 7, 1), figure=20, why="x")
        with clock.frozen(dt.date(2026, 7, 20)):
            cases = [family_with_case(cast, area, f"Zz{number}", cast.family_worker) for number in range(many)]
            made = [begun(cast.family_worker, case) for case in cases]
        with clock.frozen(dt.date(2026, 8, 29)):
            for one in made:
                finished(cast, one)

    return make


def standings(reader: Any, area: str = "") -> queries.Standings:
    with clock.frozen(NOW), acting_as(reader):
        return queries.standings(reader, area)


def test_rows_of_the_project_that_are_behind_stand_the_worst_first(neet: Any, cast: Any) -> None:
    behind = standings(cast.board_member).behind
    assert [each.key for each in behind] == [QUALIFICATION, "neet_2011.progression", "neet_2011.vulnerable"]
    assert [each.percent for each in behind] == [67.0, 79.0, 87.0]
    assert behind[0].word is not None and behind[0].word.word == "Slightly behind"
    assert (behind[0].figure, behind[0].aim) == ("31", "46") and NEET["starts"][
        "figure"
    ] == 264  # ahead, and so not here


def test_a_district_behind_its_own_target_says_by_how_much_and_of_what(slow: Any, cast: Any, area: Any) -> None:
    slow(6)
    [one] = [each for each in standings(cast.elected_member).behind if each.key == WAIT]
    assert (one.area, one.where, one.figure, one.aim, one.percent) == (area.code, area.name, "40 days", "20 days", 50.0)
    assert [each.key for each in standings(cast.elected_member, area.code).behind] == [WAIT]


def test_what_is_too_few_to_show_is_behind_nothing(slow: Any, cast: Any) -> None:
    slow(2)
    assert WAIT not in [each.key for each in standings(cast.board_member).behind]


def test_what_is_done_stands_beside_it_and_what_is_said_later_above(say: Any, neet: Any, cast: Any) -> None:
    first = say()
    with clock.frozen(NOW + dt.timedelta(days=3)), acting_as(cast.strategic_lead):
        later = write_exception_report(
            by=cast.strategic_lead, measure=QUALIFICATION, area=None, why=WHY, doing="Three more.", review_on=AFTER
        )
    worst = standings(cast.board_member).behind[0]
    assert list(worst.said) == [later, first] and standings(cast.board_member).unsaid == 2
    with clock.frozen(AFTER + dt.timedelta(days=1)), acting_as(cast.board_member):
        assert queries.standings(cast.board_member).behind[0].is_overdue


def test_the_page_shows_it_to_a_board_member_who_may_not_say_anything(
    say: Any, neet: Any, cast: Any, as_client: Any
) -> None:
    say()
    with clock.frozen(NOW):
        page = as_client(cast.board_member).get(reverse("what_is_behind")).content.decode()
    assert DOING in page and WHY in page and cast.strategic_lead.full_name in page and "Slightly behind" in page
    assert "Of <strong>2</strong> nobody has said yet" in page and "Say what is done" not in page


def test_sent_twice_it_is_the_one_there_is_and_two_people_do_not_speak_past_one_another(say: Any, cast: Any) -> None:
    assert say() == say()
    with pytest.raises(Refused, match=f"{cast.strategic_lead.full_name} has said today"):
        say(doing="Something else.")


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ({"why": "  "}, "Write why it is so"),
        ({"doing": "\u200b"}, "Write why it is so"),
        ({"review_on": NOW}, "Choose a day ahead"),
        ({"review_on": dt.date(2028, 1, 1)}, "Choose a day ahead"),
        ({"measure": "requests"}, "Choose a measure of which more or less is better"),
        ({"measure": "neet_2011.nothing"}, "Choose a measure"),
        ({"measure": "nothing"}, "Choose a measure"),
    ],
)
def test_what_cannot_be_said_is_refused(told: dict[str, Any], refused: str, say: Any) -> None:
    with pytest.raises(Refused, match=refused):
        say(**told)


def test_a_district_is_spoken_of_by_its_own_officer_and_the_whole_by_a_strategic_lead(
    say: Any, cast: Any, area: Any, other_area: Any
) -> None:
    here = {"measure": "requests_decided_in_time"}
    assert say(cast.development_officer, area=area, **here).area == area
    with pytest.raises(Refused, match=f"Only a development officer of {other_area.name}"):
        say(cast.development_officer, area=other_area, **here)
    for nobody in (cast.development_officer, cast.board_member, cast.analyst):
        with pytest.raises(Refused, match="Only a strategic lead"):
            say(nobody, **here)
    with pytest.raises(Refused, match="does not include the figures"):
        say(cast.family_worker, area=area, **here)


def test_a_project_is_of_no_district(say: Any, area: Any) -> None:
    with pytest.raises(Refused, match="Choose a measure"):
        say(area=area)


def test_the_database_itself_lets_nobody_else_write_and_nobody_change(say: Any, cast: Any, area: Any) -> None:
    said = say()
    row = {"measure": "requests_decided_in_time", "why": "x", "doing": "x", "review_on": AFTER}
    for by, more in (
        (cast.board_member, {"area": None}), (cast.development_officer, {"area": None}), (cast.family_worker, {"area": area}),
        (cast.analyst, {"area": area}),
    ):  # fmt: skip
        with acting_as(by), pytest.raises(ProgrammingError), transaction.atomic():
            ExceptionReport(**row, **more, written_by=by).save(force_insert=True)
    with acting_as(cast.strategic_lead), pytest.raises(ProgrammingError), transaction.atomic():
        ExceptionReport.objects.filter(pk=said.pk).update(doing="Nothing.")
    with acting_as(cast.strategic_lead), pytest.raises(ProgrammingError), transaction.atomic():
        ExceptionReport(**row, area=None, written_by=cast.board_member).save(force_insert=True)
    with acting_as(cast.family_worker):
        assert not ExceptionReport.objects.exists()


def test_whoever_sees_no_figures_is_refused_the_page_and_the_form(cast: Any, as_client: Any, area: Any) -> None:
    form = reverse("write_exception_report", args=["requests_decided_in_time", area.code])
    assert as_client(cast.family_worker).get(reverse("what_is_behind")).status_code == 403
    assert as_client(cast.family_worker).get(form).status_code == 403
    assert as_client(cast.board_member).get(form).status_code == 403
    assert as_client(cast.strategic_lead).get(form).status_code == 200
    assert (
        as_client(cast.strategic_lead).get(reverse("write_exception_report", args=["nothing", "all"])).status_code
        == 404
    )
    assert (
        as_client(cast.strategic_lead).get(reverse("write_exception_report", args=["requests", "nowhere"])).status_code
        == 404
    )


def test_it_asks_as_often_however_much_is_behind(neet: Any, say: Any, cast: Any, slow: Any) -> None:
    def asked() -> int:
        with clock.frozen(NOW), acting_as(cast.board_member), CaptureQueriesContext(connection) as asking:
            queries.standings(cast.board_member)
        return len(asking)

    asked()
    before = asked()
    say()
    slow(6)
    assert asked() == before <= 7


def test_it_is_taken_away_as_a_table_that_says_what_its_figures_are(
    say: Any, neet: Any, cast: Any, as_client: Any
) -> None:
    say()
    with clock.frozen(NOW):
        answer = as_client(cast.board_member).post(reverse("download_performance"), {"table": "behind", "as": "csv"})
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert DOING in text and "the worst first" in text and "nobody has said yet" in text
