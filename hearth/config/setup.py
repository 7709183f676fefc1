"""Makes a database ready: tables, policies, roles, the practice pack, static files.

Safe at every start, and quick at the second.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from hearth.config.addresses import Addresses, practice
from hearth.config.environment import SettingError

Say = Callable[[str], None]


def use(addresses: Addresses, *, as_worker: bool = False) -> None:
    """Point this process's settings at the database and load Django."""
    os.environ["DATABASE_OWNER_URL"] = addresses.owner
    os.environ["DATABASE_WEB_URL"] = addresses.worker if as_worker else addresses.web
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    import django

    django.setup()


def set_up(say: Say, *, demonstration: bool, static_files: bool = True) -> None:
    """Everything a start needs, on the database this process uses."""
    from hearth.config import stamps
    from hearth.config.sync import sync_practice

    stamp = stamps.read()
    _refuse_a_mix_up(stamp, demonstration)
    schema = stamps.digest(stamps.SCHEMA)
    if stamp.get("schema") != schema:
        say("Making the tables. The first time this takes some seconds.")
        make_tables()
    sync_practice()
    # What was stamped before is said again: new migrations make the old stamp unbelieved.
    stamps.write(**{**stamp, "schema": schema, "practice": practice(), "demonstration": demonstration})
    if static_files:
        gather_static_files(say)


def make_tables() -> None:
    """Migrate as the owner, and make the table of the cache."""
    from django.core.management import call_command
    from django.db import connections

    from hearth.config.quick_migrations import quickly

    with quickly():
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    connections["owner"].close()


def gather_static_files(say: Say) -> None:
    """Copy the style sheets and scripts to where the web server reads them, if any has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    from hearth.config import stamps

    names = sorted(
        f"{name} {os.stat(storage.path(name)).st_mtime_ns}"
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    wanted = stamps.digest((), *names)
    root = Path(settings.STATIC_ROOT)
    done = root / ".gathered"
    if done.exists() and done.read_text() == wanted:
        return
    say("Gathering style sheets and scripts.")
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    done.write_text(wanted)


def _refuse_a_mix_up(stamp: dict[str, object], demonstration: bool) -> None:
    """Real families are never mixed with invented ones, nor one authority with another."""
    held = stamp.get("practice")
    if held and held != practice():
        raise SettingError(
            f"This database holds {held}, and PRACTICE asks for {practice()}. Give {practice()} a database of its own."
        )
    if "demonstration" in stamp and bool(stamp["demonstration"]) != demonstration:
        if demonstration:
            raise SettingError(
                "This database is in real use: invented people are never put into it. Use another database."
            )
        raise SettingError("This database holds invented people. A real service needs an empty database of its own.")
