"""What a panel decided to buy is asked for from there, by whoever runs it or brought the family, and by nobody else."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.panels.models import PanelItem
from hearth.casework.panels.running.actions import decide_panel_item, take_back_decision
from hearth.casework.panels.tests.conftest import (  # noqa: F401 - fixtures
    agreements,
    item,
    listed,
    meeting,
    panel,
    plan,
    propose,
    sitting,
)
from hearth.desk.buying.actions import ask_from_panel
from hearth.desk.buying.queries import buying_of_item
from hearth.foundation.core.refusals import Refused
from hearth.records.money.models import Budget, Purchase

ASKED: dict[str, Any] = {
    "need": "mentoring", "what": "A school uniform", "supplier": "Northshire Outfitters", "pence": 8_550, "why": "It gets him to school",
}  # fmt: skip


def _fresh(found: PanelItem) -> PanelItem:
    rows = PanelItem.objects.select_related(
        "family", "case__area", "panel__area", "meeting__panel__area", "proposed_by"
    )
    return rows.get(pk=found.pk)


@pytest.fixture
def decided(sitting: Any, listed: PanelItem, cast: Any, as_: Any) -> Any:  # noqa: F811
    """The panel decided to buy a uniform."""
    by = cast.panel_coordinator
    with as_(by):
        return decide_panel_item(
            by=by, item=_fresh(listed), kind="spot_purchase", cost=Decimal("85.50"), budget="The district's",
            words="A uniform", reasons="It gets him to school",
        )  # fmt: skip


@pytest.mark.parametrize("who", ["family_worker", "panel_chair"])
def test_it_is_asked_for_with_what_was_decided_filled_in_and_stands_with_the_item(
    who: str, decided: Any, budget: Budget, cast: Any, as_: Any, as_client: Any
) -> None:
    client, found = as_client(getattr(cast, who)), decided.item
    where = reverse("ask_from_panel", args=[found.reference])
    assert where in client.get(reverse("panel_item", args=[found.reference])).content.decode()
    page = client.get(where).content.decode()
    assert 'value="85.50"' in page and "It gets him to school" in page
    typed = {name: str(value) for name, value in (ASKED | {"pence": "85.50"}).items()}
    typed |= {"budget": budget.reference, "key": str(uuid.uuid4())}
    for _ in range(2):  # pressed twice, asked once
        assert client.post(where, typed).status_code == 302
    with as_(cast.family_worker):
        purchase = Purchase.objects.select_related("words").get()
        assert (purchase.state, purchase.pence, purchase.words.basis) == ("asked", 8_550, found.reference)
        assert [row.pk for row in buying_of_item(cast.family_worker, _fresh(found)).rows] == [purchase.pk]
    assert "A school uniform" in client.get(reverse("panel_item", args=[found.reference])).content.decode()


def test_nobody_else_asks_and_nothing_is_asked_that_was_not_decided(
    decided: Any, budget: Budget, cast: Any, as_: Any, as_client: Any
) -> None:
    where = reverse("ask_from_panel", args=[decided.item.reference])
    for who in ("health_visitor", "practitioner", "provider", "other_family_worker", "commissioner"):
        assert as_client(getattr(cast, who)).get(where).status_code in (403, 404), who
    with as_(cast.panel_coordinator):
        take_back_decision(by=cast.panel_coordinator, decision=decided, why="Written down for another family")
    with as_(cast.family_worker), pytest.raises(Refused, match="has decided no spot purchase"):
        ask_from_panel(by=cast.family_worker, item=_fresh(decided.item), budget=budget, **ASKED)
    assert as_client(cast.family_worker).get(where).status_code == 403
