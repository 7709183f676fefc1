"""How well people are linked where the truth is known, ours and Splink in turn: `python -m benchmarks.linkage FOLDER [NAME ...]`.

The folder holds a pair of files for each set: NAME.csv or NAME.parquet, and NAME.toml with its `[columns]`, its `mode`, and
`truth`, the column that says who is who. Linking never sees that column. One threshold and one way of linking serve every set; a
set says only what its columns mean and whether a source lists a person once. None of the sets is in the repository: docs/linkage.md
says where each comes from.

Each measure is a process of its own, so that its memory is its own. It ends with 1 where a goal is missed (`linkage_goals`).
"""

import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import little_by_little
from benchmarks.linkage_goals import DEFAULT, Right, Told, best, faults, table
from hearth.linkage import files
from hearth.linkage.columns import from_toml
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Linked, Settings, link
from hearth.linkage.with_splink import LinkedWithSplink, link_with_splink, the_package

MODELS = ("hearth", "splink")
ROUNDS = 3
# Where Splink's best threshold is looked for: weights in bits. Where the odds before anything is known are long, even a true pair has little.
LEAST, WEIGHTS = 1e-6, range(-18, 41, 2)
# A visit has the number that its person has on the roll.
INVENTED = """\
truth = "id"
mode = "link"
each_once = true
date_order = "ymd"
[columns]
id = "id"
source = "source"
given_name = "given"
family_name = "family"
birth_date = "born"
address = "address"
postcode = "postcode"
"""


@dataclass(frozen=True)
class Measured:
    """One set by one model: pairs put together rightly and pairs missed, records, and what linking took, in seconds and gigabytes."""

    name: str
    records: int
    right: Right
    review: int
    seconds: float
    memory: float = 0.0


def measure(folder: Path, name: str, model: str = "hearth") -> Measured:
    """Link one set of the folder with a model and hold it against its truth."""
    if model == "splink":
        the_package()  # it is read before the clock starts, as ours was
    began = time.perf_counter()
    linked, truth = _linked(folder, name, model)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    records, _, review = linked.counts()
    return Measured(name, records, _right(linked, truth), review, seconds, memory)


def sweep(folder: Path, name: str) -> dict[float, Right]:
    """How right Splink is at each threshold that is tried, the two usual ones among them. Nothing of this is timed."""
    linked, truth = _linked(folder, name, "splink", least=LEAST)
    assert isinstance(linked, LinkedWithSplink)
    found = {}
    for threshold in sorted({*DEFAULT, *(1 / (1 + 2.0**-bits) for bits in WEIGHTS)}):
        linked.group(threshold)
        found[threshold] = _right(linked, truth)
    return found


def _linked(folder: Path, name: str, model: str, least: float = 0.0) -> tuple[Linked, str]:
    columns, rest = from_toml(folder / f"{name}.toml")
    truth = rest.pop("truth")
    settings = Settings(**rest)
    settings = replace(settings, review=least or settings.review)
    connection = connect(threads=2)
    path = next(path for path in (folder / f"{name}.parquet", folder / f"{name}.csv") if path.exists())
    files.read(connection, path, "held")
    by = link_with_splink if model == "splink" else link
    return by(connection, {name: "held"}, columns, settings), truth


def _right(linked: Linked, truth: str) -> Right:
    """Pairs put together, pairs that belong together, and pairs that are both; across sources where only those are linked."""
    ((name,),) = linked.connection.sql("select min(source) from records").fetchall()
    columns = linked.columns
    said = f'held."{columns.source[0]}"::varchar' if columns.source else "'{}'".format(str(name).replace("'", "''"))
    linked.connection.execute(
        f'create or replace table told as select clusters.cluster, r.source, held."{truth}"::varchar as person from records r'
        f' join clusters using (rid) join held on r.id = held."{columns.id[0]}"::varchar and r.source = {said}'
    )

    def count(group: str) -> int:
        sql = "select coalesce(sum(c * (c - 1) / 2), 0)::bigint from (select count(*) as c from told group by {})"
        pairs = linked.connection.sql(sql.format(group)).fetchall()[0][0]
        if linked.settings.mode == "link":
            pairs -= linked.connection.sql(sql.format(f"{group}, source")).fetchall()[0][0]
        return int(pairs)

    return Right(count("cluster"), count("person"), count("cluster, person"))


def compare(folder: Path, name: str, rounds: int = ROUNDS) -> Told:
    """One set by each model in turn, so often, and Splink at every threshold; the median of seconds, the most of memory."""
    taken: dict[str, list[Measured]] = {model: [] for model in MODELS}
    for _ in range(rounds):
        for model in MODELS:
            taken[model].append(_apart(measure, folder, name, model))
    tried = _apart(sweep, folder, name)
    ours, theirs = taken["hearth"], taken["splink"]
    return Told(
        name,
        ours[0].records,
        ours[0].right,
        ours[0].review,
        tried,
        (median(one.seconds for one in ours), median(one.seconds for one in theirs)),
        (max(one.memory for one in ours), max(one.memory for one in theirs)),
    )


def _apart(work: Any, *given: Any) -> Any:
    """Done in a new process, which is gone afterwards."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def invented(count: int, folder: Path) -> Path:
    """A folder with one set of so many invented people, on a roll and in visits: it shows speed, while how right both are is shown elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "invented.parquet").exists():
        little_by_little.make(count, 0, folder / "invented.parquet")
    (folder / "invented.toml").write_text(INVENTED)
    return folder


def run(folder: Path, names: list[str], rounds: int = ROUNDS) -> int:
    """Measure these sets of a folder, or all; print, and give 1 where a goal is missed."""
    told = []
    for name in names or sorted(path.stem for path in folder.glob("*.toml")):
        told.append(compare(folder, name, rounds))
        threshold, at_best = best(told[-1].tried)
        print(f"{name}: F1 {told[-1].ours.f1:.4f}; Splink's best {at_best.f1:.4f} at {threshold:.6f}", flush=True)
    print(table(told), end="\n\n")
    for fault in (missed := faults(told)):
        print(fault)
    return 1 if missed else 0


def main() -> int:
    """Measure every set of the folder, or those that are named after it."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    return run(Path(sys.argv[1]), sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
