"""The list of families, as Supporting Families asked for it."""

import datetime as dt
from typing import Any

import pytest

from hearth.oversight.performance.exports import family_list
from hearth.oversight.performance.exports.tests import standard
from hearth.oversight.programmes import gathering
from hearth.oversight.programmes.tests.conftest import helped, local, look, name_needs

__all__ = ["helped", "local", "look", "name_needs"]


@pytest.fixture
def programme() -> Any:
    """Supporting Families, as the pack has it."""
    found = gathering.framework_of(family_list.PROGRAMME)
    assert found is not None
    return found


def test_a_family_is_a_line_with_its_days_its_needs_and_nobodys_name(
    helped: Any, name_needs: Any, programme: Any, export_of: Any
) -> None:
    story = helped()
    name_needs(story, "relationships", "education", framework=programme)
    made = export_of("families", from_on=story.case.opened_on)
    (row,) = made.rows("Families")
    assert (row["Family"], row["Case"]) == (story.family.reference, story.case.reference)
    assert row["Children"] == 1
    assert row["Has a lead practitioner"] == "Yes"
    labels = {need.code: need.label for need in programme.claim.needs}
    assert [row[label] for code, label in labels.items() if code in ("relationships", "education")] == ["Yes", "Yes"]
    assert {row[label] for code, label in labels.items() if code not in ("relationships", "education")} == {None}
    assert row["Needs identified"] == 2
    assert isinstance(row["Whole-family assessment signed off on"], dt.datetime)
    assert isinstance(row["Whole-family plan agreed on"], dt.datetime)
    said = repr(standard.opened(made.content)) + made.export.statement
    assert not any(name in said for name in ("Kelly", "Jake", "Ashworth"))


def test_a_need_that_nobody_named_is_empty_and_not_nought(helped: Any, export_of: Any) -> None:
    story = helped()
    made = export_of("families", from_on=story.case.opened_on)
    (row,) = made.rows("Families")
    assert row["Needs identified"] is None
    assert {gap["what"] for gap in made.export.gaps} == {"no_need"}
    assert "nobody has named it, and not that there is none" in made.export.statement


def test_each_need_of_the_programme_has_a_column(programme: Any) -> None:
    heads = family_list.heads()
    assert len(set(heads)) == len(heads)
    assert [need.label for need in programme.claim.needs] == heads[len(family_list.FIRST) : -len(family_list.LAST)]
    assert len(programme.claim.needs) == 10
