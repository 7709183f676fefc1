"""The live list of families of concern: how long its page takes to be answered, beside a page that reads one row.

`python -m benchmarks.concerns 50000 var/bench` measures it alone, in an authority of 80 families.
"""

import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.pages import BARE
from benchmarks.product import Product, Visitor, product

LIMIT = 20.0  # milliseconds that the list adds to a page which reads one row
FAMILIES, FLAGS_EACH, SIZE = 50_000, 3, 80
READER = "strategic_lead"  # sees families of concern everywhere
LIST = "/concerns/"
PATHS = {
    "a bare page": BARE,
    "families of concern": LIST,
    "of a district": LIST + "?area={area}",
    "not decided": LIST + "?decided=no",
    "page 3": LIST + "?page=3",
}
WARM, PATIENCE = 5, 1800
GOING_ON = """select (select count(*) from insight_insightrun where state in ('waiting', 'running'))
    + (select count(*) from matching_linkrun where state in ('waiting', 'running'))
    + (select count(*) from procrastinate_jobs where status in ('todo', 'doing') and scheduled_at is null)"""
PLANTED = """
    with area as (select array_agg(id order by code) as ids from accounts_area a
        where not exists (select 1 from accounts_area below where below.parent_id = a.id)),
    made as (insert into insight_familyofconcern (id, created_at, reference, key, is_household, area_id, name, people, helpers, names,
            open_flags, undecided, latest_on, request, content_hash)
        select gen_random_uuid(), now(), 'FC-B' || n, 'benchmark ' || n, true, ids[1 + n %% cardinality(ids)], 'The Invented' || n || ' family',
            jsonb_build_array(jsonb_build_object('key', 'b' || n, 'name', 'Ann Invented', 'born', null, 'sex', 'F',
                'feed', 'social_care', 'organisation', '')),
            '[]', array['b' || n, 'nhs_number:' || (8000000000 + n)], %(each)s, n %% 2 * %(each)s, current_date - n %% 360, '', ''
        from area, generate_series(1, %(families)s) n
        where not exists (select 1 from insight_familyofconcern where key = 'benchmark 1') returning id, key)
    insert into insight_flag (id, created_at, family_id, rule, person, evidence, facts, marks, sources, latest_on, state, is_found, found_at,
            returned, content_hash)
        select gen_random_uuid(), now(), made.id, (array['edge_of_care', 'repeat_emergency', 'absence_persistent'])[f], made.key, '[]', 1,
            array[made.key], array['social_care ' || (select id from accounts_organisation where is_authority)], current_date - f, 'open', true,
            now(), false, '' from made, generate_series(1, %(each)s) f"""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each page, medians of rounds in which all were asked in turn."""

    families: int
    times: dict[str, float]

    def added(self, name: str) -> float:
        """What a page takes beyond the bare one."""
        return self.times[name] - self.times["a bare page"]

    @property
    def faults(self) -> list[str]:
        """Each page that missed the limit."""
        return [
            f"Families of concern ({name}) took {self.added(name):.1f} ms beyond a bare page, and {LIMIT:.0f} is the limit."
            for name in self.times
            if self.added(name) > LIMIT
        ]


def measure(families: int, folder: Path, port: int, rounds: int, size: int = SIZE) -> Measured:
    """Plant so many families of concern in an authority of `size` families, and ask for the list as somebody who sees them all."""
    with product(size, folder, port) as begun:
        running = begun.wait()
        area = _plant(running, families)
        paths = {name: path.format(area=area) for name, path in PATHS.items()}
        with closing(Visitor(port)) as visitor:
            visitor.sign_in(running.somebody(READER))
            times: dict[str, list[float]] = {name: [] for name in paths}
            for number in range(rounds + WARM):
                for name, path in paths.items():
                    began = time.perf_counter()
                    status, page, _ = visitor.ask(path)
                    took = (time.perf_counter() - began) * 1000
                    if status != 200 or (path != BARE and b"FC-" not in page):
                        raise SystemExit(f"{path} answered {status}, or no family of concern, in a benchmark.")
                    if number >= WARM:
                        times[name].append(took)
    return Measured(families, {name: statistics.median(each) for name, each in times.items()})


def _plant(running: Product, families: int) -> str:
    """Once whatever the worker had to do is done, so that no run takes them away meanwhile. Gives a district's code."""
    with psycopg.connect(running.database, autocommit=True) as database:
        until = time.monotonic() + PATIENCE
        while (row := database.execute(GOING_ON).fetchone()) and row[0]:
            if time.monotonic() > until:
                raise SystemExit("The worker was still busy after half an hour: look at its log.")
            time.sleep(1)
        database.execute(PLANTED, {"families": families, "each": FLAGS_EACH})
        database.execute("vacuum analyze insight_familyofconcern")
        database.execute("vacuum analyze insight_flag")
        code = database.execute(
            "select a.code from accounts_area a join insight_familyofconcern f on f.area_id = a.id limit 1"
        )
        (area,) = code.fetchone() or ("",)
        return str(area)


def table(found: Measured) -> str:
    """The measurements as a person reads them."""
    lines = [f"{f'{found.families:,} families of concern':<34}{'':>10}{'beyond it':>12}"]
    lines += [f"{name:<34}{took:>8.1f}ms{found.added(name):>10.1f}ms" for name, took in found.times.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    many = int(sys.argv[1])
    done = measure(many, Path(sys.argv[2]).resolve() / f"concerns-{many}", 8440, 21)
    print(table(done), *done.faults, sep="\n")
    sys.exit(1 if done.faults else 0)
