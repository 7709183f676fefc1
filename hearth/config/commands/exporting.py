"""export: files for inspectors and others, as on the pages, and as much on record."""

import argparse
import datetime as dt
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

from hearth.config import addresses
from hearth.config.commands.data import who_answers
from hearth.config.environment import SettingError

BESIDE = "what-was-left-out.txt"


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    export = verbs.add_parser(
        "export", help="make a file for inspectors or others (docs/how-to/answer-an-inspector.md)"
    )
    kinds = export.add_subparsers(metavar="KIND", required=True)
    annex_a = kinds.add_parser("annex-a", help="the inspection workbook (Annex A, .xlsx)")
    _of_days(annex_a)
    annex_a.add_argument("file", metavar="FILE.xlsx", type=Path, help="where it is written")
    annex_a.set_defaults(
        do=_to_file, kind="annex_a", goes_to="Ofsted", why="Child-level data for an inspection (Annex A)"
    )
    families = kinds.add_parser("families", help="the list of families, as Supporting Families asked for it (.xlsx)")
    _of_days(families)
    families.add_argument("file", metavar="FILE.xlsx", type=Path, help="where it is written")
    families.set_defaults(
        do=_to_file, kind="families", goes_to="The programme’s own team", why="The programme’s list of families"
    )
    ssd = kinds.add_parser("ssd", help="the early help tables of the Standard Safeguarding Dataset, a CSV file each")
    ssd.add_argument(
        "folder", metavar="DIR", type=Path, help="the folder they are written into; it is made where there is none"
    )
    ssd.add_argument("--to", dest="to_on", type=_day, help="the last day of the six years (today)")
    ssd.set_defaults(
        do=_to_folder, kind="ssd", goes_to="The authority’s own data team", why="The Standard Safeguarding Dataset"
    )
    for each in (annex_a, families, ssd):
        each.add_argument("--area", default="", help="code of a district (every one that is theirs, if left out)")
        each.add_argument("--by", metavar="E-MAIL", default="", help="who answers for it")
        each.add_argument("--for", dest="recipient", metavar="WHO", default="", help="who will have it, for the record")
        each.add_argument("--why", dest="purpose", default="", help="why it is made, for the record")


def _of_days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="from_on", type=_day, required=True, help="first day of the period, as 2026-05-30"
    )
    parser.add_argument("--to", dest="to_on", type=_day, required=True, help="last day: all is told as it stood then")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day: write it as 2026-05-30") from None


def _to_file(asked: argparse.Namespace) -> None:
    """Write the workbook, and beside it what was left out."""
    if asked.file.is_dir() or not asked.file.absolute().parent.is_dir():
        raise SettingError(
            f"There is no folder for {asked.file}." if not asked.file.is_dir() else f"{asked.file} is a folder."
        )
    export, content = _made(asked)
    _written(asked.file, content)
    beside = asked.file.with_name(f"{asked.file.stem}.{BESIDE}")
    _written(beside, export.statement.encode())
    _say(export, f"{asked.file} is written, and {beside.name} beside it.")


def _to_folder(asked: argparse.Namespace) -> None:
    """Write each table, and what was left out."""
    if asked.folder.exists() and not asked.folder.is_dir():
        raise SettingError(f"{asked.folder} is a file and no folder.")
    export, content = _made(asked)
    try:
        asked.folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SettingError(f"{asked.folder} cannot be made: {fault.strerror}.") from None
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            _written(asked.folder / name, packed.read(name))
    _say(export, f"The tables are written into {asked.folder}, with {BESIDE}.")


def _written(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise SettingError(f"{path} cannot be written: {fault.strerror}.") from None


def _say(export: Any, where: str) -> None:
    for name, number in export.rows.items():
        print(f"{name}: {number:,} {'row' if number == 1 else 'rows'}")
    for gap in export.gaps:
        told = "the standard wants it" if gap["wanted"] else "it may be empty"
        print(f"Missing in {gap['place']}, {gap['column']}: {gap['number']:,} ({told})", file=sys.stderr)
    print(
        f"{where}\n{export.reference}, SHA-256 {export.digest}. It is on record; the page Exports says who can mend what is missing."
    )


def _made(asked: argparse.Namespace) -> tuple[Any, bytes]:
    """The export, made here rather than by the worker, and its file. All of it as whoever answers for it."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.foundation.audit.looks import exported
        from hearth.foundation.core import clock
        from hearth.foundation.core.reader import acting_for
        from hearth.foundation.core.refusals import Refused
        from hearth.oversight.performance.exports import actions, making, queries

        by = who_answers(asked.by, role="information_governance")
        try:
            with acting_for(by):
                area = queries.district_coded(by, asked.area)
                to_on = asked.to_on or clock.today()
                export = actions.ask_for_export(
                    by=by, kind=asked.kind, from_on=getattr(asked, "from_on", to_on), to_on=to_on, area=area,
                    purpose=asked.purpose or asked.why, goes_to=asked.recipient or asked.goes_to, queue=False,
                )  # fmt: skip
                export = making.make(export, by, _how_far)
                if export.fault:
                    raise SettingError(f"It could not be made: {export.fault}")
                content = queries.content_of(by, export)
                exported(
                    by, "exports.downloaded", subject=export, file=export.kind, digest=export.digest, by_command=True
                )
        except Refused as refused:
            raise SettingError(str(refused)) from None
    return export, content


def _how_far(doing: str, percent: int) -> None:
    print(f"{doing} ({percent}%)", file=sys.stderr, flush=True)
