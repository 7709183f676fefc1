"""Two people at once, in real transactions that wait for each other: nothing is overwritten unseen, nothing done twice."""

from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest

import hearth
from hearth.desk.imports.actions import import_workbook, read_workbook
from hearth.desk.imports.queries import account_of
from hearth.desk.imports.tests.test_imports import SEEN, child, workbook
from hearth.foundation.core.reader import acting_as
from hearth.records.people.links.actions import link_people
from hearth.records.people.restrictions.actions import place_restriction
from tests.forms.at_once import (
    Two,
    audits,
    buying,
    casework,
    claims,
    concerns,
    contracts,
    disposals,
    exports,
    feeds,
    fresh,
    listed,
    matching,
    measured,
    members,
    money,
    panels,
    plans,
    records,
    reports,
    returns,
    risks,
    steps,
    strategies,
    tenders,
    trained,
    unmet,
    volunteers,
    worth,
)
from tests.forms.at_once.excused import EXCUSED
from tests.forms.meeting import meet
from tests.forms.town import Town

TABLE = [
    *concerns.EARLY,  # who may open the family is changed by others
    *trained.TABLE,  # before others end the role of who learns
    *panels.TABLE,  # first: who may bring a family is changed by others
    *claims.TABLE,  # then: of the case that others take up again, nobody can be claimed for
    *records.TABLE, *casework.TABLE, *steps.TABLE, *plans.TABLE, *feeds.TABLE, *matching.TABLE, *concerns.TABLE, *disposals.TABLE,
    *exports.TABLE, *listed.TABLE, *unmet.TABLE, *money.TABLE, *worth.TABLE, *buying.TABLE, *tenders.TABLE, *audits.TABLE,
    *measured.TABLE, *contracts.TABLE, *returns.TABLE, *volunteers.TABLE, *reports.TABLE, *risks.TABLE, *members.TABLE,
    *strategies.TABLE,
]  # fmt: skip


@pytest.mark.parametrize("two", TABLE, ids=lambda two: two.name)
def test_the_second_sees_what_the_first_did(two: Two, town: Town, django_db_blocker: Any) -> None:
    owner, families = town.owner, town.world
    one, other = (getattr(families.cast, key) for key in two.who)
    with django_db_blocker.unblock():
        if two.prepare is not None:
            two.prepare(families)
        came = meet(owner, lambda who: two.load(families), (one, two.first), (other, two.second or two.first))
        assert came.outcome == two.comes, came.fault
        assert came.waited, "The second did not wait for the first: nothing holds the row."
        if two.kept is not None:
            with acting_as(other):
                assert two.kept(families, came)


def test_every_action_is_in_the_table_or_says_why_not() -> None:
    there = {name for module in _modules() for name, found in vars(module).items() if _is_own(module, found)}
    walked = {two.action.rpartition(".")[2] for two in TABLE}
    assert there - walked - set(EXCUSED) == set(), (
        "Add two people who do it at once, or the reason why they never meet."
    )
    assert set(EXCUSED) - there == set(), "There is no such action any more."
    assert set(EXCUSED) & walked == set(), "It is in the table: it needs no excuse."


def _modules() -> list[Any]:
    root = Path(hearth.__file__).parent
    written = [path for path in root.rglob("*.py") if path.parent.name != "tests" and "\n@action" in path.read_text()]
    paths = [path.relative_to(root.parent).with_suffix("") for path in written]
    return [import_module(".".join(path.parts)) for path in paths]


def _is_own(module: Any, found: Any) -> bool:
    return bool(getattr(found, "is_action", False)) and found.__module__ == module.__name__


def test_a_restriction_and_a_link_at_once_hide_both_records(town: Town, django_db_blocker: Any) -> None:
    owner, families = town.owner, town.world
    one, other = families.families["closed"].son, families.families["closed"].daughter
    with django_db_blocker.unblock():
        came = meet(
            owner,
            lambda _who: None,
            (families.cast.manager, lambda by, _: link_people(by=by, person=fresh(one), other=fresh(other), why="One")),
            (
                families.cast.information_governance,
                lambda by, _: place_restriction(by=by, reference=one.reference, reason="A refuge"),
            ),
        )
        assert (came.outcome, came.waited) == ("done", True), came.fault
        with psycopg.connect(owner) as looking:
            hidden = looking.execute("select hidden from people_person where id in (%s, %s)", [one.id, other.id])
            assert hidden.fetchall() == [(True,), (True,)]


def test_two_readings_of_one_workbook_load_each_row_once(town: Town, django_db_blocker: Any) -> None:
    content = workbook(list_1=[(*child(number), SEEN, "q) 6: Police") for number in (41, 42)])

    def read(by: Any, _: Any) -> Any:
        run = import_workbook(by=by, area=town.world.area, source="Twice", file_name="a.xlsx", content=content)
        read_workbook(by=by, run=run)
        return account_of(run)["List 1"]

    with django_db_blocker.unblock():
        admin = town.world.cast.administrator
        came = meet(town.owner, lambda _who: None, (admin, read), (admin, read))
        assert (came.waited, came.result) == (True, {"loaded": 0, "already": 2, "refused": 0}), came.fault
