"""For every test: a database of its own as the web role, no way out to the network, and nothing left behind."""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as how

# A property holds or does not, however slow the machine is just then.
how.register_profile("hearth", deadline=None, suppress_health_check=[HealthCheck.too_slow])
how.load_profile("hearth")

ALIASES = ["default", "audit", "owner"]
# What tests share, the first that fits: families in every state on the screen, the running product in a browser, its ports,
# families in every state, a town, a grown authority.
SHARED: dict[str, tuple[str, ...]] = {
    "pages": ("tests/browser/test_every_page.py",),
    "product": ("tests/browser/", "tests/journeys/", "tests/security/test_looks.py"),
    "run": ("tests/commands/test_own_server.py", "tests/commands/test_run.py"),
    "hostile": ("tests/security/hostile/",),
    "forms": ("tests/forms/",),
    "speed": ("tests/speed/", "tests/benchmarks/"),
}

# Each of these makes something costly once for all its tests, and every process that has one of them would make it anew:
# an invented authority, linked records, a database of its own.
WHOLE_FILES = (
    "hearth/casework/assessments/tests/test_setup.py",
    "hearth/casework/front_door/tests/test_tidying.py",
    "hearth/foundation/messages/tests/",
    "hearth/foundation/ui/tests/test_drafts.py",
    "hearth/intelligence/feeds/tests/test_at_once.py",
    "hearth/invented/tests/test_apart.py",
    "hearth/invented/tests/test_copies.py",
    "hearth/linkage/tests/test_ages.py",
    "hearth/linkage/tests/test_known.py",
    "hearth/linkage/tests/test_town.py",
    "hearth/linkage/tests/test_with_splink.py",
    "tests/commands/test_queue.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses the database may use all three connections to it. What each of them wrote is rolled back."""
    gc.collect()
    gc.freeze()  # what was imported stays: looked through again and again it took a tenth of the time
    gc.set_threshold(100_000, 50, 100)
    for item in items:
        if "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=ALIASES), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """The run's own copy of the set-up database."""
    from django.conf import settings
    from django.db import connections

    from tests.database import fresh_database, rows_of

    addresses = settings.TEST_ADDRESSES
    with django_db_blocker.unblock(), fresh_database(addresses, settings.TEST_CLUSTER):
        as_set_up = rows_of(addresses.owner)
        yield
        connections.close_all()
        assert rows_of(addresses.owner) == as_set_up, "A test left rows behind that others may count"


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A database for one file of tests that save for good: threads that meet, the queue, what the owner alone may write."""
    from django.conf import settings

    from tests.database import beside

    with django_db_blocker.unblock(), beside("own", settings.TEST_CLUSTER, settings.GIVEN) as addresses:
        yield addresses


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket in the file system
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_way_out() -> Iterator[None]:
    """Tests reach this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_here(address):
            raise AssertionError(f"A test tried to reach {address!r}. Tests stay on this machine.")
        return connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not _is_here(address):
            raise AssertionError(f"A test tried to reach {address!r}. Tests stay on this machine.")
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded_ex)
        yield


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that share something costly or spoil something of each other's share a process of a parallel run.

    By their paths: the mark that the plugin offers for it does not reach the processes with this version of pytest.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByWhatTheyShare(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            alone = nodeid.partition("::")[0] if nodeid.startswith(WHOLE_FILES) else nodeid
            return next((name for name, paths in SHARED.items() if nodeid.startswith(paths)), alone)

    return ByWhatTheyShare(config, log)
