"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "notes.Note": Kept("note", family="family", shared=True),
    "notes.NoteVersion": Kept("note", family="note__family", shared=True),
    "notes.PersonSeen": Kept("note", person="person", shared=True),
}
