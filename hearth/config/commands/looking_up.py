"""look-up: who of a list is on the register, as somebody who may look."""

import argparse
import sys
from pathlib import Path
from typing import Any

from hearth.config import addresses
from hearth.config.environment import SettingError

DEMONSTRATED_BY = "county_manager"


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    look = verbs.add_parser("look-up", help="look a list of people up on the register, as on the page")
    look.add_argument(
        "--queries", type=Path, required=True,
        help="a CSV file: id, given_name, family_name, birth_date (as far as known), postcode, identifiers",
    )  # fmt: skip
    look.add_argument(
        "--out", type=Path, required=True, help="where candidates are written: query, rank, person, score, reasons"
    )
    look.add_argument(
        "--by", metavar="E-MAIL", default="", help="who looks: they find what they may, and it is on record"
    )
    look.set_defaults(do=look_up)


def look_up(asked: argparse.Namespace) -> None:
    """Look, write, and say in a few lines what came of it."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.foundation.core.refusals import Refused
        from hearth.intelligence.matching.lists import ListProblem, look_up_list

        try:
            told = look_up_list(by=_who_looks(asked.by), queries=asked.queries, out=asked.out, progress=_looked_for)
        except (ListProblem, Refused) as problem:
            raise SettingError(str(problem)) from None
    for note in told.notes:
        print(note, file=sys.stderr)
    print(f"{told.rows:,} people were looked for, and {told.candidates:,} candidates found. Each search is on record.")


def _looked_for(rows: int) -> None:
    if rows % 5000 == 0:
        print(f"{rows:,} looked for", file=sys.stderr, flush=True)


def _who_looks(email: str) -> Any:
    from hearth.config import stamps
    from hearth.config.invent import people
    from hearth.foundation.accounts.models import User

    if not email and stamps.read().get("demonstration"):
        email = next((person["email"] for person in people() if person["key"] == DEMONSTRATED_BY), "")
    if not email:
        raise SettingError("Say who looks: --by E-MAIL, of somebody who may sign in.")
    found = (
        User.objects.using("owner").select_related("organisation").filter(email__iexact=email, is_active=True).first()
    )
    if found is None:
        raise SettingError(f"Nobody who may sign in has the e-mail {email}.")
    return found
