"""find-concerns: work the rules of concern out now, on DuckDB or on Spark, and publish what they find."""

import argparse
from typing import Any

from hearth.config import addresses
from hearth.config.commands.data import who_answers
from hearth.config.environment import SettingError

HERE = "local[*]"


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    find = verbs.add_parser("find-concerns", help="work every rule of concern out now, as the worker does each night")
    find.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="what works them out: DuckDB on this machine, or Spark, if it is installed; the answer is the same (duckdb)",
    )
    find.add_argument(
        "--master",
        metavar="URL",
        default=HERE,
        help=f"where Spark is: spark://host:7077, local[4] ({HERE}); its workers read the folder of feeds",
    )
    find.add_argument("--by", help="the e-mail of the analyst who answers for it", default="")
    find.set_defaults(do=find_concerns)


def find_concerns(asked: argparse.Namespace) -> None:
    """A run of the rules, done here rather than by the worker; one that waits, or was left in the middle, is this one."""
    from hearth.linkage.on_spark import what_is_missing

    if asked.engine == "spark" and (missing := what_is_missing()):
        raise SettingError(missing)
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database, as_worker=True)
        from hearth.foundation.core.reader import acting_as
        from hearth.foundation.core.refusals import Refused
        from hearth.intelligence.insight import actions, on_spark, running

        by = who_answers(asked.by, role="analyst")
        try:
            with acting_as(by):
                run = actions.start_run(by=by, queue=False)
            running.work_out(run.pk, on_spark.carrying(asked.master) if asked.engine == "spark" else running.ON_DUCKDB)
        except Refused as refused:
            raise SettingError(str(refused)) from None
        with acting_as(by):
            run.refresh_from_db()
    if run.state != "done":
        raise SettingError(run.fault or f"{run.reference} was cancelled. What was found before stands.")
    from hearth.foundation.ui.filters import count, day

    found = count(run.families, "family of concern", "families of concern")
    print(f"{run.reference}: {found}, {count(run.flags, 'flag', 'flags')}, as at {day(run.as_at)}.")
