"""What a run keeps for the next: who was seen and what they said, so that only those who are new or changed are linked."""

from pathlib import Path

import duckdb

from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.matching.people import SAYS
from hearth.intelligence.matching.register import SOURCE
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


def find_gone(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make `gone` (`source`, `id`): who was kept, and is not among `people` any more or says something else now."""
    connection.execute(
        f"create or replace temp table gone as select source, id from read_parquet({quoted(str(folder / SEEN))})"
        " anti join (select source, id from people anti join fresh using (source, id)) using (source, id)"
    )


def keep(linked: Linked, folder: Path) -> dict[str, str]:
    """Keep a run's records, pairs and model; gives the hash of each file. Restricted people are not kept: they are new each time."""
    if linked.model is None or linked.background is None:
        return {}
    connection = linked.connection
    connection.execute(f"create or replace temp table unkept as select '{SOURCE}' as source, id from hidden")
    linked.keep(folder, "unkept")
    connection.execute(
        f"copy (select * from ({_SAID}) anti join unkept using (source, id)) to {quoted(str(folder / SEEN))} (format parquet)"
    )
    return {path.relative_to(folder).as_posix(): keeping.hash_of(path) for path in folder.rglob("*") if path.is_file()}


def is_whole(folder: Path, hashes: dict[str, str]) -> bool:
    """Whether what was kept is there, and is the very same."""
    return bool(hashes) and all(
        (folder / name).is_file() and keeping.hash_of(folder / name) == digest for name, digest in hashes.items()
    )
