"""The planted families, saved once a run: whichever process comes first plants them, and the others copy its database."""

import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from hearth.config.addresses import Addresses, var
from hearth.conftest import Cast
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from tests.database import addresses_of, beside, keep_for_copies, one_at_a_time
from tests.security.hostile import database
from tests.security.hostile.world import World, build

PLANTED = "test_hearth_planted"


@contextmanager
def planted(name: str) -> Iterator[tuple[World, Addresses]]:
    """A database of one's own with the planted families, where every connection of this process goes, until the end."""
    cluster, given = settings.TEST_CLUSTER, settings.GIVEN
    kept = addresses_of(PLANTED, cluster, given)
    with one_at_a_time(kept, cluster):
        world = _of_this_run() or _plant(kept)
    shutil.copytree(_files(), settings.FEEDS_FOLDER, dirs_exist_ok=True)
    with beside(name, cluster, given, like=PLANTED) as addresses:
        yield world, addresses


def _files() -> Path:
    """Where the files of planted loads are kept."""
    return var() / "test-feeds" / PLANTED


def _of_this_run() -> World | None:
    """What the process that planted them wrote down; nothing where that was another run."""
    file = var() / f"{PLANTED}.pickle"
    run, world = pickle.loads(file.read_bytes()) if file.exists() else ("", None)  # noqa: S301 - written below
    return world if run == os.environ["HEARTH_TEST_RUN"] else None


def _plant(kept: Addresses) -> World:
    shutil.rmtree(_files(), ignore_errors=True)
    with keep_for_copies(kept), override_settings(FEEDS_FOLDER=_files()):
        database.prepare()
        world = build(Cast(), Area.objects.get(code=pack().areas.districts[0].code))
        database.count_names()
    (var() / f"{PLANTED}.pickle").write_bytes(pickle.dumps((os.environ["HEARTH_TEST_RUN"], world)))
    return world
