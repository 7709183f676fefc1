"""A demonstration shows the project of the minutes, and a district that has added a target of its own."""

from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.invented.achieved import NEET, tell_achieved
from hearth.invented.cast import PARTS
from hearth.oversight.performance.models import ExceptionReport, LocalTarget, TypedFigure

WHO = ("analyst", "development_officer", "strategic_lead")


def test_the_figures_of_the_minutes_are_typed_and_the_first_district_has_its_own_target(cast: Any, area: Any) -> None:
    tell_achieved({part.key: getattr(cast, part.key) for part in PARTS if part.key in WHO}, area)
    with acting_as(cast.analyst):
        assert set(TypedFigure.objects.values_list("row", flat=True)) == set(NEET)
        assert {each.typed_by for each in TypedFigure.objects.select_related("typed_by")} == {cast.analyst}
        [said] = ExceptionReport.objects.select_related("written_by")
        [target] = LocalTarget.objects.select_related("area", "set_by")
    assert (target.area, target.set_by, target.figure) == (area, cast.development_officer, 98)
    assert (said.measure, said.written_by, said.area) == ("neet_2011.qualification", cast.strategic_lead, None)
