"""How long what this room holds is kept. A return names nobody; the names of a list go when the pack says, its totals stay."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what a provider tells of a contract, and nobody who is helped"
BY_NAME = "as a provider writes them: `erase_listed` finds and removes them by name, and the night lets go of them when the pack says"

SUBJECTS: dict[str, Kept] = {
    **{f"returns.{name}": Kept("money", why=NOBODY) for name in ("Return", "ReturnFigure", "ReturnQuery", "ReturnChase")},
    "returns.PeopleList": Kept("money", why="that a list was sent, and numbers: its names stand apart and go"),
    "returns.PeopleCheck": Kept("money", why="totals, and digests of rows that go with the names"),
    "returns.ListedPerson": Kept("feed", why=BY_NAME),
    "returns.PeopleMatch": Kept("feed", person="person"),
}  # fmt: skip
