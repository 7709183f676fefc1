"""New records into many known ones: what it takes beside linking everybody at once, and how many of the links it finds.

`python -m benchmarks.little_by_little 1000000 10000 var/bench` measures it alone; fewer records make it quick and say nothing of speed.
Somebody's record on the roll says what is known of them; half of the records are of visits, written by others, with slips and moves.
The new ones are visits that were written last.
"""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.register import Somebody, register, typed
from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Settings, link, link_new

KNOWN, NEW = 1_000_000, 10_000
MOST_OF_A_FULL_RUN, LEAST_LINKS = 0.05, 0.999
VISITED = 0.8  # of the people on the roll
MOVED = 0.1
SETTINGS = Settings(mode="link", each_once=True, threads=2)
STREETS = ("Mill Lane", "Church Street", "Station Road", "High Street", "Park Avenue", "Moor View", "Canal Street")
NAMES = ("source", "id", "given", "family", "born", "address", "postcode")
COLUMNS = Columns(
    source=("source",), id=("id",), given_name=("given",), family_name=("family",), birth_date=("born",), address=("address",),
    postcode=("postcode",), date_order="ymd",
)  # fmt: skip
Row = tuple[str | None, ...]


@dataclass
class Measured:
    """Seconds of linking all at once, of linking the new and of keeping them, and the links that each gave the new records."""

    known: int
    new: int
    full: float
    linking: float
    keeping: float
    links: int
    found: int

    @property
    def share(self) -> float:
        """What the new records take of a full run, keeping them included; a full run keeps nothing."""
        return (self.linking + self.keeping) / self.full

    @property
    def same(self) -> float:
        """The part of the links of a full run that was found."""
        return self.found / max(1, self.links)

    @property
    def faults(self) -> list[str]:
        """Each limit that was missed."""
        told = []
        if self.share > MOST_OF_A_FULL_RUN:
            told.append(f"New records took {self.share:.1%} of a full run, and {MOST_OF_A_FULL_RUN:.0%} is the limit.")
        if self.same < LEAST_LINKS:
            told.append(f"New records got {self.same:.2%} of a full run's links, and {LEAST_LINKS:.1%} is the least.")
        return told


def rows(count: int) -> Iterator[Row]:
    """At least so many records of an invented register: of each person the roll's, and of most a visit."""
    dice = random.Random("little by little")
    made = 0
    for household in register(count, seed=7):
        home = f"{dice.randint(1, 180)} {dice.choice(STREETS)}"
        for who in household:
            born = who.stored_born.isoformat() if who.stored_born else None
            yield "roll", str(made), who.given, who.family, born, home, who.codes[0]
            if who.given and dice.random() < VISITED:
                yield _visit(who, str(made), home, dice)
            made += 1


def _visit(who: Somebody, name: str, home: str, dice: random.Random) -> Row:
    said = typed(who, dice, who.codes)
    if dice.random() < MOVED:
        return (
            "visits",
            name,
            said.given,
            said.family,
            said.born,
            f"{dice.randint(1, 180)} {dice.choice(STREETS)}",
            None,
        )
    return "visits", name, said.given, said.family, said.born, home, said.postcode or None


def make(known: int, new: int, path: Path) -> None:
    """Write the records; `late` marks those that are new."""
    columns = [list(cells) for cells in zip(*islice(rows(known + new), known + new), strict=True)]
    visits = [place for place, source in enumerate(columns[0]) if source == "visits"]
    late = set(random.Random("late").sample(visits, min(new, len(visits) // 2)))
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(NAMES, columns, strict=True)})
    part = path.with_name(f".{path.name}.part")
    pq.write_table(table.append_column("late", pa.array([place in late for place in range(len(table))])), part)
    part.replace(path)


def measure(known: int, new: int, folder: Path) -> Measured:
    """Link everybody at once; then the known alone, keep that, and link the new against it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "records.parquet"
    if not path.exists():
        make(known, new, path)
    connection = _holding(path, "true")
    began = time.perf_counter()
    linked = link(connection, {"people": "people"}, COLUMNS, SETTINGS)
    full = time.perf_counter() - began
    pq.write_table(linked.clusters(), folder / "at_once.parquet")
    connection.close()
    connection = _holding(path, "not late")
    link(connection, {"people": "people"}, COLUMNS, SETTINGS).keep(folder / "kept")
    connection.close()
    connection = _holding(path, "late")
    began = time.perf_counter()
    linked = link_new(connection, {"people": "people"}, COLUMNS, SETTINGS, folder / "kept")
    linking = time.perf_counter() - began
    linked.keep(folder / "kept")
    keeping = time.perf_counter() - began - linking
    connection.execute("create table by_and_by as select source, id, cluster from records join clusters using (rid)")
    ((all_, late),) = connection.execute(
        "select (select count(*) from records), (select count(*) from people)"
    ).fetchall()
    links, found = _links(connection, folder / "at_once.parquet")
    connection.close()
    return Measured(all_ - late, late, full, linking, keeping, links, found)


def _holding(path: Path, which: str) -> duckdb.DuckDBPyConnection:
    connection = connect(threads=2)
    quoted = str(path).replace("'", "''")
    connection.execute(f"create table people as select * exclude (late) from read_parquet('{quoted}') where {which}")
    return connection


def _links(connection: duckdb.DuckDBPyConnection, at_once: Path) -> tuple[int, int]:
    """Pairs with a new record in them that a full run puts together, and how many of these were put together."""
    ((links, found),) = connection.execute(
        "with once as (select o.*, b.cluster as mine, p.id is not null as late from read_parquet(?) o"
        " join by_and_by b using (source, id) left join people p using (source, id))"
        " select count(*), count(*) filter (l.mine = r.mine) from (from once where late) l join once r on l.cluster = r.cluster"
        " and (l.source, l.id) <> (r.source, r.id) and (not r.late or (l.source, l.id) < (r.source, r.id))",
        [str(at_once)],
    ).fetchall()
    return int(links), int(found)


def table(found: Measured) -> str:
    """The figures, for the page about speed."""
    return "\n".join(
        [
            f"{found.new:,} new records into {found.known:,}",
            f"all linked at once   {found.full:7.2f} s",
            f"the new linked       {found.linking:7.2f} s   and kept {found.keeping:.2f} s: {found.share:.1%} of that",
            f"links of the new     {found.links:7,}     of which {found.found:,} were found: {found.same:.2%}",
        ]
    )


def main() -> int:
    """Measure alone; 1 where a limit is missed."""
    known, new = (int(text) for text in (*sys.argv[1:3], KNOWN, NEW)[:2]) if len(sys.argv) > 2 else (KNOWN, NEW)
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else "var/bench") / f"little-by-little-{known}-{new}"
    found = measure(known, new, folder)
    print(table(found))
    print("\n".join(found.faults))
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
