"""The Standard Safeguarding Dataset, held against its own tables, columns, keys and codes."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

from hearth.casework.cases.actions import close_case
from hearth.casework.cases.models import Case
from hearth.casework.front_door.tests.conftest import BABY, KELLY, LEO, asking
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports.dataset.tables import window_of
from hearth.oversight.performance.exports.tests import standard
from hearth.oversight.performance.exports.tests.conftest import ago
from hearth.records.people.facts.actions import add_identifier, move_home
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Membership


def _closed(story: Any, days: int, reason: str) -> None:
    with clock.frozen(ago(days)), acting_as(story.by):
        story.case.refresh_from_db()
        close_case(
            by=story.by, case=story.case, reason=reason, outcome="all_met", closing_words="Done", family_view="Good"
        )


def test_the_tables_are_what_the_standard_takes(told: Any, export_of: Any, cast: Any, area: Any) -> None:
    story = told(disabilities=["AUT", "LD"], ethnicity="NOBT")
    story.another_child(
        given_name="", born_on=clock.today() + dt.timedelta(days=70), birth_precision="expected", sex="U"
    )
    with acting_as(story.by):
        add_identifier(by=story.by, person=story.child, kind="nhs", value="9990000018", source="The mother")
        move_home(by=story.by, people=[story.child], address="4 Weavers Row", postcode="BB11 1AA", from_on=ago(50))
    asking(cast, area)(people=(KELLY, LEO, BABY))
    _closed(told("Done", opened=300), 200, "outcomes_met")
    _closed(told("Gone", opened=300), 200, "moved_away")
    made = export_of("ssd")
    assert standard.faults_of_dataset(made.content) == []
    assert {name: len(made.table(name)) for name in standard.columns_of_dataset()} == made.export.rows
    assert all(made.export.rows.values()), made.export.rows


def test_an_episode_is_a_case_of_each_of_its_children_with_how_it_ended_in_the_standards_words(
    told: Any, export_of: Any
) -> None:
    going, done, gone = told("Going"), told("Done", opened=300), told("Gone", opened=300)
    going.another_child()
    _closed(done, 200, "outcomes_met")
    _closed(gone, 100, "moved_away")
    made = export_of("ssd")
    rows = made.table("ssd_early_help_episodes")
    ends = {(row["earl_person_id"], row["earl_episode_end_date"], row["earl_episode_end_reason"]) for row in rows}
    assert len(rows) == 4
    assert {(done.child.reference, ago(200).isoformat(), "Outcomes met"), (gone.child.reference, ago(100).isoformat(), "NFA"),
            (going.child.reference, "", "")} <= ends  # fmt: skip
    assert {row["earl_episode_worker_id"] for row in rows} <= {story.by.reference for story in (going,)} | {"SSD_PH"}


def test_brothers_and_sisters_share_a_family_and_two_records_of_one_child_are_one_person(
    told: Any, export_of: Any, cast: Any
) -> None:
    story, other = told(), told("Other")
    sister = story.another_child()
    with acting_as(cast.front_door_officer):
        link_people(by=cast.front_door_officer, person=story.child, other=other.child, why="The same birth certificate")
    made = export_of("ssd")
    assert standard.faults_of_dataset(made.content) == []
    families = {(row["fami_family_id"], row["fami_person_id"]) for row in made.table("ssd_family")}
    same = {person for _, person in families} - {sister.reference}
    assert len(same) == 1
    assert families == {
        (story.family.reference, sister.reference),
        *((each.family.reference, *same) for each in (story, other)),
    }


def test_what_is_not_known_is_an_empty_cell_and_no_guess(told: Any, export_of: Any) -> None:
    story = told(sex="U", ethnicity="NOBT", born_on=dt.date(2018, 1, 1), birth_precision="year")
    (row,) = export_of("ssd").table("ssd_person")
    assert row["pers_person_id"] == story.child.reference
    assert (row["pers_sex"], row["pers_ethnicity"]) == ("U", "NOBT")
    for column in (
        "pers_dob",
        "pers_upn",
        "pers_upn_unknown",
        "pers_send_flag",
        "pers_single_unique_id",
        "pers_is_mother",
    ):
        assert row[column] == "", column


def test_a_number_whose_check_digit_is_wrong_is_in_no_table(told: Any, export_of: Any) -> None:
    story = told()
    with acting_as(story.by):
        add_identifier(by=story.by, person=story.child, kind="nhs", value="9990000019", source="The mother")
    made = export_of("ssd")
    assert made.table("ssd_person")[0]["pers_single_unique_id"] == ""
    assert {row["link_identifier_type"] for row in made.table("ssd_linked_identifiers")} == {"Case Number"}


def test_the_window_is_six_years_and_an_episode_that_goes_on_into_it_is_whole(told: Any, export_of: Any) -> None:
    for name, began, ended in (("Old", 2400, 2000), ("Gone", 2900, 2500)):
        story = told(name, opened=300)
        _closed(story, 200, "outcomes_met")
        with acting_as(story.cast.manager):  # as a system before this one recorded it
            Case.objects.filter(pk=story.case.pk).update(opened_on=ago(began), closed_on=ago(ended))
            Membership.objects.filter(person=story.child).update(from_on=None)
    rows = export_of("ssd").table("ssd_early_help_episodes")
    assert [row["earl_episode_start_date"] for row in rows] == [ago(2400).isoformat()]
    assert window_of(dt.date(2024, 2, 29)) == dt.date(2018, 2, 28)


def test_a_contact_says_who_asked_and_what_came_of_it_once_somebody_has_decided(
    cast: Any, area: Any, export_of: Any
) -> None:
    request = asking(cast, area)(people=(KELLY, LEO, BABY))
    made = export_of("ssd")
    rows = made.table("ssd_contacts")
    assert [row["cont_contact_source_code"] for row in rows] == ["2A", "2A"]
    assert {row["cont_contact_outcome_json"] for row in rows} == {""}
    persons = {row["pers_person_id"]: row for row in made.table("ssd_person")}
    assert set(persons) == {f"{request.reference}-2", f"{request.reference}-3"}
    assert persons[f"{request.reference}-3"]["pers_expected_dob"] == BABY.born_on.isoformat()


def test_nothing_that_somebody_typed_is_worked_out_and_the_first_head_is_no_mark(told: Any, export_of: Any) -> None:
    story = told(given_name="=2+5", family_name="@SUM(A1)")
    made = export_of("ssd")
    (row,) = made.table("ssd_person")
    assert (row["pers_forename"], row["pers_surname"]) == ("'=2+5", "'@SUM(A1)")
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        assert packed.read("ssd_person.csv").startswith(b"pers_legacy_id,")
        assert "What is not in it, and why" in packed.read("what-was-left-out.txt").decode()
    del story


def test_an_address_has_its_postcode_without_spaces(told: Any, export_of: Any) -> None:
    story = told()
    with acting_as(story.by):
        move_home(by=story.by, people=[story.child], address="4 Weavers Row", postcode="BB11 1AA", from_on=ago(50))
    (row,) = export_of("ssd").table("ssd_address")
    assert row["addr_address_postcode"] == "BB111AA"
    assert json.loads(row["addr_address_json"])["LINES"] == "4 Weavers Row"
