"""A need that stands in the case already is pointed at, and whoever meets it again says whether it is the same: it is counted once."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.panels.running.actions import decide_panel_item
from hearth.casework.panels.tests.conftest import (  # noqa: F401 - fixtures
    MISSED,
    agreements,
    item,
    listed,
    meeting,
    panel,
    plan,
    propose,
    sitting,
)
from hearth.casework.panels.unmet.actions import add_to_unmet_need, record_unmet_need, withdraw_unmet_need
from hearth.casework.panels.unmet.models import UnmetNeed, UnmetWords
from hearth.casework.panels.unmet.tests.conftest import TOLD
from hearth.casework.panels.unmet.themes.actions import answer_theme
from hearth.foundation.core.refusals import Refused

SAME: dict[str, Any] = vars(MISSED) | {"instead": "Zzquilagain: asked the new centre too", "looked_for": "Zzquilnow"}


@pytest.fixture
def at_the_panel(sitting: Any, listed: Any, cast: Any, as_: Any) -> UnmetNeed:  # noqa: F811
    """The panel wrote down that a mentor could not be offered."""
    by = cast.panel_coordinator
    with as_(by):
        decision = decide_panel_item(
            by=by, item=listed, kind="could_not_be_offered", words="No mentor", reasons="There is none", missed=MISSED
        )
        need = decision.unmet_need
        assert need is not None
        return need


def _record(case: Any) -> str:
    return reverse("record_unmet_need", args=[case.reference])


def test_what_the_panel_recorded_is_pointed_at_and_what_was_typed_is_kept(
    at_the_panel: UnmetNeed, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client = as_client(cast.family_worker)
    assert "Is it the same need?" not in client.get(_record(case)).content.decode(), "it is asked where there is one"
    asked = client.post(_record(case), SAME)
    page = asked.content.decode()
    assert asked.status_code == 422 and "Say whether it is the same need" in page
    assert reverse("unmet_need", args=[at_the_panel.reference]) in page and cast.panel_coordinator.full_name in page
    assert "Zzquilagain" in page and "Zzquilnow" in page
    with as_(cast.family_worker):
        assert UnmetNeed.objects.count() == 1


def test_the_same_is_added_to_and_counted_once_and_those_of_the_family_read_who_added_what(
    at_the_panel: UnmetNeed, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client, where = as_client(cast.family_worker), reverse("unmet_need", args=[at_the_panel.reference])
    said = client.post(_record(case), SAME | {"again": "same", "wait": "18_to_52_weeks"}, follow=True).content.decode()
    assert "is added to the need that was recorded before" in said
    with as_(cast.family_worker):
        assert UnmetNeed.objects.get() == at_the_panel
        assert UnmetNeed.objects.get().wait == MISSED.wait, "what is counted stays as it was recorded"
    page = client.get(where).content.decode()
    assert MISSED.instead in page and "Zzquilagain" in page and "Zzquilnow" in page and "Why not, this time" in page
    assert f"{cast.family_worker.full_name}, " in page.split("Met again")[1]
    board = as_client(cast.board_member).get(where)
    assert board.status_code == 404, "what was written is read with the family"


def test_another_one_is_recorded_beside_it(
    at_the_panel: UnmetNeed, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    assert as_client(cast.family_worker).post(_record(case), SAME | {"again": "another"}).status_code == 302
    with as_(cast.family_worker):
        assert UnmetNeed.objects.count() == 2 and UnmetWords.objects.count() == 2


@pytest.mark.parametrize("told", [{"age_band": "2_to_4"}, {"need": "housing"}])
def test_another_age_or_another_need_is_not_asked_about(
    told: Any, at_the_panel: UnmetNeed, case: Any, cast: Any, as_client: Any
) -> None:
    assert as_client(cast.family_worker).post(_record(case), SAME | told).status_code == 302


def test_past_the_page_too_the_same_is_not_recorded_twice(need: UnmetNeed, case: Any, cast: Any, as_: Any) -> None:
    by = cast.family_worker
    with as_(by), pytest.raises(Refused, match=rf"recorded this need on .* \({need.reference}\)"):
        record_unmet_need(by=by, source="case", case=case, **TOLD)
    with as_(by):
        withdraw_unmet_need(by=by, need=need, why="Of another family")
        record_unmet_need(by=by, source="case", case=case, **TOLD)


def test_once_it_has_its_answer_a_need_that_comes_back_is_a_new_one(
    need: UnmetNeed, theme: Any, case: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.development_officer):
        answer_theme(by=cast.development_officer, theme=theme, answer="Two therapists from April.")
    by = cast.family_worker
    with as_(by):
        need.refresh_from_db()
        with pytest.raises(Refused, match="It has been answered"):
            add_to_unmet_need(by=by, need=need, reason=TOLD["reason"], wait=TOLD["wait"], instead="x")
        assert record_unmet_need(by=by, source="case", case=case, **TOLD) != need


def test_at_the_front_door_it_is_the_same(asked: Any, cast: Any, as_: Any, as_client: Any) -> None:
    client, here = as_client(cast.front_door_officer), reverse("record_request_unmet_need", args=[asked.reference])
    assert client.post(here, TOLD).status_code == 302
    assert "Say whether it is the same need" in client.post(here, TOLD).content.decode()
    assert client.post(here, TOLD | {"again": "same"}).status_code == 302
    with as_(cast.front_door_officer):
        assert UnmetNeed.objects.count() == 1 and UnmetWords.objects.count() == 2


def test_strangers_add_nothing(need: UnmetNeed, cast: Any, as_: Any) -> None:
    for who in ("other_manager", "commissioner", "practitioner", "other_practitioner"):
        by = getattr(cast, who)
        with as_(by):
            with pytest.raises(Refused):
                add_to_unmet_need(by=by, need=need, reason=TOLD["reason"], wait=TOLD["wait"], instead="Mine")
            assert not UnmetWords.objects.exists(), who
