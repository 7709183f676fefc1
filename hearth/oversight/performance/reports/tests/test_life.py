"""From the start of a report to its approval, and what nobody may do on the way."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.core.seen import seen_of
from hearth.oversight.performance.counting import Counted
from hearth.oversight.performance.quarters import Quarter
from hearth.oversight.performance.queries import measures
from hearth.oversight.performance.reports import actions, contents, figures, gathering, jobs, queries, rules
from hearth.oversight.performance.reports.approving import actions as approving
from hearth.oversight.performance.reports.models import PublishedFigure, Report, ReportEdition, ReportWords
from hearth.oversight.performance.reports.periods import periods
from hearth.oversight.performance.reports.sections import SECTIONS
from hearth.oversight.performance.reports.tests.conftest import Desk
from hearth.records.documents.tests.conftest import worker  # noqa: F401


def code_of(error: Any) -> str:
    return str(error.value.refusal.code)


def test_a_districts_quarter_goes_from_its_start_to_its_approval(desk: Desk) -> None:
    report = desk.start()
    assert report.state == "writing" and report.percent == 100 and report.gathered_at
    desk.write(report)
    assert desk.send(report).state == "sent"
    assert desk.approve(report).state == "approved"
    with acting_as(desk.cast.board_member):
        found = queries.report_of(desk.cast.board_member, report.reference)
        assert [each.what for each in queries.moves(desk.cast.board_member, found)] == [
            "approved",
            "sent",
            "gathered",
            "started",
        ]


def test_every_section_has_what_the_data_say_and_every_figure_says_what_it_is(desk: Desk) -> None:
    report = desk.start()
    content = contents.content_of(report, {}, [], gathered=report.figures)
    told = {each["code"]: each["blocks"] for each in content["sections"]}
    assert list(told) == [
        "summary",
        "measures",
        "projects",
        "bought",
        "difficulties",
        "quality",
        "studies",
        "good_practice",
        "definitions",
    ]
    assert all(told[code] for code in ("measures", "projects", "bought", "difficulties", "quality"))
    labels = {row[0] for block in told["measures"] if block["kind"] == "table" for row in block["rows"]}
    terms = {name: words for block in told["definitions"] if block["kind"] == "terms" for name, words in block["rows"]}
    assert labels == set(terms) and all("Counted: " in words and "Source: " in words for words in terms.values())


def test_a_quarter_before_a_district_went_live_is_blank_and_not_nought() -> None:
    """Burnley went live on 1 April 2012."""
    before, after = Quarter(dt.date(2012, 1, 1)), Quarter(dt.date(2012, 4, 1))
    measure = next(each for each in measures() if not each.is_share and not each.is_wait and not each.follows_months)
    found = Counted(before, after)
    cells = [figures.cell_of(found, measure, each, "burnley") for each in (before, after)]
    assert [each["figure"]["state"] for each in cells] == ["not_open", "shown"]
    assert cells[0]["parts"] is None and cells[0]["figure"]["value"] is None
    place = figures.by_place(cells)
    assert figures.words_of(figures.figure_at(place, measure.code, before, "burnley")) == "not open yet"
    assert figures.words_of(figures.figure_at(place, measure.code, after, "burnley")) == "0"


def test_nothing_is_sent_while_a_section_has_no_words(desk: Desk) -> None:
    report = desk.start()
    desk.write(report, **{each.code: "Said." for each in SECTIONS[:-1]})
    with pytest.raises(Refused) as refused:
        desk.send(report)
    assert "Good practice" in str(refused.value)


def test_of_two_who_write_one_section_the_second_reads_both(desk: Desk) -> None:
    report, by = desk.start(), desk.cast.development_officer
    nothing = seen_of([("words", "")])
    with acting_as(by):
        actions.write_report_section(by=by, report=report, section="summary", words="First.", seen=nothing)
        with pytest.raises(Conflict) as conflict:
            actions.write_report_section(by=by, report=report, section="summary", words="Second.", seen=nothing)
    assert conflict.value.texts == {"words": ("First.", "Second.")}


def test_whoever_wrote_in_it_never_approves_it(desk: Desk, cast: Any) -> None:
    report = desk.start()
    desk.write(report)
    desk.write(report, cast.senior_development_officer, summary="Written by a second officer.")
    desk.tell(report, cast.analyst)
    desk.send(report)
    wrote = {each.pk for each in (cast.development_officer, cast.senior_development_officer, cast.analyst)}
    with acting_as(cast.manager):
        assert queries.writers(report) == wrote
        assert rules.why_not_decide(cast.manager, report, wrote) is None
        refusal = rules.why_not_decide(cast.manager, report, wrote | {cast.manager.pk})
    assert refusal is not None and refusal.code == "reports.own"


def test_it_is_sent_back_with_words_and_never_without(desk: Desk, cast: Any) -> None:
    report = desk.start()
    desk.write(report)
    desk.send(report)
    with acting_as(cast.manager):
        with pytest.raises(Refused):
            approving.send_back_report(by=cast.manager, report=report, words="  ")
        approving.send_back_report(by=cast.manager, report=report, words="Say more of the waits.")
        assert queries.moves(cast.manager, report)[0].words == "Say more of the waits."
    desk.write(report, measures="More of the waits.")
    desk.send(report)
    assert desk.approve(report).is_approved


def test_what_waits_is_on_the_first_page_of_whoever_approves_it_and_of_whoever_it_was_sent_back_to(
    desk: Desk, cast: Any
) -> None:
    def waits(who: Any) -> list[str]:
        with acting_as(who):
            return [each.words for each in queries.reports_waiting(who)]

    report = desk.start()
    desk.write(report)
    assert waits(cast.manager) == waits(cast.development_officer) == []
    desk.send(report)
    assert waits(cast.manager) == waits(cast.strategic_lead) == ["1 report to approve"]
    assert waits(cast.other_manager) == waits(cast.charity_manager) == []
    with acting_as(cast.manager):
        approving.send_back_report(by=cast.manager, report=report, words="Say more.")
    assert waits(cast.manager) == [] and waits(cast.development_officer) == ["1 report sent back to you"]


def test_the_database_lets_nobody_approve_for_somebody_else_or_what_they_wrote(desk: Desk, cast: Any) -> None:
    report = desk.start()
    desk.write(report)
    desk.send(report)
    said = {"state": "approved", "approved_by": cast.manager, "approved_at": clock.now()}
    for who in (cast.development_officer, cast.analyst, cast.strategic_lead):
        with acting_as(who), pytest.raises(Error), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**said)


@pytest.mark.parametrize("who", ["development_officer", "analyst", "board_member", "charity_manager", "other_manager"])
def test_only_a_manager_of_the_district_or_the_strategic_lead_approves(desk: Desk, cast: Any, who: str) -> None:
    report = desk.start(by=cast.analyst)
    desk.write(report)
    desk.send(report)
    with pytest.raises(Refused):
        desk.approve(report, getattr(cast, who))


def test_what_is_approved_never_changes_and_says_so_by_its_digest(desk: Desk, cast: Any) -> None:
    report = desk.approved()
    with acting_as(cast.development_officer):
        edition = ReportEdition.objects.get(report=report)
        assert edition.digest == contents.digest_of(edition.content) and len(edition.digest) == 64
        for change in (
            lambda: Report.objects.filter(pk=report.pk).update(figures={}),
            lambda: Report.objects.filter(pk=report.pk).update(state="writing"),
            lambda: ReportEdition.objects.filter(pk=edition.pk).update(content={"title": "Another"}),
            lambda: ReportEdition.objects.filter(pk=edition.pk).update(digest="0" * 64),
        ):
            with pytest.raises(Error), transaction.atomic():
                change()
        assert ReportWords.objects.filter(report=report).update(words="Another") == 0
        with pytest.raises(Refused):
            actions.write_report_section(by=cast.development_officer, report=report, section="summary", words="Another")


def test_a_correction_is_a_new_version_that_names_what_it_replaces(desk: Desk, cast: Any) -> None:
    first, by = desk.start(), cast.development_officer
    study = desk.tell(first)
    desk.write(first)
    desk.send(first)
    desk.approve(first)
    with acting_as(by):
        with pytest.raises(Refused):
            actions.correct_report(by=by, report=first, why=" ", queue=False)
        second = gathering.gather(
            actions.correct_report(by=by, report=first, why="A target was typed wrong.", queue=False), by
        )
        with pytest.raises(Refused) as refused:
            actions.correct_report(by=by, report=first, why="Again.", queue=False)
        assert code_of(refused) == "reports.corrected"
        assert second.number == 2 and second.replaces == first
        assert len(queries.written(by, second)) == len(SECTIONS)
        assert [each.story for each in queries.studies(by, second)] == [study.story]
    desk.send(second)
    desk.approve(second)
    with acting_as(by):
        content = ReportEdition.objects.get(report=second).content
        assert f"corrects {first.reference}" in " ".join(content["about"])
        assert ReportEdition.objects.get(report=first).content["number"] == 1, "the first one stays"


def test_there_is_one_report_of_a_place_and_time(desk: Desk) -> None:
    desk.start()
    with pytest.raises(Refused) as refused:
        desk.start()
    assert code_of(refused) == "reports.started"


def test_the_authoritys_year_is_its_four_quarters_beside_each_other_and_no_sum(desk: Desk) -> None:
    report = desk.start(kind="year", whole=True)
    content = contents.content_of(report, {}, [], gathered=report.figures)
    tables = [
        each
        for part in content["sections"]
        if part["code"] == "measures"
        for each in part["blocks"]
        if each["kind"] == "table"
    ]
    assert all(len([head for head in each["heads"] if " to " in head[0]]) == 4 for each in tables) and tables


def test_a_year_is_no_districts(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.start(kind="year")
    assert code_of(refused) == "reports.year"


def test_the_authoritys_quarter_says_how_far_its_figures_are(
    desk: Desk, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, int]] = []
    monkeypatch.setattr(gathering, "_say", lambda report, by, doing, percent: said.append((doing, percent)))
    desk.start(whole=True)
    assert [doing for doing, _ in said] == ["measures", "projects", "bought", "difficulties", "quality"]
    assert [percent for _, percent in said] == sorted(percent for _, percent in said)


def test_figures_that_were_gathered_are_not_gathered_twice(desk: Desk, cast: Any) -> None:
    report = desk.start()
    before = report.gathered_at
    with acting_as(cast.development_officer):
        assert before is not None and gathering.gather(report, cast.development_officer).gathered_at == before
        again = actions.gather_report_again(by=cast.development_officer, report=report, queue=False)
        assert again.state == "waiting"
        after = gathering.gather(again, cast.development_officer).gathered_at
        assert after is not None and after > before


@pytest.mark.parametrize(
    "who", ["practitioner", "other_manager", "elected_member", "board_member", "charity_manager", "provider"]
)
def test_a_draft_is_read_by_nobody_but_those_who_work_on_it(desk: Desk, cast: Any, who: str, as_client: Any) -> None:
    report, other = desk.start(), getattr(cast, who)
    with acting_as(other):
        assert not Report.objects.filter(pk=report.pk).exists()
        assert not Report.objects.visible_to(other).filter(pk=report.pk).exists()
        assert not ReportWords.objects.exists()
    assert as_client(other).get(f"/reports/{report.reference}/").status_code in (403, 404)


def test_a_writer_of_another_district_is_refused(desk: Desk, cast: Any, other_area: Any) -> None:
    by = cast.development_officer
    with acting_as(by), pytest.raises(Refused) as refused:
        actions.start_report(by=by, area=other_area, period=periods()[0], queue=False)
    assert code_of(refused) == "reports.may_not_write"
    with acting_as(by), pytest.raises(Error), transaction.atomic():
        Report(
            reference="RP-3333333",
            kind="quarter",
            area=other_area,
            from_on="2026-01-01",
            to_on="2026-03-31",
            started_by=by,
        ).save(force_insert=True)


def test_an_approved_report_is_read_by_the_board_and_by_nobody_without_a_sign_in(
    desk: Desk, cast: Any, as_client: Any
) -> None:
    report = desk.approved()
    page = as_client(cast.board_member).get(f"/reports/{report.reference}/")
    assert page.status_code == 200 and b"What there is to say of good practice" in page.content
    assert Client().get(f"/reports/{report.reference}/").status_code == 302
    assert Client().get(f"/published-reports/{report.reference}/").status_code == 404


def test_old_reports_go_by_the_retention_rule(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    worker: None,  # noqa: F811
) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=370)):
        old = desk.approved()
        desk.publish(old)
    new = desk.approved()
    assert jobs.let_go_of_old_reports() == 0, "ten years, says the pack"
    monkeypatch.setattr(
        jobs, "pack", lambda: SimpleNamespace(retention=SimpleNamespace(rule=lambda record: SimpleNamespace(years=1)))
    )
    assert jobs.let_go_of_old_reports() == 1
    with acting_as(desk.cast.development_officer):
        assert [each.pk for each in Report.objects.all()] == [new.pk]
    with acting_as(desk.cast.strategic_lead):
        assert not PublishedFigure.objects.exists() and not ReportEdition.objects.filter(report=old.pk).exists()
