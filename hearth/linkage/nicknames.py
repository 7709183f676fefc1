"""Names that stand for one another: short forms, pet names, spellings."""

from functools import cache
from importlib.resources import files


def known_variants() -> list[tuple[str, int]]:
    """Each name that has known variants, with the number of each set it is in: `nicknames.csv` holds a set a line."""
    lines = files(__package__).joinpath("nicknames.csv").read_text(encoding="utf-8").splitlines()
    sets = [line.split(",") for line in lines if line and not line.startswith("#")]
    return sorted({(name.strip(), number) for number, names in enumerate(sets) for name in names})


@cache
def _others() -> dict[str, tuple[str, ...]]:
    sets: dict[int, list[str]] = {}
    for name, number in known_variants():
        sets.setdefault(number, []).append(name)
    found: dict[str, set[str]] = {}
    for names in sets.values():
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: tuple(sorted(others - {name})) for name, others in found.items()}


def other_forms(name: str) -> tuple[str, ...]:
    """What else somebody of this folded given name may be called; empty where no other form is known."""
    return _others().get(name, ())
