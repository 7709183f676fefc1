"""Figures of a county: what the night takes to count them, beside reading the same rows plainly, and how long their pages take to be answered.

`python -m benchmarks.scorecard 2000 var/bench` measures it alone, on 2,000 families.
"""

import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.concerns import GOING_ON
from benchmarks.pages import BARE
from benchmarks.product import HEARTH, PRACTICE, Product, Visitor, product
from hearth.foundation.core.packs.load import load_pack

BARE_NAME = "a bare page"
READER, MANAGER = "board_member", "county_manager"
# In times of the page that reads one row; and what the night's counting takes, in times of reading the same rows plainly.
PAGE, NIGHT = 12.0, 40.0
PATHS = {
    BARE_NAME: (READER, BARE),
    "the scorecard": (READER, "/performance/"),
    "a district's": (READER, "/performance/?area={area}"),
    "a measure": (READER, "/performance/measures/?measure=requests_decided_in_time"),
    "what is behind": (READER, "/performance/behind/"),
    "agreements": (READER, "/performance/agreements/?area={area}"),
    "the team's work": (MANAGER, "/team/"),
}
# Each table that measures count, read to its end once: when, where, how many.
PLAINLY = (
    "select area_id, date_trunc('month', opened_on), date_trunc('month', closed_on), count(*) from cases_case group by 1, 2, 3",
    "select area_id, date_trunc('month', received_at), date_trunc('month', decided_at), count(*) from front_door_request group by 1, 2, 3",
    "select case_id, date_trunc('month', started_on), date_trunc('month', signed_off_at), count(*) from assessments_assessment group by 1, 2, 3",
    "select area, state, date_trunc('month', ended_on), count(*) from plans_outcome group by 1, 2, 3",
    "select case_id, date_trunc('month', requested_at), count(*) from steps_carestep group by 1, 2",
)
KEPT = "select max(created_at) from performance_measuredsum where created_at > now() - interval '1 hour' having count(*) > 0"
# What the night does, as the owner may do it too; and the milliseconds of it.
KEEP = """
import time
from hearth.oversight.performance.keeping import keep_measures
began = time.perf_counter()
keep_measures("owner")
print((time.perf_counter() - began) * 1000)
"""
WARM, PATIENCE = 3, 1800


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each page, medians of rounds in which all were asked in turn; of the night's counting; and of reading plainly."""

    families: int
    times: dict[str, float]
    night: float
    plainly: float

    def ratio(self, name: str) -> float:
        """How many times as long as the bare page it takes: a busy machine is slow for both."""
        return self.times[name] / self.times[BARE_NAME]

    @property
    def faults(self) -> list[str]:
        """Each limit that was missed, as a sentence."""
        slow = [
            f"Figures ({name}) took {self.ratio(name):.1f} times as long as a bare page, and {PAGE:.0f} is the limit."
            for name in PATHS
            if name != BARE_NAME and self.ratio(name) > PAGE
        ]
        if self.night > NIGHT * self.plainly:
            slow.append(
                f"Counting at night took {self.night / self.plainly:.1f} times as long as reading plainly, and {NIGHT:.0f} is the limit."
            )
        return slow


def measure(families: int, folder: Path, port: int, rounds: int) -> Measured:
    """Count once as the night does, and ask for the pages of figures as a board member and a manager."""
    with product(families, folder, port) as begun:
        running = begun.wait()
        night, plainly, area = _counted(running)
        times: dict[str, list[float]] = {name: [] for name in PATHS}
        with closing(Visitor(port)) as reader, closing(Visitor(port)) as manager:
            reader.sign_in(running.somebody(READER))
            manager.sign_in(running.somebody(MANAGER))
            by = {READER: reader, MANAGER: manager}
            for number in range(rounds + WARM):
                for name, (who, path) in PATHS.items():
                    took = _ask(by[who], path.format(area=area))
                    if number >= WARM:
                        times[name].append(took)
    return Measured(families, {name: statistics.median(each) for name, each in times.items()}, night, plainly)


def _ask(visitor: Visitor, path: str) -> float:
    began = time.perf_counter()
    status, _, _ = visitor.ask(path)
    took = (time.perf_counter() - began) * 1000
    if status != 200:
        raise SystemExit(f"{path} answered {status} in a benchmark of figures.")
    return took


def _counted(running: Product) -> tuple[float, float, str]:
    """Milliseconds of the night's counting, as its identity, and of reading the same rows plainly; and a district."""
    with psycopg.connect(running.database, autocommit=True) as database:
        until = time.monotonic() + PATIENCE
        while (row := database.execute(GOING_ON).fetchone()) and row[0]:
            if time.monotonic() > until:
                raise SystemExit("The worker was still busy after half an hour: look at its log.")
            time.sleep(1)
        began = time.perf_counter()
        for statement in PLAINLY:
            database.execute(statement).fetchall()  # type: ignore[call-overload]
        plainly = (time.perf_counter() - began) * 1000
        pack = load_pack(Path(__file__).parent.parent / "practice" / PRACTICE)
        said = subprocess.run(
            [*HEARTH, "django", "shell", "-c", KEEP], env=running.environment, capture_output=True, check=True
        )
        night = float(said.stdout.split()[-1])
        if database.execute(KEPT).fetchone() is None:
            raise SystemExit("Nothing was kept in a benchmark of figures.")
        return night, plainly, sorted(each.code for each in pack.areas.districts)[0]


def table(found: Measured) -> str:
    """The measurements as a person reads them."""
    lines = [f"{f'figures, {found.families:,} families':<34}{'':>10}{'to it':>8}{'limit':>8}"]
    lines += [
        f"{name:<34}{took:>8.1f}ms" + (f"{found.ratio(name):>8.1f}{PAGE:>8.0f}" if name != BARE_NAME else "")
        for name, took in found.times.items()
    ]
    lines.append(f"{'counting at night':<34}{found.night:>8.0f}ms{found.night / found.plainly:>8.1f}{NIGHT:>8.0f}")
    return "\n".join([*lines, f"{'the same rows, read plainly':<34}{found.plainly:>8.0f}ms"])


if __name__ == "__main__":
    done = measure(int(sys.argv[1]), Path(sys.argv[2]).resolve() / f"scorecard-{sys.argv[1]}", 8455, 11)
    print(table(done), *done.faults, sep="\n")
    sys.exit(1 if done.faults else 0)
