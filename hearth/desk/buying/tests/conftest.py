"""The Ashworths' plan, and the budget of their district."""

from typing import Any

import pytest

from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.models import Plan
from hearth.records.money.tests.conftest import budget, fund, give, keeper, share  # noqa: F401 - fixtures


@pytest.fixture
def plan(cast: Any, case: Any, as_: Any) -> Plan:
    """Being made."""
    with as_(cast.family_worker):
        return start_plan(by=cast.family_worker, case=case, type="early_help")
