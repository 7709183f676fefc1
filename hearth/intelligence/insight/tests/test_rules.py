"""Each form of rule on small files: thresholds, windows, ages, combinations, whoever is linked, and folding a day in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.models import FeedDecision
from hearth.intelligence.insight import actions, gathering, running
from hearth.intelligence.insight.erasing import forget_concern
from hearth.intelligence.insight.models import FamilyOfConcern, Flag, InsightRun
from hearth.intelligence.insight.tests.conftest import AS_AT
from hearth.intelligence.insight.tests.files import CARE, NEET, OFFENCES, attendance, emergency, linked

Hold = Callable[..., Any]
Run = Callable[..., Any]
Flagged = Callable[..., list[tuple[str, str]]]
MONDAY = dt.date(2026, 3, 2)


def test_a_share_is_reached_at_exactly_a_tenth_and_not_below(hold: Hold, work_out: Run, flagged: Flagged) -> None:
    hold("attendance", attendance({"TENTH": "/" * 9 + "O", "LESS": "/" * 10 + "O", "HALF": "/O" * 5}, MONDAY))
    work_out()
    assert flagged("absence_persistent_year") == [
        ("absence_persistent_year", "upn:HALF"), ("absence_persistent_year", "upn:TENTH"),
    ]  # fmt: skip
    assert flagged("absence_severe_year") == [("absence_severe_year", "upn:HALF")]


def test_sessions_that_are_not_possible_count_for_nothing(hold: Hold, work_out: Run, flagged: Flagged) -> None:
    hold("attendance", attendance({"AWAY": "X" * 8 + "OO", "NONE": "#" * 10, "HERE": "/#" * 5}, MONDAY))
    work_out()
    assert flagged("absence_severe_year") == [("absence_severe_year", "upn:AWAY")]


def test_only_absence_without_leave_counts_for_the_first_programme(hold: Hold, work_out: Run, flagged: Flagged) -> None:
    hold("attendance", attendance({"ILL": "/" * 8 + "II", "OUT": "/" * 8 + "OO"}, MONDAY))
    work_out()
    assert flagged("tf1_unauthorised") == [("tf1_unauthorised", "upn:OUT")]


def test_three_visits_in_twelve_months_are_flagged_and_older_ones_are_outside(
    hold: Hold, work_out: Run, flagged: Flagged, cast: Any
) -> None:
    recent = [(f"a{n}", "9990000018", f"2026-01-0{n}") for n in (1, 2, 3)]
    older = [("b1", "9990000026", "2025-03-20"), ("b2", "9990000026", "2026-01-01"), ("b3", "9990000026", "2026-01-02")]
    hold("emergency_attendances", emergency([*recent, *older]), covers_from=dt.date(2025, 3, 1))
    work_out()
    assert flagged("repeat_emergency") == [("repeat_emergency", "nhs_number:9990000018")]
    with acting_as(cast.analyst):
        flag = Flag.objects.get(rule="repeat_emergency")
        assert [each["on"] for each in flag.evidence] == ["2026-01-03", "2026-01-02", "2026-01-01"]
        assert flag.latest_on == dt.date(2026, 1, 3)


def test_neet_is_of_14_to_18_and_to_25_with_learning_difficulties(hold: Hold, work_out: Run, flagged: Flagged) -> None:
    born = {
        "A13": "2012-03-21",
        "B14": "2012-03-20",
        "C18": "2007-03-21",
        "D19": "2007-03-20",
        "E25": "2000-03-21",
        "F26": "2000-03-20",
    }
    rows = [
        f"{who},,Ann,Other,{day},,610,2026-01-01,,{'yes' if who in ('E25', 'F26') else 'no'}\n"
        for who, day in born.items()
    ]
    hold("neet", NEET + "".join(rows))
    work_out()
    assert [person for _, person in flagged("neet")] == ["nccis_person:B14", "nccis_person:C18", "nccis_person:E25"]


def test_a_state_that_is_over_is_not_so_and_one_without_a_last_day_goes_on(
    hold: Hold, work_out: Run, flagged: Flagged
) -> None:
    hold(
        "social_care",
        CARE
        + "p1,,child_in_need,2025-01-01,,Ann,1\np2,,child_in_need,2025-01-01,2026-03-19,Ann,1\np3,,adult,2025-01-01,,Ann,1\n",
    )
    work_out()
    assert flagged("edge_of_care") == [("edge_of_care", "social_care_id:p1")]


def test_a_combination_counts_needs_of_a_household_and_two_signs_of_one_need_once(
    hold: Hold,
    work_out: Run,
    flagged: Flagged,
    cast: Any,
    council: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    hold("attendance", attendance({"KIM": "/O" * 5}, MONDAY))
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\n")
    hold("offences", OFFENCES + "p2,2026-01-05,Theft,Offender\np2,2026-01-06,Theft,Offender\n")
    work_out()
    assert flagged("high_impact", "sf_family") == [], "nobody is linked: each number is somebody of their own"
    own = {"organisation": str(council.id), "household": "h1", "register_person": None}
    rows = [
        own | {"feed": "attendance", "scheme": "upn", "value": "KIM", "person": "kim"},
        own | {"feed": "social_care", "scheme": "social_care_id", "value": "p1", "person": "kim"},
        own | {"feed": "offences", "scheme": "social_care_id", "value": "p2", "person": "dad"},
    ]
    file = linked(tmp_path / "linked.parquet", rows)
    monkeypatch.setattr(gathering, "linked_persons", lambda: file)
    run = work_out()
    assert run.linked_by
    assert flagged("high_impact", "sf_family") == [("high_impact", "h1"), ("sf_family", "h1")]
    with acting_as(cast.analyst):
        family = FamilyOfConcern.objects.get(key="h1")
        assert family.is_household
        assert {each["key"] for each in family.people} == {"kim", "dad"}
        assert {each["said"] for each in Flag.objects.get(rule="high_impact").evidence} == {
            "absence_persistent_year", "edge_of_care", "offence",
        }  # fmt: skip
        assert not FamilyOfConcern.objects.exclude(key="h1").exists(), "the numbers are no longer somebody of their own"


def test_a_number_that_matching_leaves_out_is_left_out_as_somebody_restricted_may_be_behind_it(
    hold: Hold, work_out: Run, flagged: Flagged, council: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\np2,,child_in_need,2025-01-01,,Ann,1\n")
    hold("attendance", attendance({"KIM": "/O" * 5}, MONDAY))
    known = {"feed": "social_care", "organisation": str(council.id), "household": None, "register_person": None}
    file = linked(tmp_path / "linked.parquet", [known | {"scheme": "social_care_id", "value": "p1", "person": "kim"}])
    monkeypatch.setattr(gathering, "linked_persons", lambda: file)
    work_out()
    assert flagged("edge_of_care", "absence_persistent_year") == [("edge_of_care", "kim")]


def test_a_days_new_rows_are_folded_in_and_equal_working_all_out(
    hold: Hold, work_out: Run, cast: Any, tmp_path: Path
) -> None:
    marks = {f"U{n}": "/" * (20 - n % 7) + "OI"[n % 2] * (n % 7) for n in range(40)}
    hold("attendance", attendance(marks, MONDAY))
    first = work_out(dt.date(2026, 3, 19))
    assert not first.folded
    day = {f"U{n}": "O/" if n % 3 else "OO" for n in range(45)}
    hold("attendance", attendance(day, AS_AT), covers_until=AS_AT, file_name="day.csv")
    folded = work_out(AS_AT)
    assert folded.folded, "only the day that is new was read"
    facts = _facts(running.folder_of(folded))
    for path in running.folder_of(folded).glob("tally_*"):
        path.unlink()
    whole = work_out(AS_AT)
    assert not whole.folded
    assert facts
    assert _facts(running.folder_of(whole)) == facts


def test_a_mark_that_was_changed_behind_the_day_has_all_worked_out_again(
    hold: Hold, work_out: Run, flagged: Flagged
) -> None:
    hold("attendance", attendance({"KIM": "/" * 10}, MONDAY))
    work_out(dt.date(2026, 3, 19))
    hold("attendance", attendance({"KIM": "OO"}, MONDAY), file_name="mended.csv")
    run = work_out(AS_AT)
    assert not run.folded
    assert flagged("absence_persistent_year") == [("absence_persistent_year", "upn:KIM")]


def _facts(folder: Path) -> list[tuple[Any, ...]]:
    return duckdb.sql(f"select * from read_parquet('{folder / 'facts.parquet'}') order by all").fetchall()


def test_what_the_agreement_no_longer_covers_is_left_out_and_that_is_on_record(
    cast: Any, hold: Hold, work_out: Run, flagged: Flagged, police: Any, agreed: Callable[..., Any]
) -> None:
    from hearth.records.sharing.agreements.actions import end_agreement

    agreement = agreed(police, "police_and_justice")
    hold("offences", OFFENCES + "p2,2026-01-05,Theft,Offender\n", organisation=police)
    work_out()
    assert flagged("offence")
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    run = work_out()
    assert "ended" in run.used[0]["left_out"]
    assert flagged("offence") == []
    with acting_as(cast.analyst, using="audit"):
        told = FeedDecision.objects.using("audit").filter(what="use").order_by("created_at")
        assert [each.decision for each in told] == ["PERMIT", "REVIEW"]


def test_every_run_keeps_what_it_used(hold: Hold, work_out: Run) -> None:
    load = hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\n")
    run = work_out()
    assert (run.used[0]["load"], run.used[0]["hash"]) == (load.reference, load.rows_hash)
    assert run.versions["local"].startswith("2026.2 ")
    assert (running.folder_of(run) / "used" / f"{load.rows_hash}.parquet").is_file()
    assert run.facts_hash


def test_somebody_who_is_erased_is_in_nothing_that_stands_and_in_no_file_of_a_run(
    hold: Hold, work_out: Run, flagged: Flagged, cast: Any
) -> None:
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\np2,,child_in_need,2025-01-01,,Ann,1\n")
    run = work_out()
    with acting_as(cast.analyst):
        flag = Flag.objects.get(rule="edge_of_care", person="social_care_id:p1")
        actions.confirm_flags(by=cast.analyst, family=flag.family, flags=[flag])
    with acting_as(cast.analyst), pytest.raises(Refused):
        forget_concern(by=cast.analyst, scheme="social_care_id", value="p1", why="They asked")
    governs = cast.information_governance
    with acting_as(governs):
        assert forget_concern(by=governs, scheme="social_care_id", value="p1", why="They asked") == 1
    assert not running.folder_of(run).exists()
    assert [person for _, person in flagged("edge_of_care")] == ["social_care_id:p2"]


def test_a_run_is_cancelled_until_it_is_done_and_one_that_died_begins_again_once(
    hold: Hold, cast: Any, flagged: Flagged
) -> None:
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\n")
    with acting_as(cast.analyst):
        run = actions.start_run(by=cast.analyst, as_at=AS_AT)
        assert actions.start_run(by=cast.analyst).pk == run.pk, "asked twice, worked out once"
        actions.cancel_run(by=cast.analyst, run=run)
    running.work_out(run.pk)
    assert flagged() == []
    with acting_as(cast.analyst):
        again = actions.start_run(by=cast.analyst, as_at=AS_AT)
        InsightRun.objects.filter(pk=again.pk).update(state="running", percent=40)  # as a killed worker leaves it
    running.folder_of(again).mkdir(parents=True)
    (running.folder_of(again) / "facts.parquet").write_bytes(b"half")
    running.work_out(again.pk)
    running.work_out(again.pk)
    with acting_as(cast.analyst):
        again.refresh_from_db()
        assert (again.state, again.is_current, InsightRun.objects.filter(state="done").count()) == ("done", True, 1)
    assert len(flagged("edge_of_care")) == 1
