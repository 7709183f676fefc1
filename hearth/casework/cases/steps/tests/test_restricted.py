"""Somebody is restricted after a pack was sent: what names them is kept back from whoever is not on the list."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.models import CareStep, FrozenItem
from hearth.casework.cases.steps.naming import named_in
from hearth.casework.cases.steps.rules import PackItem
from hearth.foundation.core import clock
from hearth.records.people.actions import add_person
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import (
    grant_restricted_access,
    lift_restriction,
    place_restriction,
)

WHOLE = PackItem("people", "The people of the family", "<p>Kelly</p><p>Jake</p><p>Mia</p>", [{"name": "Jake Ashworth"}])
OF_JAKE = PackItem("note", "Home visit", "<p>The <b>boy</b> was cold.</p>", {"seen": [{"name": "Jake Ashworth"}]})
OF_NOBODY = PackItem("summary", "What was tried", "<p>The kitchen was cold.</p>", {"words": "The kitchen was cold."})


@pytest.fixture
def sent(asked: Callable[..., CareStep]) -> CareStep:
    """A step up that waits, with three items, two of which name Jake."""
    return asked(words="Jake says that he is afraid.", items=[WHOLE, OF_JAKE, OF_NOBODY])


@pytest.fixture
def restrict(cast: Any, as_: Any) -> Callable[[str], Any]:
    """Restrict a record by its reference, as information governance."""

    def make(reference: str) -> Any:
        with as_(cast.information_governance):
            return place_restriction(by=cast.information_governance, reference=reference, reason="A refuge.")

    return make


@pytest.fixture
def jake(family: Any, cast: Any, as_: Any) -> Person:
    """The boy."""
    with as_(cast.family_worker):
        return Person.objects.get(given_name="Jake", memberships__family=family)


def _titles(user: Any, step: CareStep, as_: Any) -> list[str]:
    with as_(user):
        items = queries.items_of(user, step)
        assert [item.pk for item in items] == list(FrozenItem.objects.order_by("number").values_list("pk", flat=True))
        return [item.title for item in items]


def test_items_that_name_a_restricted_person_are_kept_back_from_both_sides_and_come_back_when_it_is_lifted(
    sent: CareStep, jake: Person, restrict: Any, cast: Any, as_: Any
) -> None:
    hub, both = cast.safeguarding_hub_social_worker, (cast.safeguarding_hub_social_worker, cast.family_worker)
    for user in both:
        assert len(_titles(user, sent, as_)) == 3
    restriction = restrict(jake.reference)
    for user in both:
        assert _titles(user, sent, as_) == ["What was tried"]
        with as_(user):
            assert queries.kept_back(user, sent, queries.items_of(user, sent)) == 2
            assert queries.words_kept_back(user, sent)
    governance = cast.information_governance
    with as_(governance):
        lift_restriction(by=governance, restriction=restriction, reference=jake.reference, reason="It is over.")
    assert len(_titles(hub, sent, as_)) == 3


def test_whoever_is_named_on_the_list_reads_the_whole_pack(
    sent: CareStep, jake: Person, restrict: Any, cast: Any, as_: Any
) -> None:
    restriction, hub, governance = (
        restrict(jake.reference),
        cast.safeguarding_hub_social_worker,
        cast.information_governance,
    )
    with as_(governance):
        grant_restricted_access(
            by=governance, restriction=restriction, reference=jake.reference, user=hub, reason="She decides.",
            until_on=clock.today() + dt.timedelta(days=7),
        )  # fmt: skip
    assert len(_titles(hub, sent, as_)) == 3
    with as_(hub):
        items = queries.items_of(hub, sent)
        assert queries.kept_back(hub, sent, items) == 0 and queries.is_whole(sent, items)
        assert not queries.words_kept_back(hub, sent)
    assert _titles(cast.family_worker, sent, as_) == ["What was tried"], "the lead is not on the list"


def test_the_pages_say_honestly_that_something_is_kept_back_and_name_nobody(
    sent: CareStep, jake: Person, restrict: Any, cast: Any, as_client: Any
) -> None:
    restrict(jake.reference)
    hub = as_client(cast.safeguarding_hub_social_worker)
    for name in ("step", "step_pack"):
        page = hub.get(reverse(name, args=[sent.reference])).content.decode()
        assert ("2 items of 3 are kept back" in page and "Ask" in page) or "ask them" in page
        assert "Jake" not in page and "afraid" not in page
    assert "Differs from what was sent" not in page and "Partly kept back" in page


def test_a_pack_of_which_everything_is_kept_back_is_not_said_to_be_somebody_elses(
    asked: Any, jake: Person, restrict: Any, cast: Any, as_client: Any
) -> None:
    step = asked(items=[OF_JAKE])
    restrict(jake.reference)
    page = (
        as_client(cast.safeguarding_hub_social_worker).get(reverse("step_pack", args=[step.reference])).content.decode()
    )
    assert "1 item of 1 is kept back" in page and "not yours to open" not in page


def test_a_family_restricted_after_a_step_was_asked_is_gone_from_the_hubs_list(
    sent: CareStep, family: Any, restrict: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    restrict(family.reference)
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        assert queries.waiting_step_ups(hub).rows == []
        assert not CareStep.objects.exists() and not FrozenItem.objects.exists()
    assert "Ashworth" not in as_client(hub).get(reverse("step_ups")).content.decode()


@pytest.mark.parametrize(
    ("names", "text", "met"),
    [
        ({"given_name": "Zoë"}, "We saw zoe today.", True),
        ({"given_name": "Jo"}, "Joanna was there.", False),
        ({"given_name": "Anne-Marie"}, "Anne Marie was there.", True),
        ({"given_name": "O’Shea"}, "oshea said no", True),
        ({"given_name": "伟", "family_name": "王"}, "我们今天见到了伟。", True),
        ({"given_name": "محمد"}, "قال محمد نعم", True),
        ({"family_name": "Holt"}, "Mr Holt rang.", True),
        ({"given_name": "Jake", "family_name": "Holt"}, "The Holts rang.", False),
        ({"given_name": "Jacob", "known_as": "Jay"}, "Jay was there.", True),
        ({"birth_precision": "expected"}, "The baby is due in May.", False),
    ],
)
def test_a_name_is_met_however_it_is_written_and_never_inside_another(
    names: dict[str, str], text: str, met: bool, family: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        person = add_person(by=cast.family_worker, family=family, role="child", **names)
        assert (named_in([person], text) == [person.id]) == met
