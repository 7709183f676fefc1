"""The settings that tests run with: a test database as the web role, so that row-level security holds in every test."""

import os
import uuid

from hearth.config.addresses import server_given, var
from hearth.config.postgres import Cluster
from hearth.config.postgres_programs import find_programs
from tests import database

os.environ.setdefault("HEARTH_SECRET_KEY", "tests-only-and-nowhere-else-0123456789abcdef")
os.environ["HEARTH_DEMONSTRATION"] = "1"
os.environ["PRACTICE"] = "lancashire"
os.environ["HEARTH_POOL"] = "0"
os.environ.setdefault("HEARTH_TEST_RUN", uuid.uuid4().hex)  # the processes of a parallel run inherit it

# The processes of a parallel run inherit what the first one sets below, so a server that was given is remembered apart.
GIVEN = os.environ.setdefault("HEARTH_TEST_SERVER", server_given())
TEST_CLUSTER = None if GIVEN else Cluster(var() / f"test-postgres-{find_programs().major}", for_tests=True)
TEST_ADDRESSES = database.addresses_of(database.test_database_name(), TEST_CLUSTER, GIVEN)
os.environ["DATABASE_OWNER_URL"] = TEST_ADDRESSES.owner
os.environ["DATABASE_WEB_URL"] = TEST_ADDRESSES.web
os.environ["DATABASE_WORKER_URL"] = TEST_ADDRESSES.worker

from hearth.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]

FEEDS_FOLDER = var() / "test-feeds" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns of a folder that is not there
