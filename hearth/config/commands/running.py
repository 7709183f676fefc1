"""run, setup, web, worker, stop: the product and its processes."""

import argparse
import os
from typing import Any

from hearth.config import addresses
from hearth.config.environment import SettingError


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    run = verbs.add_parser("run", help="set everything up, then run web and worker until stopped")
    run.set_defaults(do=run_all)
    setup = verbs.add_parser(
        "setup", help="make the database, its tables, the practice's areas and forms, the static files"
    )
    setup.add_argument("--tables-only", action="store_true", help="leave the static files alone")
    setup.set_defaults(do=set_up)
    verbs.add_parser("migrate", help="bring the tables up to date, and nothing else").set_defaults(do=migrate)
    verbs.add_parser("web", help="run the web server alone").set_defaults(do=web)
    verbs.add_parser("worker", help="run the background worker alone").set_defaults(do=worker)
    verbs.add_parser("stop", help="stop what `hearth run` started, and our own PostgreSQL").set_defaults(do=stop)


def say(sentence: str) -> None:
    """One line for the person who waits."""
    print(sentence, flush=True)


def run_all(asked: argparse.Namespace) -> int:
    """Everything, for a demonstration unless HEARTH_DEMONSTRATION=0."""
    from hearth.config.launch import run_everything

    return run_everything(say)


def set_up(asked: argparse.Namespace) -> None:
    """Make the database ready and stop there."""
    from hearth.config import setup

    demonstration = addresses.demonstration()
    with addresses.database_in_use(demonstration=demonstration) as database:
        setup.use(database)
        setup.set_up(say, demonstration=demonstration, static_files=not asked.tables_only)


def migrate(asked: argparse.Namespace) -> None:
    """Migrate as the owner, whatever the stamp says."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        setup.make_tables()


def web(asked: argparse.Namespace) -> int:
    """The web server. It needs the web role's address only, never the owner's."""
    from hearth.config.launch import web_command

    return _serve(web_command(), "DATABASE_WEB_URL")


def worker(asked: argparse.Namespace) -> int:
    """The background worker, as its own role."""
    from hearth.config.launch import worker_command

    return _serve(worker_command(), "DATABASE_WORKER_URL")


def _serve(command: list[str], variable: str) -> int:
    """Become that process where an address is given; otherwise look after our own PostgreSQL while it runs."""
    from hearth.config.launch import environment_for, run_until_stopped

    if os.environ.get(variable):
        os.execve(command[0], command, environment_for(os.environ[variable]))  # noqa: S606 - so that signals reach it
    if addresses.server_given():
        raise SettingError(f"Set {variable} to the address of the role it runs as. `hearth setup` makes the role.")
    with addresses.database_in_use(demonstration=addresses.demonstration(default=True)) as database:
        address = database.web if variable == "DATABASE_WEB_URL" else database.worker
        return run_until_stopped({"It": (command, environment_for(address))}, say)


def stop(asked: argparse.Namespace) -> None:
    """End a `hearth run` and our own PostgreSQL."""
    from hearth.config.launch import stop_everything

    stop_everything(say)
