"""How long what this room holds is kept: it names no person and no family."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "universal.UniversalActivity": Kept("universal_activity", why="counts of people, and nobody's name"),
}
