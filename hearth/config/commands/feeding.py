"""load, load-casework, forget: a partner's file of a feed, read and compared with what is held; a person taken out of all of them."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from hearth.config import addresses
from hearth.config.commands.data import who_answers
from hearth.config.environment import SettingError


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    load = verbs.add_parser("load", help="load a partner's file of a feed (docs/how-to/add-a-feed.md)")
    load.add_argument("feed", metavar="FEED", help="which feed: school_roll, exclusions, offences, housing ...")
    load.add_argument("file", metavar="FILE", type=Path, help="the file, CSV or Excel, of any size")
    load.add_argument("--by", help="the e-mail of the person who answers for it", default="")
    load.add_argument("--source", help="the organisation whose data it is (the council, if left out)", default="")
    load.add_argument("--area", help="code of the district it is about (the whole authority, if left out)", default="")
    load.add_argument("--from", dest="covers_from", type=_day, required=True, help="first day it covers, as 2024-09-01")
    load.add_argument("--until", dest="covers_until", type=_day, required=True, help="last day it covers")
    load.add_argument("--as-at", type=_day, help="when the sender's records were like this (the last day it covers)")
    load.add_argument("--commit", action="store_true", help="commit it, unless rows wait to be decided")
    load.add_argument("--leave-out", metavar="WHY", default="", help="leave out every row set aside, for this reason")
    load.set_defaults(do=load_file)
    casework = verbs.add_parser("load-casework", help="load Hearth's own casework as a feed, as it is today")
    casework.add_argument("--by", help="the e-mail of the person who answers for it", default="")
    casework.add_argument("--commit", action="store_true", help="commit it, also where far more is gone than usual")
    casework.add_argument(
        "--only-show", action="store_true", help="only say what would change; it waits on the page Feeds"
    )
    casework.set_defaults(do=load_casework)
    forget = verbs.add_parser("forget", help="take one person out of everything that feeds hold, by a number")
    forget.add_argument("scheme", metavar="KIND", help="the kind of number: upn, nhs_number, social_care_id ...")
    forget.add_argument("number", metavar="NUMBER", help="the number, as the feed has it")
    forget.add_argument("--why", required=True, help="the reason, for the record")
    forget.add_argument("--by", help="the e-mail of the information governance officer who answers for it", default="")
    forget.set_defaults(do=forget)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day: write it as 2024-09-01") from None


def load_file(asked: argparse.Namespace) -> None:
    """Read the file, and account for each of its rows."""
    from hearth.config import setup

    if not asked.file.is_file():
        raise SettingError(f"There is no file {asked.file}.")
    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.foundation.core.refusals import Refused
        from hearth.intelligence.feeds import loading

        by = who_answers(asked.by, role="analyst")
        try:
            account = loading.load_file(
                asked.feed, asked.file, by, source=asked.source, area=asked.area, commit=asked.commit,
                covers=(asked.covers_from, asked.covers_until), as_at=asked.as_at, leave_out=asked.leave_out,
                progress=_rows_read,
            )  # fmt: skip
        except Refused as refused:
            raise SettingError(str(refused)) from None
        except OSError as fault:
            raise SettingError(f"{asked.file} cannot be read: {fault.strerror}.") from None
        print(account)


def load_casework(asked: argparse.Namespace) -> None:
    """Write today's file of casework, load it, and account for it."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database, as_worker=True)
        from hearth.casework.cases.feeding import writing
        from hearth.foundation.core.refusals import Refused

        by = who_answers(asked.by, role="analyst")
        commit = True if asked.commit else False if asked.only_show else None
        try:
            print(writing.load_casework(by, commit=commit))
        except Refused as refused:
            raise SettingError(str(refused)) from None


def forget(asked: argparse.Namespace) -> None:
    """Erase somebody from feeds, and say how many rows went."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.foundation.core.reader import acting_for
        from hearth.foundation.core.refusals import Refused
        from hearth.intelligence.insight.erasing import forget_concern
        from hearth.intelligence.matching.erasing import forget_person, let_go_of_erased

        by = who_answers(asked.by, role="information_governance")
        try:
            with acting_for(by):
                gone = forget_person(by=by, scheme=asked.scheme, value=asked.number, why=asked.why)
                forget_concern(by=by, scheme=asked.scheme, value=asked.number, why=asked.why)
                let_go_of_erased()
        except Refused as refused:
            raise SettingError(str(refused)) from None
        print(f"{gone:,} rows went. Whoever sent them must erase them too, or the next file brings them back.")


def _rows_read(rows: int, share: float) -> None:
    print(f"{rows:,} rows read ({share:.0%})", file=sys.stderr, flush=True)
