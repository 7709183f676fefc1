"""What tests that belong to no room may ask for: the rooms' people, areas and family, and the running product."""

import pytest

from hearth.conftest import area, as_, as_client, case, cast, family, kept_of, other_area  # noqa: F401
from tests.browser import fixtures
from tests.browser.fixtures import axe, browser, doorkeeper, pages, product, sign_in, visitor  # noqa: F401


def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> None:
    """A failed browser test keeps its screens."""
    fixtures.remember_failure(item, call)
