"""How main pages' times grow from a small authority to a large one: both run at once, and are asked in turn."""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.pages import BARE, PAGES, READER, WANTED
from benchmarks.product import Product, Visitor, product

LIMIT = 1.5
BARE_NAME = "a bare page"
WARM = 3
AGAIN = 3  # a page over the limit is measured again so often: a busy machine is not a slow page


@dataclass(frozen=True)
class Grown:
    """A page's milliseconds at both sizes, medians of rounds in which it was asked for at one and then at the other."""

    name: str
    small: float
    large: float
    bare: float

    @property
    def growth(self) -> float:
        """How many times as long it takes in the large authority."""
        return self.large / self.small

    @property
    def ratio(self) -> float:
        """How many times as long as the bare page it takes, in the large authority."""
        return self.large / self.bare

    @property
    def is_over(self) -> bool:
        """Whether a main page has grown by more than the limit."""
        return self.name != BARE_NAME and self.growth > LIMIT


@dataclass(frozen=True)
class _Side:
    visitor: Visitor
    paths: dict[str, str]

    def time_of(self, name: str) -> float:
        """Milliseconds of a page, whole and with status 200."""
        began = time.perf_counter()
        status, _, _ = self.visitor.ask(self.paths[name])
        took = (time.perf_counter() - began) * 1000
        if status != 200:
            raise SystemExit(f"{self.paths[name]} answered {status} in a benchmark.")
        return took


@contextmanager
def _side(running: Product) -> Iterator[_Side]:
    known: dict[str, str] = {}
    with psycopg.connect(running.database) as database:
        for names, statement in WANTED.items():
            row = database.execute(statement).fetchone()  # type: ignore[call-overload]
            if row is None:
                raise SystemExit(f"The invented authority has no {names[0]} to measure.")
            known |= dict(zip(names, map(str, row), strict=True))
    with closing(Visitor(running.port)) as visitor:
        visitor.sign_in(running.somebody(READER))
        yield _Side(visitor, {BARE_NAME: BARE, **{page.name: page.at(known) for page in PAGES}})


def _rounds(small: _Side, large: _Side, names: list[str], rounds: int) -> dict[str, tuple[float, float]]:
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in names}
    for number in range(rounds + WARM):
        for name in names:
            pair = (small.time_of(name), large.time_of(name))
            if number >= WARM:
                for kept, took in zip(times[name], pair, strict=True):
                    kept.append(took)
    return {name: (statistics.median(one), statistics.median(other)) for name, (one, other) in times.items()}


def growth(sizes: tuple[int, int], folder: Path, port: int, rounds: int) -> list[Grown]:
    """Each main page at both sizes, after the bare page; those over the limit were measured again and stayed there."""
    with ExitStack() as running:
        begun = [
            running.enter_context(product(size, folder / str(size), port + place)) for place, size in enumerate(sizes)
        ]  # both at once: each is set up by one process
        small, large = (running.enter_context(_side(each.wait())) for each in begun)
        medians = _rounds(small, large, list(small.paths), rounds)
        for _ in range(AGAIN):
            over = [name for name, (one, other) in medians.items() if other > LIMIT * one and name != BARE_NAME]
            if not over:
                break
            again = _rounds(small, large, [BARE_NAME, *over], rounds)
            medians |= {name: min((medians[name], again[name]), key=lambda pair: pair[1] / pair[0]) for name in over}
        bare = medians[BARE_NAME][1]
        return [Grown(name, one, other, bare) for name, (one, other) in medians.items()]


def table(found: list[Grown], sizes: tuple[int, int]) -> str:
    """The measurements as a person reads them."""
    lines = [f"{'page':<18}{sizes[0]:>10,}{sizes[1]:>10,}{'to a bare page':>17}{'growth':>9}"]
    lines += [
        f"{row.name:<18}{row.small:>8.1f}ms{row.large:>8.1f}ms{row.ratio:>17.1f}{row.growth:>9.2f}"
        f"{'  over ' + str(LIMIT) if row.is_over else ''}"
        for row in found
    ]
    return "\n".join(lines)
