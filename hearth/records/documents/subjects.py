"""How long what this room holds is kept. The documents themselves are tables of the rooms above, which answer for them."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "documents.LetGoObject": Kept("document", why="a key made of chance, for the hour until its object is deleted"),
}
