"""A list in, candidates out, and a sentence for whatever is wrong."""

import csv
from pathlib import Path

import pytest

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui.partial_date import PartialDate
from hearth.intelligence.matching.lists import ListProblem, born_of, look_up_list
from hearth.records.people.models import Person

HEAD = "id,given_name,family_name,birth_date,postcode,identifiers\n"


@pytest.fixture
def asked(tmp_path, family):
    """`asked(user, lines)` looks a list up as somebody: what was told, and the rows written."""

    def run(user, text, head=HEAD):
        (tmp_path / "q.csv").write_text(head + text, encoding="utf-8")
        told = look_up_list(by=user, queries=tmp_path / "q.csv", out=tmp_path / "c.csv")
        with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
            return told, list(csv.DictReader(file))

    return run


def test_a_list_is_looked_up_as_on_the_page_with_rank_reference_score_and_reasons(asked, cast, family, as_):
    told, rows = asked(
        cast.family_worker, "a,Jayke,Ashworth,14/09/2015,,\nb,Nobody,Atall,2011,,\nc,Mia,Ashworth,2019-01,,\n"
    )
    with as_(cast.family_worker):
        references = dict(Person.objects.filter(memberships__family=family).values_list("given_name", "reference"))
    first = {row["query"]: row for row in reversed(rows)}
    assert (first["a"]["person"], first["c"]["person"]) == (references["Jake"], references["Mia"])
    assert (first["a"]["rank"], first["a"]["reasons"]) == (
        "1",
        "first name a letter out; same last name; same birth date",
    )
    assert 0 < float(first["a"]["score"]) <= 1
    assert "b" not in first
    assert (told.rows, told.candidates, told.notes) == (3, len(rows), [])


def test_whoever_may_not_open_a_record_gets_no_reference_from_a_list_either_and_each_search_is_on_record(
    asked, cast, as_
):
    _, rows = asked(cast.other_family_worker, "a,Jake,Ashworth,2015-09-14,,\n")
    assert [(row["person"], row["score"]) for row in rows] == [("", "")]
    assert rows[0]["reasons"].startswith("somebody is known in ")
    assert asked(cast.practitioner, "a,Jake,Ashworth,2015-09-14,,\n")[1] == []
    with as_(cast.practitioner, using="audit"):
        events = AuditEvent.objects.using("audit").filter(actor_id=cast.practitioner.id, verb="sharing.looked_up")
        assert events.count() == 1


def test_what_is_not_understood_is_said_and_the_rest_is_looked_for(asked, cast):
    told, rows = asked(cast.family_worker, "a,Jake,Ashworth,the spring,,\nb,Jake,,,,\nc,Mia,Ashworth,,,99\n")
    assert {row["query"] for row in rows} == {"a", "c"}
    assert [note.split(":")[0] for note in told.notes] == ["Line 2", "Line 3", "Line 4"]


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("14/09/2015", PartialDate(2015, 9, 14)), ("2015-09-14", PartialDate(2015, 9, 14)), ("9/2015", PartialDate(2015, 9)),
        ("2015-09", PartialDate(2015, 9)), ("2015", PartialDate(2015)), ("about 2015", PartialDate(2015, estimated=True)), ("", None),
    ],
)  # fmt: skip
def test_birth_dates_are_read_as_far_as_known(typed, born):
    assert born_of(typed) == born


@pytest.mark.parametrize("typed", ["31/02/2015", "x", "14-9", "1/2/3/2015"])
def test_no_date_is_made_of_nonsense(typed):
    with pytest.raises(ValueError):
        born_of(typed)


def test_a_file_that_is_no_list_is_refused_and_nothing_is_written(asked, cast, tmp_path):
    with pytest.raises(ListProblem, match="no column family_name"):
        asked(cast.family_worker, "a,b\n", head="id,given_name\n")
    with pytest.raises(ListProblem, match="cannot be read"):
        look_up_list(by=cast.family_worker, queries=Path("nowhere.csv"), out=tmp_path / "c.csv")
    with pytest.raises(Refused):
        look_up_list(by=cast.elected_member, queries=tmp_path / "q.csv", out=tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()
