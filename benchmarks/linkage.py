"""How well people are linked where the truth is known: `python -m benchmarks.linkage FOLDER`.

The folder holds a pair of files for each set: NAME.csv or NAME.parquet, and NAME.toml with its `[columns]`, its `mode`, and
`truth`, the column that says who is who. Linking never sees that column. One threshold and one way of linking serve every set; a
set says only what its columns mean and whether a source lists a person once. None of the sets is in the repository: docs/linkage.md
says where each comes from.
"""

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from hearth.linkage import files
from hearth.linkage.columns import from_toml
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Linked, Settings, link


@dataclass(frozen=True)
class Measured:
    """One set: pairs put together rightly, pairs missed and records, and how long linking took, in seconds."""

    name: str
    records: int
    precision: float
    recall: float
    review: int
    seconds: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-12, self.precision + self.recall)


def measure(folder: Path, name: str) -> Measured:
    """Link one set of the folder and hold it against its truth."""
    columns, rest = from_toml(folder / f"{name}.toml")
    truth = rest.pop("truth")
    connection = connect(threads=2)
    path = next(path for path in (folder / f"{name}.parquet", folder / f"{name}.csv") if path.exists())
    began = time.perf_counter()
    files.read(connection, path, "held")
    linked = link(connection, {name: "held"}, columns, Settings(**rest))
    seconds = time.perf_counter() - began
    found, true, right = _pairs(linked, columns.id[0], columns.source[0] if columns.source else "", truth, name)
    records, _, review = linked.counts()
    return Measured(name, records, right / max(1, found), right / max(1, true), review, seconds)


def _pairs(linked: Linked, identity: str, source: str, truth: str, name: str) -> tuple[int, int, int]:
    """Pairs put together, pairs that belong together, and pairs that are both; across sources where only those are linked."""
    said = f'held."{source}"::varchar' if source else f"'{name}'"
    linked.connection.execute(
        f'create or replace table told as select cluster, r.source, held."{truth}"::varchar as person from records r'
        f' join clusters using (rid) join held on r.id = held."{identity}"::varchar and r.source = {said}'
    )

    def count(group: str) -> int:
        sql = "select coalesce(sum(c * (c - 1) / 2), 0)::bigint from (select count(*) as c from told group by {})"
        pairs = linked.connection.sql(sql.format(group)).fetchall()[0][0]
        if linked.settings.mode == "link":
            pairs -= linked.connection.sql(sql.format(f"{group}, source")).fetchall()[0][0]
        return int(pairs)

    return count("cluster"), count("person"), count("cluster, person")


def main() -> int:
    """Measure every set of the folder, or those that are named after it, and print a line each."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    names = sys.argv[2:] or sorted(path.stem for path in folder.glob("*.toml"))
    print(f"{'set':<16}{'records':>9}{'precision':>11}{'recall':>9}{'F1':>9}{'review':>9}{'seconds':>9}")
    rows = []
    for name in names:
        row = measure(folder, name)
        rows.append(row)
        print(
            f"{name:<16}{row.records:>9,}{row.precision:>11.4f}{row.recall:>9.4f}{row.f1:>9.4f}{row.review:>9,}{row.seconds:>9.1f}",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    print(f"macro F1 {sum(row.f1 for row in rows) / len(rows):.4f}; most memory {peak:.1f} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
