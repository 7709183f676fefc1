"""You said, we bought: a theme's answer cites an intention, and the panel and whoever met the need see what becomes of it."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs.models import AnsweredTheme
from hearth.desk.answering.actions import answer_with_intention
from hearth.foundation.core.refusals import Refused

BOUGHT = "Speech therapy before school"


@pytest.fixture
def answered(theme: Any, agreed: Any, cast: Any, as_client: Any) -> Any:
    """The development officer answers with what is agreed."""
    client, page = as_client(cast.development_officer), reverse("unmet_theme", args=[theme.reference])
    assert "Answer with what is bought" in client.get(page).content.decode()
    address = reverse("answer_with_intention", args=[theme.reference])
    said = {"answer": "Two groups a week from spring.", "intention": agreed.reference}
    assert client.post(address, said).status_code == 302
    return theme


def test_the_answer_and_what_is_bought_come_back_together(
    answered: Any, agreed: Any, move: Any, need: Any, cast: Any, as_client: Any
) -> None:
    worker = as_client(cast.family_worker)
    page = worker.get(reverse("unmet_need", args=[need.reference])).content.decode()
    assert "Two groups a week" in page and "You said, we bought" in page and BOUGHT in page and "Agreed" in page
    move(agreed, "bought", "From the speech service")
    page = worker.get(reverse("unmet_need", args=[need.reference])).content.decode()
    assert "Bought" in page, "what becomes of it is seen without another answer"
    found = worker.get(reverse("intention", args=[agreed.reference])).content.decode()
    assert BOUGHT in found and "40,000" not in found
    assert (
        BOUGHT in as_client(cast.board_member).get(reverse("unmet_theme", args=[answered.reference])).content.decode()
    )
    assert (
        answered.title
        in as_client(cast.commissioner).get(reverse("intention", args=[agreed.reference])).content.decode()
    )


def test_the_panel_of_the_district_sees_what_is_bought_there_and_no_other(
    panel: Any,
    agreed: Any,
    draft: Any,
    move: Any,
    cast: Any,
    other_area: Any,
    as_client: Any,
) -> None:
    move(draft(area=other_area, title="Zz elsewhere"), "agreed")
    draft(title="Zz not agreed")
    move(draft(area=None, title="Aa everywhere"), "agreed")
    page = as_client(cast.panel_coordinator).get(reverse("panel", args=[panel.reference])).content.decode()
    assert BOUGHT in page and "Aa everywhere" in page and "Zz" not in page


def test_whoever_met_it_in_another_district_still_sees_what_answers_it(
    answered: Any, agreed: Any, move: Any, need: Any, cast: Any, as_: Any
) -> None:
    from hearth.commissioning.needs.queries import bought_for_theme

    move(agreed, "withdrawn", "No provider was found")
    with as_(cast.family_worker):
        (told,) = bought_for_theme(cast.family_worker, Theme.objects.get())
        assert told.state_words == "Withdrawn", "a promise that is not kept is not hidden"
    for who in ("other_family_worker", "other_practitioner", "provider", "administrator"):
        with as_(getattr(cast, who)):
            assert bought_for_theme(getattr(cast, who), answered) == [], who
            assert not AnsweredTheme.objects.exists(), who


def test_only_what_is_agreed_for_the_district_answers_it(
    theme: Any,
    intention: Any,
    draft: Any,
    move: Any,
    other_area: Any,
    cast: Any,
    as_: Any,
) -> None:
    elsewhere = move(draft(area=other_area), "agreed")
    by = cast.senior_development_officer
    with as_(by):
        for wrong in (intention, elsewhere):
            with pytest.raises(Refused):
                answer_with_intention(by=by, theme=theme, answer="x", intention=wrong)
        theme.refresh_from_db()
        assert theme.answer == "" and not AnsweredTheme.objects.exists(), "neither or both"


@pytest.mark.parametrize(
    "who", ["commissioner", "family_worker", "provider", "elected_member", "other_manager", "board_member"]
)
def test_nobody_else_answers_with_it(who: str, theme: Any, agreed: Any, cast: Any, as_: Any, as_client: Any) -> None:
    user = getattr(cast, who)
    assert as_client(user).get(reverse("answer_with_intention", args=[theme.reference])).status_code in (403, 404)
    with as_(user):
        with pytest.raises(Refused):
            answer_with_intention(by=user, theme=theme, answer="x", intention=agreed)
        if who != "board_member":
            with pytest.raises(ProgrammingError), transaction.atomic():
                AnsweredTheme(theme=theme, intention=agreed, by=user).save(force_insert=True)
