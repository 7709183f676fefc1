"""What a run keeps for the next: who was seen and what they said, so that only those who are new or changed are linked."""

from pathlib import Path

import duckdb

from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.matching.people import SAYS
from hearth.intelligence.matching.register import SOURCE
from hearth.linkage.known import MODEL, RECORDS, SCORED
from hearth.linkage.pipeline import Linked

SEEN = "seen.parquet"
_SAID = f"select source, id, md5(to_json(struct_pack({', '.join(f'{name} := {name}' for name in SAYS)}))::varchar) as said from people"


def find_new(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[int, int]:
    """Make `fresh`, the records of `people` that are new or say something else than was kept; gives how many, of how many in all."""
    connection.execute(
        f"create or replace table fresh as select p.* from people p join ({_SAID}) s using (source, id)"
        f" where (p.source, p.id, s.said) not in (from read_parquet({quoted(str(folder / SEEN))}))"
    )
    ((new, everybody),) = connection.execute(
        "select (select count(*) from fresh), (select count(*) from people)"
    ).fetchall()
    return new, everybody


def without_the_gone(connection: duckdb.DuckDBPyConnection, folder: Path, into: Path) -> Path:
    """A copy of what was kept, without records that are gone or changed, and their pairs."""
    into.mkdir(exist_ok=True)
    connection.execute(
        "create or replace temp table stays as select source, id from people anti join fresh using (source, id)"
    )
    connection.execute(
        f"copy (select k.* from read_parquet({quoted(str(folder / RECORDS))}) k semi join stays using (source, id))"
        f" to {quoted(str(into / RECORDS))} (format parquet)"
    )
    connection.execute(
        f"copy (select k.* from read_parquet({quoted(str(folder / SCORED))}) k"
        " semi join stays l on l.source = k.source_a and l.id = k.id_a"
        f" semi join stays r on r.source = k.source_b and r.id = k.id_b) to {quoted(str(into / SCORED))} (format parquet)"
    )
    (into / MODEL).write_bytes((folder / MODEL).read_bytes())
    return into


def keep(linked: Linked, folder: Path) -> dict[str, str]:
    """Keep a run's records, pairs and model; gives the hash of each file. Restricted people are not kept: they are new each time."""
    if linked.model is None or linked.background is None:
        return {}
    connection, whole = linked.connection, folder.with_name("whole")
    linked.keep(whole)
    folder.mkdir(exist_ok=True)
    kept = f"source <> '{SOURCE}' or id not in (select id from hidden)"
    connection.execute(
        f"copy (select * from read_parquet({quoted(str(whole / RECORDS))}) where {kept})"
        f" to {quoted(str(folder / RECORDS))} (format parquet)"
    )
    connection.execute(
        f"copy (select * from read_parquet({quoted(str(whole / SCORED))}) where (source_a <> '{SOURCE}' or id_a not in"
        f" (select id from hidden)) and (source_b <> '{SOURCE}' or id_b not in (select id from hidden)))"
        f" to {quoted(str(folder / SCORED))} (format parquet)"
    )
    (folder / MODEL).write_bytes((whole / MODEL).read_bytes())
    connection.execute(f"copy (select * from ({_SAID}) where {kept}) to {quoted(str(folder / SEEN))} (format parquet)")
    for path in whole.iterdir():
        path.unlink()
    whole.rmdir()
    return {name: keeping.hash_of(folder / name) for name in (RECORDS, SCORED, MODEL, SEEN)}


def is_whole(folder: Path, hashes: dict[str, str]) -> bool:
    """Whether what was kept is there, and is the very same."""
    return bool(hashes) and all(
        (folder / name).is_file() and keeping.hash_of(folder / name) == digest for name, digest in hashes.items()
    )
