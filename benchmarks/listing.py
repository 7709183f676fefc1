"""The list of cases for eight clients, against the same page in stock Django and a view that returns a word."""

import statistics
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import CLIENTS, Load, load
from benchmarks.pages import READER
from benchmarks.product import Visitor, product

OURS, PEER, WORD = "/cases/?whose=all", "/benchmark/list/", "/benchmark/word/"
NAMES = {OURS: "the list of cases", PEER: "the same in stock Django", WORD: "a view that returns a word"}
TIMES_THE_PEER, OF_THE_WORD = 3.0, 0.05


@dataclass(frozen=True)
class Compared:
    """What was measured of each address; the ratios are medians of rounds in which all three were asked in turn."""

    loads: dict[str, Load]
    to_peer: float
    to_word: float

    @property
    def faults(self) -> list[str]:
        """Sentences about each limit that was missed."""
        found = []
        if self.to_peer < TIMES_THE_PEER:
            found.append(f"The list of cases is {self.to_peer:.2f} times its peer, and {TIMES_THE_PEER} is the limit.")
        if self.to_word < OF_THE_WORD:
            found.append(f"The list of cases is {self.to_word:.1%} of a word, and {OF_THE_WORD:.0%} is the limit.")
        return found


def compare(families: int, folder: Path, port: int, rounds: int, seconds: float) -> Compared:
    """Ask for all three in turn, as a manager who holds every family, with real processes and connections."""
    with product(families, folder, port) as running, closing(Visitor(port)) as visitor:
        visitor.sign_in(running.wait().somebody(READER))
        _same_rows(visitor)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        loads = {path: Load() for path in NAMES}
        rates: list[dict[str, float]] = []
        for path in NAMES:  # each process has loaded and compiled everything
            load(running.port, path, "" if path == WORD else cookies, seconds / 2, Load())
        for _ in range(rounds):
            rates.append({})
            for path, whole in loads.items():
                once = Load()
                load(running.port, path, "" if path == WORD else cookies, seconds, once)
                whole.seconds, whole.times = whole.seconds + once.seconds, whole.times + once.times
                rates[-1][path] = once.a_second
    to_peer, to_word = (statistics.median(rate[OURS] / rate[path] for rate in rates) for path in (PEER, WORD))
    return Compared(loads, to_peer, to_word)


def _same_rows(visitor: Visitor) -> None:
    """Both lists show the same families in the same order, or there is nothing to compare."""
    shown = []
    for path in (OURS, PEER):
        status, page, _ = visitor.ask(path)
        if status != 200:
            raise SystemExit(f"{path} answered {status} in a benchmark.")
        rows = page.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0]
        shown.append([part.split('"', 1)[0] for part in rows.split('href="')[1:]])
    if shown[0] != shown[1] or not shown[0]:
        raise SystemExit("The list of cases and its peer do not show the same families.")


def table(found: Compared) -> str:
    """The measurements as a person reads them."""
    lines = [f"{f'{CLIENTS} clients at once':<30}{'a second':>10}{'p95':>10}"]
    lines += [f"{NAMES[path]:<30}{each.a_second:>10.0f}{each.p95:>8.0f}ms" for path, each in found.loads.items()]
    lines.append(f"{found.to_peer:.2f} times the peer, {found.to_word:.1%} of a word.")
    return "\n".join(lines)
