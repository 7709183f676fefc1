"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "sharing.Consent": Kept("consent", person="person", shared=True),
    "sharing.Settlement": Kept("consent", person="person", shared=True),
    "sharing.SharingException": Kept("consent", family="family", shared=True),
    "sharing.Agreement": Kept("agreement", why="between organisations: it names no family"),
}
