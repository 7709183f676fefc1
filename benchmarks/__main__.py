"""`make bench`: prints each main page's time against a bare page, and fails where one grows by more than half."""

import os
import statistics
import sys
import time
from pathlib import Path

import psycopg

from benchmarks.pages import BARE, FAMILY, PAGES, READER
from benchmarks.product import Visitor, product, somebody

SMALL, LARGE = 2_000, 50_000
ROUNDS = 30
LIMIT = 1.5


def measure(families: int, folder: Path, port: int) -> dict[str, float]:
    """Milliseconds of each page, the median of 30 rounds in which every page is asked for in turn."""
    with product(families, folder, port) as (port, environment):
        with psycopg.connect(f"postgresql://postgres@/hearth_lancashire?host={folder / 'postgres'}") as database:
            row = database.execute(FAMILY).fetchone()
        assert row is not None
        visitor = Visitor(port)
        visitor.sign_in(somebody(environment, READER))
        paths = {"a bare page": BARE, **{page.name: page.at(*row) for page in PAGES}}
        times: dict[str, list[float]] = {name: [] for name in paths}
        for number in range(ROUNDS + 3):
            for name, path in paths.items():
                began = time.perf_counter()
                status, _, _ = visitor.ask(path)
                if status != 200:
                    raise SystemExit(f"{path} answered {status} in a benchmark.")
                if number >= 3:  # the first rounds warm up
                    times[name].append((time.perf_counter() - began) * 1000)
        return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    """Measure both sizes and print the table; 1 where a page is over the limit."""
    folder = Path(os.environ.get("HEARTH_BENCH", "var/bench")).resolve()
    sizes = (int(os.environ.get("BENCH_SMALL", SMALL)), int(os.environ.get("BENCH_LARGE", LARGE)))
    small, large = (measure(size, folder / str(size), 8400 + place) for place, size in enumerate(sizes))
    print(f"{'page':<16}{sizes[0]:>10,}{sizes[1]:>10,}{'to a bare page':>17}{'growth':>9}")
    over = []
    for name in small:
        growth = large[name] / small[name]
        ratio = large[name] / large["a bare page"]
        print(f"{name:<16}{small[name]:>8.1f}ms{large[name]:>8.1f}ms{ratio:>17.1f}{growth:>9.2f}")
        if name != "a bare page" and growth > LIMIT:
            over.append(name)
    if over:
        print(f"Over the limit of {LIMIT}: {', '.join(over)}.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
