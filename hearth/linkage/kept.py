"""The files of a kept folder: written whole, or beside those that are there what new records add. None is ever changed.

Which of them count is what the folder says of itself (`known.write_known`), last of all: whoever is stopped before has kept nothing.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from hearth.linkage.candidates import Proposed
from hearth.linkage.columns import LinkageProblem
from hearth.linkage.decided import SURE
from hearth.linkage.engine import copy
from hearth.linkage.keys import keys
from hearth.linkage.known import Known, Parts, parts_of, write_known
from hearth.linkage.new_records import keep_keys, keep_new_keys
from hearth.linkage.records import count_held, only_held

# After so many additions everything is written anew: each file more is one more to open.
MOST_PARTS = 16
_NAME = re.compile(r"(records|scored|clusters|keys)(?:-(\d+))?(?:\.parquet)?")
# `decided` leaves odds beyond all evidence in `scored`, and what there was before it aside.
_SCORED = f"(from scored where odds < {SURE} union all from scored_before)"


def keep(
    connection: duckdb.DuckDBPyConnection,
    now: Known,
    before: Known | None,
    told: list[Proposed],
    folder: Path,
    without: str = "",
) -> None:
    """Keep what a connection holds, `now`, in a folder: beside what was `before` where it was linked against that folder, else whole.

    Without the records that the table `without` (`source`, `id`) names. Raises LinkageProblem where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_here = before is not None and before.folder == folder.resolve()
        if before is not None and is_here and before.is_whole and not without and _may_grow(before, folder):
            new = count_held(connection, "new_records")
            held = {name: count + new.get(name, 0) for name, count in before.held.items()}
            parts, used = _write_addition(connection, folder, before, held), {said.key: said.pairs for said in told}
        else:
            _leave_out(connection, without)
            held = count_held(connection, "standing")
            parts, used = _write_whole(connection, folder, held, len(now.columns.identifier))
        write_known(replace(now, held=held, keys=used, parts=parts), folder)
        _tidy(folder, parts, before.parts["records"] if before is not None and is_here else [])
    except (OSError, duckdb.IOException) as problem:
        raise LinkageProblem(f"{folder} cannot be written: {problem}") from None


def _may_grow(before: Known, folder: Path) -> bool:
    """Whether the folder is what it was when it was read, and not of too many parts."""
    return before.parts == parts_of(folder) and len(before.parts["records"]) <= MOST_PARTS


def _leave_out(connection: duckdb.DuckDBPyConnection, without: str) -> None:
    """Make `left_out` (`rid`), and `standing`, the records that are kept."""
    connection.execute("create or replace temp table left_out (rid bigint)")
    if without:
        connection.execute(f"insert into left_out select rid from records semi join {without} using (source, id)")
    connection.execute("create or replace temp view standing as from records anti join left_out using (rid)")


def _write_whole(
    connection: duckdb.DuckDBPyConnection, folder: Path, held: dict[str, int], identifiers: int
) -> tuple[Parts, dict[str, int]]:
    """Write all that stands of `records`, `scored` and `clusters`, and the keys; gives the files, and how many pairs each key has."""
    names = _free(folder)
    copy(connection, f"select {only_held(held)} from standing order by rid", folder / names["records"])
    stands = "a not in (from left_out) and b not in (from left_out)"
    copy(connection, f"from {_SCORED} where {stands} order by a, b", folder / names["scored"])
    _copy_clusters(connection, folder / names["clusters"])
    every = keys({name for name, count in held.items() if count}, identifiers)
    used = keep_keys(connection, every, "standing", folder / names["keys"])
    return {kind: [name] for kind, name in names.items()}, used


def _write_addition(connection: duckdb.DuckDBPyConnection, folder: Path, before: Known, held: dict[str, int]) -> Parts:
    """Write what the records after the last one known add; gives the files, old and new. Groups are few numbers, and written whole."""
    names = _free(folder)
    connection.execute("create or replace temp table left_out (rid bigint)")
    copy(connection, f"select {only_held(held)} from new_records order by rid", folder / names["records"])
    copy(connection, f"from {_SCORED} where b > {before.last} order by a, b", folder / names["scored"])
    _copy_clusters(connection, folder / names["clusters"])
    keep_new_keys(connection, folder / names["keys"])
    return {kind: [*(before.parts[kind] if kind != "clusters" else []), name] for kind, name in names.items()}


def _tidy(folder: Path, parts: Parts, reading: list[str]) -> None:
    """Let go of the files that count no more; the records that this run is still `reading` go when the next is kept."""
    names = {*reading, *(name for found in parts.values() for name in found)}
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and path.name not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _free(folder: Path) -> dict[str, str]:
    """For each kind of file a name that is not taken."""
    taken = [found for path in folder.iterdir() if (found := _NAME.fullmatch(path.name))]
    number = f"-{1 + max(int(found[2] or 0) for found in taken)}" if taken else ""
    return {
        kind: f"{kind}{number}{'' if kind == 'keys' else '.parquet'}"
        for kind in ("records", "scored", "clusters", "keys")
    }


def _copy_clusters(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Each record's group; none where a decision or a record that is left out had a say in it."""
    connection.execute(
        "create or replace temp table stirred as select unnest([a, b]) as rid from decided"
        " union select a from scored where b in (from left_out) union select b from scored where a in (from left_out)"
    )
    copy(
        connection,
        "select c.rid, case when s.rid is null then c.cluster end as cluster, c.tangle from clusters c left join stirred s using (rid)"
        " where c.rid not in (from left_out)",
        path,
    )
