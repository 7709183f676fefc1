"""import-directory: another authority's directory of services, from where it answers or from a file."""

import argparse
import sys
from pathlib import Path
from typing import Any

from hearth.config import addresses
from hearth.config.commands.data import who_answers
from hearth.config.environment import SettingError


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    read = verbs.add_parser(
        "import-directory", help="read another authority's directory of services (docs/how-to/share-the-directory.md)"
    )
    read.add_argument(
        "where", metavar="URL_OR_FILE", help="where Open Referral UK answers, or a JSON file of its services"
    )
    read.add_argument("--name", default="", help="whose directory it is, as people will read it")
    read.add_argument("--everything", action="store_true", help="also what has not changed since it was last read")
    read.add_argument("--by", metavar="E-MAIL", default="", help="the steward who answers for it")
    read.set_defaults(do=import_directory)


def import_directory(asked: argparse.Namespace) -> None:
    """Read it, and account for each of its entries."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.foundation.core.refusals import Refused
        from hearth.records.directory.reading.fetching import is_address
        from hearth.records.directory.reading.loops import read_now

        where = asked.where if is_address(asked.where) else str(Path(asked.where).absolute())
        by = who_answers(asked.by, role="commissioner")
        try:
            run = read_now(
                by, name=asked.name or asked.where, address=where, everything=asked.everything, progress=_how_far
            )
        except Refused as refused:
            raise SettingError(str(refused)) from None
    print(
        f"{run.reference}: {run.read:,} entries were read: {run.added:,} are new, {run.changed:,} changed, {run.unchanged:,} did not,"
        f" and {run.quarantined:,} were set aside (page Directory, Readings)."
    )
    if run.failure:
        raise SettingError(f"It was not read to its end: {run.failure}")


def _how_far(run: Any) -> None:
    print(f"{run.read:,} of {run.expected:,} entries", file=sys.stderr, flush=True)
