"""`make bench`: how pages grow with the authority, panels, figures, lists, look-up, finder, rules, linking, new records.

It fails where a limit is missed.
"""

import os
import sys
from pathlib import Path

from benchmarks import concerns, finder, insight, linkage, listing, little_by_little, look_up, panels, scale, scorecard
from hearth.config.environment import whole_number

SMALL, LARGE, ROUNDS, SECONDS, REGISTER = 2_000, 50_000, 21, 4, 1_500_000
PORT = 8400


def main() -> int:
    """Measure and print; 1 where a limit is missed."""
    folder = Path(os.environ.get("HEARTH_BENCH_FOLDER") or "var/bench").resolve()
    sizes = (whole_number("HEARTH_BENCH_SMALL", SMALL), whole_number("HEARTH_BENCH_LARGE", LARGE))
    rounds, seconds = whole_number("HEARTH_BENCH_ROUNDS", ROUNDS), whole_number("HEARTH_BENCH_SECONDS", SECONDS)
    grown = scale.growth(sizes, folder, PORT, rounds)
    print(scale.table(grown, sizes), end="\n\n", flush=True)
    compared = listing.compare(sizes[1], folder / str(sizes[1]), PORT + 1, max(1, rounds // 3), seconds)
    print(listing.table(compared), end="\n\n", flush=True)
    met = panels.measure(
        whole_number("HEARTH_BENCH_PANELS", panels.MEETINGS),
        sizes[1],
        folder / str(sizes[1]),
        PORT + 9,
        max(1, rounds // 2),
    )  # in the large authority, once it was measured without them
    print(panels.table(met), end="\n\n", flush=True)
    figured = scorecard.measure(sizes[1], folder / str(sizes[1]), PORT + 11, max(1, rounds // 2))
    print(scorecard.table(figured), end="\n\n", flush=True)
    people = whole_number("HEARTH_BENCH_REGISTER", REGISTER)
    looked = look_up.measure(people, folder / f"look-up-{people}", PORT + 3, seconds=seconds)
    print(look_up.table(looked), end="\n\n", flush=True)
    many = whole_number("HEARTH_BENCH_CONCERNS", concerns.FAMILIES)
    listed = concerns.measure(many, folder / f"concerns-{many}", PORT + 5, rounds)
    print(concerns.table(listed), end="\n\n", flush=True)
    offered = whole_number("HEARTH_BENCH_SERVICES", finder.SERVICES)
    sought = finder.measure(offered, folder / f"finder-{offered}", PORT + 7)
    print(finder.table(sought), end="\n\n", flush=True)
    rows = whole_number("HEARTH_BENCH_SESSIONS", insight.ROWS)
    noticed = insight.measure(rows, folder / f"insight-{rows}")
    print(insight.table(noticed), end="\n\n", flush=True)
    known = whole_number("HEARTH_BENCH_KNOWN", little_by_little.KNOWN)
    added = little_by_little.measure(known, max(1, known // 100), folder / f"little-by-little-{known}")
    print(little_by_little.table(added), end="\n\n", flush=True)
    linked = linkage.run(linkage.invented(known, folder / f"linkage-{known}"), [], rounds=1)
    if truth := os.environ.get("HEARTH_BENCH_TRUTH"):
        linked |= linkage.run(Path(truth), [])
    else:
        print("People whose truth others made were not linked: HEARTH_BENCH_TRUTH names no folder of them.")
    faults = [
        f"{row.name}: {row.growth:.2f} times as long, and {scale.LIMIT} is the limit." for row in grown if row.is_over
    ]
    for fault in (
        faults := [
            *faults,
            *compared.faults,
            *met.faults,
            *figured.faults,
            *looked.faults,
            *listed.faults,
            *sought.faults,
            *noticed.faults,
            *added.faults,
        ]
    ):
        print(fault)
    return 1 if faults or linked else 0


if __name__ == "__main__":
    sys.exit(main())
