"""The hostile walk's world, rightful readers and ways, planted anew for this folder: here it is made to grow."""

import pytest

from tests.security.hostile.conftest import as_reader, stops, world  # noqa: F401


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share the world, so they share a process of a parallel run."""
    for item in items:
        if "tests/speed" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("speed"))
