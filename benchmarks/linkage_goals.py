"""What linking is held to beside Splink in the same run, and the table of it. Goals go by the name of a set, and only for sets that are there."""

from dataclasses import dataclass

# Ours has one threshold. Splink's documentation groups people at 0.95; at 0.5 a pair is likelier one person than not.
DEFAULT = (0.5, 0.95)
SHARE_OF_ERROR, LEAST_PRECISION = 0.25, 0.99
LEAST_MACRO = 0.96
LEAST_FEBRL, NEAR_BEST = 0.995, 0.003
LEAST_NAMES_ONLY = 0.90
SHARE_OF_TIME = 0.7
# Below so many records what is timed is how long SQL takes to plan.
TIMED = 10_000


@dataclass(frozen=True)
class Right:
    """Pairs put together, pairs that belong together, and pairs that are both."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Of pairs put together, the part that belongs together."""
        return self.both / max(1, self.found)

    @property
    def recall(self) -> float:
        """Of pairs that belong together, the part put together."""
        return self.both / max(1, self.true)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.both / max(1, self.found + self.true)


@dataclass(frozen=True)
class Told:
    """One set: how right ours is, and Splink at each threshold tried; seconds and gigabytes of both, ours first."""

    name: str
    records: int
    ours: Right
    review: int
    tried: dict[float, Right]
    seconds: tuple[float, float]
    memory: tuple[float, float]


def best(tried: dict[float, Right]) -> tuple[float, Right]:
    """The threshold with the largest F1, chosen by the truth as nobody can who links; of equals the lowest."""
    return max(sorted(tried.items()), key=lambda item: item[1].f1)


def macro(told: list[Told]) -> dict[str, float]:
    """The mean F1 over the sets: ours, Splink at each usual threshold, and Splink with a threshold chosen for each set by its truth."""
    means = {"ours": [one.ours.f1 for one in told]}
    means |= {f"Splink at {threshold}": [one.tried[threshold].f1 for one in told] for threshold in DEFAULT}
    means["Splink at its best"] = [best(one.tried)[1].f1 for one in told]
    return {name: sum(values) / max(1, len(values)) for name, values in means.items()}


def faults(told: list[Told]) -> list[str]:
    """Each goal that was missed, in a sentence."""
    found = [sentence for one in told for sentence in _of_a_set(one)]
    if told and (mean := macro(told)["ours"]) < LEAST_MACRO:
        found.append(f"The macro F1 is {mean:.4f}, and {LEAST_MACRO} is the least.")
    large = [one for one in told if one.records >= TIMED]
    ours, theirs = (sum(one.seconds[place] for one in large) for place in (0, 1))
    if ours > SHARE_OF_TIME * theirs:
        found.append(
            f"Sets of {TIMED:,} records or more took {ours:.1f} s beside Splink's {theirs:.1f} s: {ours / max(1e-9, theirs):.2f}"
            f" of its time, and {SHARE_OF_TIME} is the limit."
        )
    return found


def _of_a_set(one: Told) -> list[str]:
    """The goals of its own that a set has by its name."""
    name, f1, theirs = one.name.lower(), one.ours.f1, best(one.tried)[1].f1
    found = []
    if name.startswith("census"):
        if 1 - f1 > SHARE_OF_ERROR * (1 - theirs):
            found.append(
                f"{one.name}: the error is {1 - f1:.4f}, and a quarter of Splink's {1 - theirs:.4f} at its best is the limit."
            )
        if one.ours.precision < LEAST_PRECISION:
            found.append(f"{one.name}: precision is {one.ours.precision:.4f}, and {LEAST_PRECISION} is the least.")
    if name.startswith("historical") and f1 < theirs:
        found.append(f"{one.name}: F1 is {f1:.4f}, and Splink's {theirs:.4f} at its best is the least.")
    if name.startswith("febrl") and f1 < (least := max(LEAST_FEBRL, theirs - NEAR_BEST)):
        found.append(f"{one.name}: F1 is {f1:.4f}, and {least:.4f} is the least.")
    if name == "rldata10000" and f1 < LEAST_NAMES_ONLY:
        found.append(f"{one.name}: F1 is {f1:.4f}, and {LEAST_NAMES_ONLY} is the least.")
    return found


def table(told: list[Told]) -> str:
    """A line for each set and model, Splink at both usual thresholds and at its best, and a line of means."""
    lines = [
        f"{'set':<14}{'records':>9}  {'model':<22}{'precision':>10}{'recall':>8}{'F1':>8}{'seconds':>9}{'memory':>9}{'review':>8}"
    ]
    for one in told:
        threshold, at_best = best(one.tried)
        ours = _line("ours", one.ours) + f"{one.seconds[0]:>9.1f}{one.memory[0]:>6.2f} GB{one.review:>8,}"
        lines.append(f"{one.name:<14}{one.records:>9,}  {ours}")
        for place, usual in enumerate(DEFAULT):
            took = f"{one.seconds[1]:>9.1f}{one.memory[1]:>6.2f} GB" if not place else ""
            lines.append(" " * 25 + _line(f"Splink at {usual}", one.tried[usual]) + took)
        lines.append(" " * 25 + _line(f"Splink's best, {threshold:.4g}", at_best))
    lines.append("macro F1: " + "; ".join(f"{name} {mean:.4f}" for name, mean in macro(told).items()))
    return "\n".join(lines)


def _line(name: str, right: Right) -> str:
    return f"{name:<22}{right.precision:>10.4f}{right.recall:>8.4f}{right.f1:>8.4f}"
