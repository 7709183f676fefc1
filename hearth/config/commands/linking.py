"""link, link-feeds: which records are about one person, in any files (without a database) and in what partners sent."""

import argparse
import sys
from pathlib import Path
from typing import Any

from hearth.config import addresses
from hearth.config.commands.data import who_answers
from hearth.config.environment import SettingError


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    link = verbs.add_parser(
        "link", help="find which records of CSV or Parquet files are about one person; needs no database"
    )
    link.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help="the files; each is a source, named by its file"
    )
    link.add_argument(
        "--columns", type=Path, required=True, help="a TOML file that says what each column means (docs/linkage.md)"
    )
    link.add_argument("--out", type=Path, required=True, help="where each record's person is written, .csv or .parquet")
    link.add_argument(
        "--pairs", type=Path, help="where the linked pairs, and those for a person to decide, are written"
    )
    link.add_argument("--households", type=Path, help="where each record's household is written, .csv or .parquet")
    link.add_argument("--mode", choices=("dedupe", "link"), help="look everywhere, or across sources only (dedupe)")
    link.add_argument("--each-once", action="store_true", help="no source lists a person twice")
    link.add_argument(
        "--model",
        choices=("hearth", "splink"),
        default="hearth",
        help="ours, which knows households (hearth), or Splink 5 as documented, if it is installed",
    )
    link.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        help="what carries the pairs: DuckDB on this machine, or Spark, if it is installed; the answer is the same (duckdb)",
    )
    link.add_argument("--master", metavar="URL", help="where Spark is: spark://host:7077, local[4] (local[*])")
    link.add_argument("--threshold", type=float, help="the probability from which a pair is one person (0.5)")
    link.add_argument(
        "--keep", metavar="FOLDER", type=Path, help="keep what was found there, to link new files against"
    )
    link.add_argument("--known", metavar="FOLDER", type=Path, help="link the files against what was kept there")
    link.add_argument("--explain", nargs=2, metavar="SOURCE/ID", help="say why two records are or are not one person")
    link.set_defaults(do=link_files)
    feeds = verbs.add_parser(
        "link-feeds", help="link everybody in what the feeds hold, with each other and the register"
    )
    feeds.add_argument("--afresh", action="store_true", help="link everybody again, and learn the weights anew")
    feeds.add_argument("--by", help="the e-mail of the analyst who answers for it", default="")
    feeds.set_defaults(do=link_feeds)


def link_files(asked: argparse.Namespace) -> None:
    """Link, write, and say in a few lines what came of it."""
    from hearth.linkage import files
    from hearth.linkage.columns import LinkageProblem, from_toml
    from hearth.linkage.engine import connect
    from hearth.linkage.on_spark import what_is_missing

    try:
        _refuse_what_the_model_has_not(asked)
        columns, rest = from_toml(asked.columns)
        settings = _settings(asked, rest)
        if settings.engine == "spark" and (missing := what_is_missing()):
            raise LinkageProblem(missing)
        connection = connect(settings.threads, settings.memory)
        linked = _linked(asked, connection, files.read_all(connection, asked.files), columns, settings)
        if asked.keep:
            linked.keep(asked.keep)
        files.write(linked.clusters(), asked.out)
        if asked.pairs:
            files.write(linked.pairs(), asked.pairs)
        if asked.households:
            files.write(linked.households(), asked.households)
        print("{:,} records are {:,} people. {:,} pairs are for a person to decide.".format(*linked.counts()))
        if asked.explain:
            print(linked.explain(*(_named(text) for text in asked.explain)).words())
    except LinkageProblem as problem:
        raise SettingError(str(problem)) from None


def link_feeds(asked: argparse.Namespace) -> None:
    """A link run, done here rather than by the worker; one that was left in the middle is done first."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database, as_worker=True)
        from hearth.foundation.core.reader import acting_for
        from hearth.foundation.core.refusals import Refused
        from hearth.intelligence.matching import actions, linking

        by = who_answers(asked.by, role="analyst")
        try:
            with acting_for(by):
                run = actions.start_link_run(by=by, afresh=asked.afresh, queue=False)
                run = linking.run_link(by=by, run=run, progress=_how_far)
        except Refused as refused:
            raise SettingError(str(refused)) from None
    if run.state != "done":
        raise SettingError(run.failure or f"{run.reference} was cancelled. What was in force stays so.")
    print(
        "{reference}: {records:,} records and {numbers:,} numbers are {persons:,} people, {on_register:,} of them on the register,"
        " in {households:,} households. {review:,} pairs are for a person to decide.".format(
            reference=run.reference, **run.counts
        )
    )


def _how_far(step: str, percent: int) -> None:
    print(f"{step} ({percent}%)", file=sys.stderr, flush=True)


def _refuse_what_the_model_has_not(asked: argparse.Namespace) -> None:
    """Before anything is read. Raises LinkageProblem."""
    from hearth.linkage import with_splink
    from hearth.linkage.columns import LinkageProblem

    if asked.model == "splink":
        with_splink.the_package()
        if asked.explain:
            raise LinkageProblem(with_splink.NOT_EXPLAINED)
        if asked.keep or asked.known:
            raise LinkageProblem(with_splink.NOT_KEPT)


def _linked(asked: argparse.Namespace, connection: Any, tables: dict[str, str], columns: Any, settings: Any) -> Any:
    """Linked with the model that was chosen, against what is known if that was said."""
    from hearth.linkage.pipeline import link, link_new
    from hearth.linkage.with_splink import link_with_splink

    if asked.model == "splink":
        return link_with_splink(connection, tables, columns, settings)
    if asked.known:
        return link_new(connection, tables, columns, settings, asked.known)
    return link(connection, tables, columns, settings)


def _settings(asked: argparse.Namespace, rest: dict[str, Any]) -> Any:
    """What the columns file says beside its columns, and over it what the command line says."""
    from hearth.linkage.columns import LinkageProblem
    from hearth.linkage.pipeline import Settings

    said = {name: value for name, value in rest.items() if not isinstance(value, dict)}
    said |= {
        name: getattr(asked, name)
        for name in ("mode", "threshold", "each_once", "engine", "master")
        if getattr(asked, name)
    }
    try:
        return Settings(**said)
    except TypeError:
        raise LinkageProblem(
            f"{asked.columns} says something beside [columns] that is not known: {', '.join(said)}."
        ) from None


def _named(text: str) -> tuple[str, str]:
    source, _, name = text.partition("/")
    return source, name
